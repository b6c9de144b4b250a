"""Thresholds of the area ``dprk``: which events are near DPRK waters, or may be related to them."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import ParamError, Params, parameter

_OURS = "our choice, not fitted to data"
_REGION = "our choice: the Gulf of Tonkin to the Tatar Strait, the box of the chart in full resolution"


@dataclass(frozen=True)
class AreaParams(Params):
    """What the area `dprk` holds beside working areas, listed vessels and vessels of that flag."""

    near_nm: float = parameter(
        60.0,
        unit="nm",
        low=0,
        high=1000,
        meaning="An event this near to the DPRK territorial sea or claimed zone is near DPRK waters.",
        source=_OURS,
    )
    stay_min_h: float = parameter(
        2.0,
        unit="h",
        low=0,
        high=240,
        meaning="A dark period of the region is reported if it leaves at least this time for a stay in DPRK "
        "waters.",
        source=_OURS,
    )
    unexplained_min_h: float = parameter(
        4.0,
        unit="h",
        low=0,
        high=240,
        meaning="A dark period of the region must also leave at least this time unexplained by sailing from "
        "the last to the next report.",
        source=_OURS,
    )
    region_west_deg: float = parameter(
        105.0,
        unit="deg",
        low=-180,
        high=180,
        meaning="West end of the region: a dark period of the region begins or ends inside it.",
        source=_REGION,
    )
    region_south_deg: float = parameter(
        17.0, unit="deg", low=-90, high=90, meaning="South end of the region.", source=_REGION
    )
    region_east_deg: float = parameter(
        145.0, unit="deg", low=-180, high=180, meaning="East end of the region.", source=_REGION
    )
    region_north_deg: float = parameter(
        48.0, unit="deg", low=-90, high=90, meaning="North end of the region.", source=_REGION
    )

    def check_together(self) -> None:
        """Raise ParamError where the region ends before it begins."""
        if self.region_east_deg <= self.region_west_deg:
            raise ParamError("region_east_deg is not east of region_west_deg")
        if self.region_north_deg <= self.region_south_deg:
            raise ParamError("region_north_deg is not north of region_south_deg")
