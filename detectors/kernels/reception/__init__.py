"""Loops over half-hours and cells: which segments were heard where."""
