"""Dark periods: gaps longer than a threshold."""
