"""Typed columns: Parquet, Arrow, GeoPackage."""
