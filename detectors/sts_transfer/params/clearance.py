"""Hull clearance, and separation variation."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_OBSERVED = "our choice: two vessels in an encounter observed less may have come nearer meanwhile"
_VARIATION = (
    "our measurement on scenes of three independent simulators: of 148 transfers observed so closely none "
    "changed its separation by more than 35 m, of 521 look-alikes 98 by 80 m and more"
)


@dataclass(frozen=True)
class ClearanceParams(Params):
    """Hull clearance, and separation variation."""

    watched_reports_min: float = parameter(
        10.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="A hull clearance is measured where each vessel sent this many reports during the encounter.",
        source=_OBSERVED,
    )
    watched_share: float = parameter(
        0.8,
        unit="share",
        low=0.05,
        high=1,
        meaning="A hull clearance is measured where this share of the encounter, or watched_contact_h, was "
        "contact.",
        source=_OBSERVED,
    )
    watched_contact_h: float = parameter(
        2.0,
        unit="h",
        low=0.1,
        high=168,
        meaning="Contact of this length suffices for a hull clearance, whatever its share.",
        source="our choice: as long as the tier near requires",
    )
    watched_gap_max_min: float = parameter(
        90.0,
        unit="min",
        low=1,
        high=720,
        meaning="A hull clearance is not measured where a gap was longer than this and than "
        "watched_gap_share.",
        source="our choice: shorter than making fast, pumping and casting off",
    )
    watched_gap_share: float = parameter(
        0.1,
        unit="share",
        low=0,
        high=1,
        meaning="In long encounters a gap of this share of the duration still counts as closely observed.",
        source="our choice: satellites that pass often miss a pass",
    )
    likely_reports_min: float = parameter(
        20.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="An encounter not closely observed, of which each vessel sent this many reports and with "
        "contact of watched_contact_h, still gives a likely hull clearance.",
        source="scenes of a second independent simulator: neighbours 390 to 590 m apart in patchy coverage",
    )
    assumed_length_m: float = parameter(
        150.0,
        unit="m",
        low=5,
        high=500,
        meaning="Assumed length of a vessel that declares none, with a transponder of class A or of unknown "
        "class.",
        source="our choice: longer than the tankers and coasters of the sightings",
    )
    assumed_length_class_b_m: float = parameter(
        60.0,
        unit="m",
        low=5,
        high=500,
        meaning="Assumed length of a vessel that declares none, with a class B transponder.",
        source="our choice, from general knowledge, not verified: a ship of 300 gross tonnage, which must "
        "carry class A, is 40 to 60 m long",
    )
    variation_contact_min_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=168,
        meaning="The separation variation is measured where the contact is at least this long.",
        source=_VARIATION,
    )
    variation_reports_min_per_h: float = parameter(
        4.0,
        unit="reports/h",
        low=0.1,
        high=3600,
        meaning="The separation variation is measured where each vessel sent this many reports an hour: "
        "straight lines between fewer cut the corners of ships that swing.",
        source=_VARIATION,
    )
