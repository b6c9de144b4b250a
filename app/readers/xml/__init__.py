"""GPX, KML, and providers' XML."""
