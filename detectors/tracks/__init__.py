"""Vessel tracks as columns: reports as read, and tracks as detectors see them."""
