"""Clearance between two hulls, and variation of the separation."""

from __future__ import annotations

from dataclasses import dataclass

from detectors.core.params import Params, parameter

_WATCHED = "our choice: a meeting watched less may have come nearer meanwhile"
_LOOSE = (
    "our measurement on scenes of three readers: of 148 meetings looked at so closely none changed its "
    "separation by more than 35 m, of 521 look-alikes 98 by 80 m and more"
)


@dataclass(frozen=True)
class ClearanceParams(Params):
    """Clearance between two hulls, and variation of the separation."""

    watched_reports_min: float = parameter(
        10.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="Water between two is told where each sent so many reports during the meeting.",
        source=_WATCHED,
    )
    watched_share: float = parameter(
        0.8,
        unit="share",
        low=0.05,
        high=1,
        meaning="It is told where this share of the meeting, or watched_contact_h, was contact.",
        source=_WATCHED,
    )
    watched_contact_h: float = parameter(
        2.0,
        unit="h",
        low=0.1,
        high=168,
        meaning="Contact of so long is enough, whatever its share.",
        source="our choice: as long as the tier near asks for",
    )
    watched_gap_max_min: float = parameter(
        90.0,
        unit="min",
        low=1,
        high=720,
        meaning="It is not told where a silence lasted longer than this and watched_gap_share.",
        source="our choice: shorter than making fast, pumping and casting off",
    )
    watched_gap_share: float = parameter(
        0.1,
        unit="share",
        low=0,
        high=1,
        meaning="In long meetings a silence of this share of the whole is still watched closely.",
        source="our choice: satellites that look often miss a pass",
    )
    likely_reports_min: float = parameter(
        20.0,
        unit="reports",
        low=2,
        high=1000,
        meaning="A meeting not watched closely, of which each sent this many reports, and observed for "
        "watched_contact_h, still shows that water likely lay between.",
        source="a second reader's scenes: neighbours 390 to 590 m apart in patchy coverage",
    )
    assumed_length_m: float = parameter(
        150.0,
        unit="m",
        low=5,
        high=500,
        meaning="Length of a ship that does not tell hers, with a set of class A or not known.",
        source="our choice: longer than the tankers and coasters of the sightings",
    )
    assumed_length_class_b_m: float = parameter(
        60.0,
        unit="m",
        low=5,
        high=500,
        meaning="Length of a craft with a class B set that does not tell hers.",
        source="our choice, from general knowledge, not verified: a ship of 300 gross tonnage, which must "
        "carry class A, is 40 to 60 m long",
    )
    variation_contact_min_h: float = parameter(
        6.0,
        unit="h",
        low=0.5,
        high=168,
        meaning="By how much their separation changed is told of meetings observed for so long.",
        source=_LOOSE,
    )
    variation_reports_min_per_h: float = parameter(
        4.0,
        unit="reports/h",
        low=0.1,
        high=3600,
        meaning="And of which each sent so many reports an hour: straight lines between fewer cut the "
        "corners of ships that swing.",
        source=_LOOSE,
    )
