"""Zones of the chart that the rules speak of, by their ids: the waters of the DPRK."""

TERRITORIAL_SEA = "dprk_territorial_sea"
EEZ_CLAIMED = "dprk_eez_claimed"
DISPUTED = "nll_disputed_waters"
"""Beyond the Northern Limit Line, claimed by the DPRK."""

DPRK_WATERS = (TERRITORIAL_SEA, DISPUTED)
"""Where a stay is a stay in DPRK waters."""

NEAR_DPRK = (*DPRK_WATERS, EEZ_CLAIMED)
"""Near one of these is near DPRK waters."""
