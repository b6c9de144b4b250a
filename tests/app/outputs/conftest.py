"""Answers that the formats are written from."""

import dataclasses

import pytest
from running import batch_of
from support import every, meeting_pair, sails

from app.options import RunOptions
from app.outputs.geojson import collection
from app.pipeline import detect_events
from app.resources import Resources
from detectors.events.area import Area
from detectors.tracks.reports import StaticReport, vessel_key
from detectors.vessels.watch_list import WatchList
from geodata.world import World


def answer(*parts, names=(), own_ids=None):
    batch = dataclasses.replace(batch_of(*parts, statics=names), own_ids=own_ids or {})
    resources = Resources(World.empty(), WatchList())
    return collection(detect_events([batch], RunOptions(area=Area("all")), resources))


@pytest.fixture(scope="session")
def events():
    """One transfer, of vessels whose names are markup and formulas."""
    names = (
        StaticReport(412000001, 0.0, name="=HYPERLINK(1)"),
        StaticReport(412000002, 0.0, name="BEE & CEE <3"),
    )
    return answer(*meeting_pair(), names=names)


@pytest.fixture(scope="session")
def mixed():
    """A transfer, a gap of a vessel without MMSI that ended elsewhere, and a gap that lasts."""
    own = vessel_key("no number")
    hours = [*every(10, -25, -20), *every(10, 0, 4.5)]
    gone = sails(412000009, every(10, -25, -12), east_m=-40_000.0)
    names = (
        StaticReport(412000001, 0.0, name="船"),
        StaticReport(412000002, 0.0, name="A\x00B\x1b ]]> \ufffe"),
    )
    parts = [*meeting_pair(), sails(own, hours, east_m=30_000.0), gone]
    return answer(*parts, names=names, own_ids={own: "no number"})


@pytest.fixture(scope="session")
def nothing(events):
    """The answer of a run that found nothing."""
    return {**events, "features": []}
