"""Loops over positions and pairs, compiled by numba: arrays in, arrays out, no detector's rule."""
