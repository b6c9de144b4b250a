"""Identity changes."""
