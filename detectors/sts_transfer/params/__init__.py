"""Parameters of ship-to-ship transfers, in groups.

`encounter`, `contact`, `hulls` and `satellite` decide which encounters are reported; the others only what is
measured of an encounter, and so how it scores.
"""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, group
from detectors.sts_transfer.params.bearing import BearingParams
from detectors.sts_transfer.params.clearance import ClearanceParams
from detectors.sts_transfer.params.contact import ContactParams
from detectors.sts_transfer.params.craft import CraftParams
from detectors.sts_transfer.params.encounter import EncounterParams
from detectors.sts_transfer.params.hulls import HullParams
from detectors.sts_transfer.params.motion import MotionParams
from detectors.sts_transfer.params.proximity import ProximityParams
from detectors.sts_transfer.params.satellite import SatelliteParams
from detectors.sts_transfer.params.third_vessel import ThirdVesselParams


@dataclass(frozen=True)
class StsParams(Params):
    """Thresholds of a ship-to-ship transfer."""

    encounter: EncounterParams = group(EncounterParams)
    contact: ContactParams = group(ContactParams)
    hulls: HullParams = group(HullParams)
    satellite: SatelliteParams = group(SatelliteParams)
    motion: MotionParams = group(MotionParams)
    bearing: BearingParams = group(BearingParams)
    clearance: ClearanceParams = group(ClearanceParams)
    proximity: ProximityParams = group(ProximityParams)
    third_vessel: ThirdVesselParams = group(ThirdVesselParams)
    craft: CraftParams = group(CraftParams)
