"""A vessel at a glance: `darkwake vessel` and `POST /v1/vessels/profile`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING, Any

from app.errors import UnknownVesselError
from app.outputs.geojson import feature, report_of, rfc3339, rounded, vessel_properties
from app.pipeline import examine
from app.reading import TrackFile, read_files
from app.report import SourceRows
from detectors import identity_change, port_call
from detectors.identity_change.static_data import standing_signs
from detectors.vessels.profile import hulls_of, identities_of, voyages_of
from detectors.vessels.vessel import vessel_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from app.examined import Examined
    from app.options import RunOptions
    from app.readers.containers.unpack import Limits
    from app.resources import Resources
    from detectors.core.findings import Finding
    from detectors.events.event import Event
    from detectors.vessels.profile import HullTrack, Voyage, Worn
    from detectors.vessels.vessel import Vessel

ENTRIES_MAX = 100
"""A shared MMSI may change its static data with every report: further entries are only counted."""

KEYS_SHOWN, KEY_SHOWN, COMPARED_MAX = 10, 40, 10_000
"""Vessels and characters in a message, and how many MMSIs are compared with one that was not found."""


def vessel_profile(
    files: Sequence[TrackFile],
    options: RunOptions,
    resources: Resources,
    limits: Limits,
    progress: Callable[[str], None] = lambda _: None,
    *,
    key: str,
) -> dict[str, Any]:
    """Return the profile of one MMSI in track files, ready to be written as JSON.

    Raises NoPositionsError where no file gave a position, UnknownVesselError where none has this MMSI.
    """
    batches, faults = read_files(files, options, limits, progress)
    return examine(batches, options, resources, partial(profile_of, key=key.strip()), faults, progress)


def profile_of(examined: Examined, key: str) -> dict[str, Any]:
    """Return the profile of one MMSI of a run."""
    tracks = examined.scene.tracks
    vessel = _index_of(examined, key)
    events = [e for e in examined.events if any(v.key == key for v in e.vessels)]
    last_s = float(tracks.time_s[tracks.offsets[vessel + 1] - 1])
    now = vessel_at(tracks, vessel, last_s, examined.watch)
    worn, voyages = identities_of(tracks, vessel), voyages_of(tracks, vessel)
    digests, sources = examined.digests(), SourceRows(examined.read.files)
    return {
        "vessel": vessel_properties(now),
        "signs": _signs(now, examined),
        "identities": [_identity(each, now, examined) for each in worn[:ENTRIES_MAX]],
        "identities_more": max(0, len(worn) - ENTRIES_MAX),
        "voyages": [_voyage(each) for each in voyages[:ENTRIES_MAX]],
        "voyages_more": max(0, len(voyages) - ENTRIES_MAX),
        "segments": [_segment(each) for each in hulls_of(tracks, vessel)],
        "calls": [_call(each) for each in _calls(examined, vessel)],
        "companions": _companions(events, key),
        "events": {
            "type": "FeatureCollection",
            "features": [
                feature(e, digests[e.kind], sources) for e in sorted(events, key=lambda e: (e.start_s, e.id))
            ],
        },
        "report": report_of(examined.report()),
    }


def _index_of(examined: Examined, key: str) -> int:
    tracks = examined.scene.tracks
    keys = [tracks.key(n) for n in range(len(tracks.vessel))]
    if key in keys:
        return keys.index(key)
    close = get_close_matches(key, keys, KEYS_SHOWN) if len(keys) <= COMPARED_MAX else []
    shown = ", ".join(close or keys[:KEYS_SHOWN])
    of = "those most like it" if close else "its first"
    raise UnknownVesselError(
        f"mmsi: no vessel {key[:KEY_SHOWN]!r} among the {len(keys):,} of this data; {of}: {shown}"
    )


def _signs(now: Vessel, examined: Examined) -> dict[str, Any]:
    params = examined.options.params.of(identity_change.KIND)
    return {name: sign for name, sign in standing_signs(now, params).items() if sign}


def _identity(worn: Worn, now: Vessel, examined: Examined) -> dict[str, Any]:
    """Return an identity with the watch-list match that it would have on its own."""
    declared = asdict(worn.identity)
    flag_claimed = declared.pop("flag")
    vessel = replace(now, **declared, flag_claimed=flag_claimed, match=None)
    match = examined.watch.match(imo=vessel.imo, mmsi=vessel.mmsi, name=vessel.name)
    return {
        "first": rfc3339(worn.first_s),
        "last": rfc3339(worn.last_s),
        "times": worn.times,
        **declared,
        "flag_claimed": flag_claimed,
        "ship_type_text": vessel.type_word,
        "listed": asdict(match.listed) | {"matched_by": match.by} if match else None,
    }


def _voyage(voyage: Voyage) -> dict[str, Any]:
    return {
        "from": rfc3339(voyage.from_s),
        "draught_m": voyage.draught_m,
        "destination": voyage.destination,
    }


def _segment(segment: HullTrack) -> dict[str, Any]:
    data = asdict(segment)
    times = {"start": rfc3339(data.pop("start_s")), "end": rfc3339(data.pop("end_s"))}
    return times | {
        name: rounded(value) if isinstance(value, float) else value for name, value in data.items()
    }


def _calls(examined: Examined, vessel: int) -> list[Finding]:
    detection = examined.detections[port_call.KIND.name]
    found = (*detection.findings, *detection.candidates)
    return sorted((f for f in found if f.vessels == (vessel,)), key=lambda f: f.start_s)


def _call(finding: Finding) -> dict[str, Any]:
    wanted = ("called_at", "called_port", "stopped_h", "arrival_seen", "departure_seen")
    return {
        "start": rfc3339(finding.start_s),
        "end": rfc3339(finding.end_s),
        **{name: rounded(finding.measures[name]) for name in wanted},
    }


def _companions(events: Sequence[Event], key: str) -> list[dict[str, Any]]:
    """Return the vessels that share events with it, the one with most first."""
    kinds: dict[str, Counter[str]] = {}
    names: dict[str, str | None] = {}
    for event in events:
        for other in event.vessels:
            if other.key != key:
                kinds.setdefault(other.key, Counter())[event.kind] += 1
                names[other.key] = other.name
    ranked = sorted(kinds, key=lambda each: (-kinds[each].total(), each))
    return [{"id": each, "name": names[each], "events": dict(sorted(kinds[each].items()))} for each in ranked]
