"""Conversions between the units of the sea and of the equations."""

KNOT_MPS = 1852.0 / 3600.0
"""One international knot in metres per second (exact by definition)."""

NAUTICAL_MILE_M = 1852.0
"""One international nautical mile in metres (exact by definition)."""

HOUR_S = 3600.0
MINUTE_S = 60.0
DAY_S = 86400.0
KM_M = 1000.0
