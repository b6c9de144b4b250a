"""A ship in one look: what one number said and where it was."""

import numpy as np
import pytest
from support import HOUR, T0, Spot, every, path, sails, scene_of, still

from detectors.tracks.build import make_tracks
from detectors.tracks.reports import Reports, StaticReport
from detectors.vessels.profile import Identity, hulls_of, identities_of, voyages_of


def tracks_of(reports, *statics):
    return make_tracks(reports, statics)[0]


def said(hours, vessel=7, **words):
    return StaticReport(vessel, T0 + hours * HOUR if hours is not None else float("nan"), **words)


def worn(*statics, until_h=10):
    tracks = tracks_of(still(7, every(10, 0, until_h)), *statics)
    return [
        (w.identity.name, (w.first_s - T0) / HOUR, (w.last_s - T0) / HOUR, w.times)
        for w in identities_of(tracks, 0)
    ]


def test_a_number_that_says_nothing_has_no_identity():
    assert worn() == []


def test_an_identity_stands_until_the_next_and_the_last_to_the_end_of_the_track():
    assert worn(said(0, name="AN SAN"), said(4, name="HOPE SEA")) == [
        ("AN SAN", 0, 4, 1),
        ("HOPE SEA", 4, 10, 1),
    ]


def test_a_name_taken_up_again_is_one_entry_worn_twice():
    told = worn(said(0, name="A LI"), said(2, name="B"), said(3, name="A LI"))
    assert told == [("A LI", 0, 10, 2), ("B", 2, 3, 1)]


def test_words_without_a_time_hold_from_the_start_and_none_lie_outside_the_track():
    assert worn(said(None, name="A LI")) == [("A LI", 0, 10, 1)]
    assert worn(said(-5, name="A LI"), said(20, name="LATE")) == [("A LI", 0, 10, 1), ("LATE", 10, 10, 1)]


def test_what_a_report_leaves_out_stays_as_it_was():
    """Type 24 sends name and call sign in turns."""
    tracks = tracks_of(still(7, every(10, 0, 3)), said(0, name="A"), said(1, callsign="C"), said(2, name="A"))
    assert [w.identity for w in identities_of(tracks, 0)] == [
        Identity(name="A"),
        Identity(name="A", callsign="C"),
    ]


def test_draught_and_destination_are_told_when_they_change():
    tracks = tracks_of(
        still(7, every(10, 0, 9)),
        said(0, draught_m=6.0, destination="NINGBO"),
        said(3, draught_m=6.0),
        said(5, draught_m=4.1),
        said(6, destination="FOR ORDERS"),
    )
    told = [((v.from_s - T0) / HOUR, v.draught_m, v.destination) for v in voyages_of(tracks, 0)]
    assert told == [(0, 6.0, "NINGBO"), (5, 4.1, "NINGBO"), (6, 4.1, "FOR ORDERS")]


def test_hulls_under_one_number_are_told_apart():
    here, far = still(7, every(10, 0, 12)), still(7, every(10, 0, 12), 900_000)
    one, other = hulls_of(tracks_of(Reports.concat([here, far])), 0)
    assert (one.positions, other.positions) == (73, 73)
    assert {one.stopped_share, other.stopped_share} == {1.0}


def test_a_hull_that_sails_half_the_time_stops_half_the_time():
    hours = every(10, 0, 8)
    (hull,) = hulls_of(tracks_of(path(7, hours, np.clip(hours - 4, 0, None) * 20_000, 0 * hours)), 0)
    assert hull.stopped_share == pytest.approx(0.5, abs=0.03)
    assert hull.sailed_km == pytest.approx(80, rel=0.01)
    assert hull.usual_interval_s == pytest.approx(600)


def test_one_report_alone_says_neither_interval_nor_stop():
    (hull,) = hulls_of(tracks_of(still(7, [0.0])), 0)
    assert (hull.usual_interval_s, hull.longest_gap_h, hull.stopped_share, hull.sailed_km) == (
        None,
        None,
        None,
        0.0,
    )


def test_a_way_across_180_degrees_is_short():
    (hull,) = hulls_of(scene_of(sails(7, every(10, 0, 4), spot=Spot(179.9, 10.0))).tracks, 0)
    assert hull.sailed_km == pytest.approx(60, rel=0.01)
