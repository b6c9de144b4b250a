"""What the tracks of an encounter show beyond the separation."""
