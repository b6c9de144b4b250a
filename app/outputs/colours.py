"""The colours of the bands, alike on every map."""

BAND_COLOURS = {"high": "c81e1e", "medium": "d97706", "low": "7b8794"}
"""Red, amber and grey, as red, green and blue."""
