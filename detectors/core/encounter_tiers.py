"""The tiers of encounters: how near the two vessels came."""

TIERS = ("alongside", "close", "near")
"""From the innermost outwards; the innermost one reached names the event's tier."""

UNDER_WAY = "under_way"
"""The tier of encounters under way: its own separations, contact time and speed."""
