"""Loops over half-hours and cells: who was heard where."""
