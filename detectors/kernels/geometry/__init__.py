"""Distances and places on the ellipsoid and on a hull."""
