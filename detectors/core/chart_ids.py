"""Zones and ports of the chart that the rules refer to, by their ids."""

TERRITORIAL_SEA = "dprk_territorial_sea"
EEZ_CLAIMED = "dprk_eez_claimed"
DISPUTED = "nll_disputed_waters"
"""Beyond the Northern Limit Line, claimed by the DPRK."""

DPRK_WATERS = (TERRITORIAL_SEA, DISPUTED)
"""Where a stay is a stay in DPRK waters."""

NEAR_DPRK = (*DPRK_WATERS, EEZ_CLAIMED)
"""Near one of these is near DPRK waters."""

RUSSIAN_TERMINALS = ("ru_vostochny", "ru_nakhodka")
"""Where oil was loaded directly for the DPRK from March 2024 on (Open Source Centre, 2024)."""
