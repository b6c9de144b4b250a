"""Clusters of ship-to-ship transfers."""
