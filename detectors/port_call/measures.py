"""Measures of a port call."""

from __future__ import annotations

from detectors.core.measures import (
    HISTORY,
    IDENTITY,
    MOTION,
    PLACE,
    RECEPTION,
    code,
    count,
    declared_in,
    flag,
    number,
    text,
)

STOPPED_H = number("stopped_h", "h", MOTION, "Observed time stopped during the call, all stops together.")
STOPS = count("stops", "stops", MOTION, "Separate stops of the vessel during the call.")
ELAPSED_H = number("elapsed_h", "h", MOTION, "Time from the first to the last report of the call.")
MOORED_SHARE = number(
    "moored_share", "share", MOTION, "Share of its reports with the status at anchor or moored."
)

HOME_FLAG = flag("home_flag", IDENTITY, "A vessel with a DPRK MMSI called in DPRK waters or at a DPRK port.")

CALLED_AT = code(
    "called_at",
    PLACE,
    "Where it called: dprk_port, dprk_waters (no port within reach) or russian_terminal.",
)
CALLED_PORT = text("called_port", PLACE, "Name of the port of the call; None for a place that is no port.")
CALLED_COUNTRY = code(
    "called_country", PLACE, "Country of the port or of the waters, as an ISO 3166 two-letter code: KP or RU."
)
CALLED_PORT_KM = number(
    "called_port_km", "km", PLACE, "Distance of the middle report of the stop from the port by the chart."
)

LONGEST_GAP_H = number("longest_gap_h", "h", RECEPTION, "Longest gap between two reports during the call.")
ARRIVAL_SEEN = flag(
    "arrival_seen", RECEPTION, "A report of the vessel not long before the call shows when it arrived."
)
DEPARTURE_SEEN = flag(
    "departure_seen", RECEPTION, "A report of the vessel not long after the call shows when it left."
)

REPORTED_OTHERWISE = flag(
    "reported_otherwise",
    HISTORY,
    "One STS transfer or loitering covers at least half of a stop away from ports; absent for calls at "
    "ports.",
)

MEASURES = declared_in(globals())
