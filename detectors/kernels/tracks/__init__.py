"""Loops over the reports of one vessel."""
