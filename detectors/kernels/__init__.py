"""Loops over positions and pairs, compiled by numba: arrays in, arrays out. Detectors give the thresholds."""
