"""Loitering in open water."""
