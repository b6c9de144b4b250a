"""Distances and places on the ellipsoid and on the hull of a vessel."""
