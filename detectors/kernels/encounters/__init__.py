"""Loops over pairs of vessels: candidates, relative motion, encounters."""
