"""Measures that events of every kind get from their surroundings, and those of the behaviour model."""

from __future__ import annotations

from detectors.core.measures import CARGO, IDENTITY, MOTION, PLACE, code, declared_in, flag, number, text

DPRK_FLAG = flag("dprk_flag", IDENTITY, "The MMSI or the declared flag of a vessel is that of the DPRK.")
LISTED_BY = code(
    "listed_by",
    IDENTITY,
    "The strongest watch-list match of any vessel: imo, mmsi or name; None for no match.",
)
SHIP_TYPES = text(
    "ship_types", IDENTITY, "Declared ship types of the vessels, joined by +; unknown where none is declared."
)
LEAST_LENGTH_M = number(
    "least_length_m", "m", IDENTITY, "Least declared length of the vessels; None where none declares one."
)
CLASS_B = flag("class_b", IDENTITY, "A vessel has a class B transponder.")

TRADE = code(
    "trade",
    CARGO,
    "service or passenger if any vessel is; fishing, or cargo (tankers too), if all are; None otherwise.",
)

DPRK_WATERS = code(
    "dprk_waters",
    PLACE,
    "Innermost claimed or indicative DPRK waters touched: territorial_sea, disputed, eez or none.",
)
WORKING_AREA = flag(
    "working_area", PLACE, "The event touches an area where transfers with DPRK vessels were reported."
)
SHORE_DISTANCE_KM = number(
    "shore_distance_km", "km", PLACE, "Least distance of the event's positions from the shore."
)
INLAND = flag(
    "inland",
    PLACE,
    "A position is on land by the chart, outside the DPRK territorial sea and disputed waters.",
)
PORT = text("port", PLACE, "Name of the nearest port or anchorage of the chart.")
PORT_DISTANCE_KM = number(
    "port_distance_km",
    "km",
    PLACE,
    "Least distance of the event's positions from the nearest port by the chart.",
)
PORT_DISTANCE_MAX_KM = number(
    "port_distance_max_km",
    "km",
    PLACE,
    "That distance plus the port's position error; None in DPRK territorial sea and disputed waters.",
)
NIGHT_SHARE = number(
    "night_share", "share", PLACE, "Share of the event's time that was night at its first position."
)

CONTEXT = declared_in(globals())
"""What every kind gets."""

ANOMALY_PERCENTILE = number(
    "anomaly_percentile",
    "share",
    MOTION,
    "Share of training windows of its class less unusual than the most unusual vessel; None if not judged.",
)
ANOMALY_FEATURES = text(
    "anomaly_features", MOTION, "The one or two features that made that vessel most unusual, the first most."
)
ANOMALY_DRIFT = code(
    "anomaly_drift",
    MOTION,
    "How this traffic compares with the training traffic: within, beyond_bound or not_judged.",
)

BEHAVIOUR_MEASURES = (ANOMALY_PERCENTILE, ANOMALY_FEATURES, ANOMALY_DRIFT)
"""What only kinds get that are weighed by the behaviour model."""
