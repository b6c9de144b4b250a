"""How near an encounter came: the tiers that name it."""

TIERS = ("alongside", "close", "near")
"""From the innermost outwards; the innermost that is met names the event's tier."""

UNDER_WAY = "under_way"
"""The tier of meetings under way: its own separations, contact time and speed."""
