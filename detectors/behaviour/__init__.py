"""How unlike ordinary traffic a vessel behaves: features of a window, a forest, percentiles."""
