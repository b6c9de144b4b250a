"""Shapes of JSON: what a parsed document may be, one file each."""
