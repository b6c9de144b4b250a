"""Sorting, numbering and growing of plain arrays."""
