"""How unlike ordinary traffic a vessel behaves: features of a window, a forest, percentiles.

It names nothing and flags nothing by itself: it adds one reason to events that a rule found.
"""
