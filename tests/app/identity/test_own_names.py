"""Own names hold within their file and track."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.identity.own_names import with_own_names
from app.readers import ReadOptions, read_file

DAY = "2024-03-{:02}T{:02}:{:02}:00Z"


def at(day, minutes):
    return DAY.format(day, minutes // 60, minutes % 60)


def points(day=4, lat=30.0, lon=124.0, east=0.003, tag="trkpt"):
    """A day at about 9 kn, a report every ten minutes."""
    first = lon + (day - 4) * 144 * east
    return "".join(
        f'<{tag} lat="{lat}" lon="{first + n * east:.4f}"><time>{at(day, n * 10)}</time></{tag}>'
        for n in range(144)
    )


def gpx(*tracks):
    inner = "".join(f"<trk><name>{name}</name><trkseg>{inner}</trkseg></trk>" for name, inner in tracks)
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1">{inner}</gpx>'


def csv(ident, lat, minutes=range(0, 1440, 10), day=4, lon=124.0):
    rows = (f"{ident},{at(day, m)},{lat},{lon + m * 0.0003:.4f}" for m in minutes)
    return "\n".join(["track_id,time,lat,lon", *rows])


@pytest.fixture
def told(tmp_path):
    """Write files, read them, and return the vessels of each file by name, and what is said."""

    def names_of(**files):
        batches = []
        for name, text in files.items():
            path = tmp_path / name
            path.write_text(text)
            batches += read_file(path, name.replace("_", "."), options=ReadOptions())
        batches, said = with_own_names(batches)
        names = [
            [batch.own_ids[key] for key in np.unique(batch.reports.vessel).tolist()] for batch in batches
        ]
        return [sorted(each) for each in names], said

    return names_of


def test_one_name_in_two_files_at_two_places_is_two_vessels(told):
    log = gpx(("ACTIVE LOG", points()))
    other = gpx(("ACTIVE LOG", points(lat=31.0)))
    names, (said,) = told(first_gpx=log, second_gpx=other)
    assert names == [["ACTIVE LOG (first.gpx)"], ["ACTIVE LOG (second.gpx)"]]
    assert "ACTIVE LOG (first.gpx), ACTIVE LOG (second.gpx)" in said


def test_ids_that_restart_in_each_file_are_told_apart(told):
    names, said = told(a_csv=csv(1, 30.0), b_csv=csv(1, 32.0))
    assert names == [["1 (a.csv)"], ["1 (b.csv)"]]
    assert len(said) == 1


def test_a_name_that_two_stations_heard_is_one_vessel(told):
    """Positions agree: it is the name of a vessel, not a number of a row."""
    names, (said,) = told(a_csv=csv("WOLMI", 30.0), b_csv=csv("WOLMI", 30.0005, range(5, 1440, 10)))
    assert names == [["WOLMI"], ["WOLMI"]]
    assert "WOLMI (2 tracks)" in said


def test_a_name_that_goes_on_in_the_next_file_is_one_vessel(told):
    names, _ = told(a_csv=csv("WOLMI", 30.0), b_csv=csv("WOLMI", 30.0, day=5, lon=124.43))
    assert names == [["WOLMI"], ["WOLMI"]]


def test_the_days_of_one_receiver_are_one_vessel(told):
    days = gpx(*((f"Track 2024-03-{day:02}", points(day)) for day in (4, 5, 6)))
    names, (said,) = told(log_gpx=days)
    assert names == [["log.gpx"]]
    assert "log.gpx (3 tracks)" in said


def test_tracks_with_names_of_their_own_stay_apart(told):
    names, said = told(log_gpx=gpx(("Wolmi", points(4)), ("Hana", points(5))))
    assert (names, said) == ([["Hana", "Wolmi"]], ())


def test_days_of_two_receivers_in_one_file_are_two_vessels(told):
    days = gpx(("Track 1", points()), ("Track 2", points(lat=33.0)), ("Track 3", points(5)))
    names, _ = told(log_gpx=days)
    assert names == [["Track 2", "log.gpx"]]


def test_numbers_of_one_csv_stay_apart_though_they_follow(told):
    rows = csv("Track 1", 30.0) + "\n" + "\n".join(csv("Track 2", 30.0, day=5, lon=124.43).splitlines()[1:])
    names, said = told(a_csv=rows)
    assert (names, said) == ([["Track 1", "Track 2"]], ())


def test_statics_go_with_their_vessel(tmp_path):
    mark = (
        "<Placemark><name>Track</name><ExtendedData><Data name='shipname'><value>{}</value></Data>"
        "</ExtendedData><Track>{}</Track></Placemark>"
    )
    line = "".join(f"<when>{at(4, m)}</when><coord>{{lon}} 30.0</coord>" for m in range(0, 600, 10))
    text = (
        f"<kml>{mark.format('WOLMI', line.format(lon=124))}{mark.format('HANA', line.format(lon=126))}</kml>"
    )
    path = tmp_path / "two.kml"
    path.write_text(text)
    (batch,), _ = with_own_names(read_file(path, "two.kml", options=ReadOptions()))
    by_key = {static.vessel: static.name for static in batch.statics}
    lon = dict(zip(batch.reports.vessel.tolist(), batch.reports.lon_deg.tolist(), strict=True))
    assert {by_key[key]: lon[key] for key in lon} == {"WOLMI": 124.0, "HANA": 126.0}


@settings(max_examples=20)
@given(order=st.permutations(range(3)))
def test_the_order_of_files_changes_nothing(order, tmp_path_factory):
    folder = tmp_path_factory.mktemp("files")
    batches = []
    for n, lat in enumerate((30.0, 32.0, 30.0)):
        path = folder / f"{n}.csv"
        path.write_text(csv(1, lat, day=4 if n < 2 else 5, lon=124.0 if n < 2 else 124.43))
        batches += read_file(path, path.name, options=ReadOptions())
    known, said = with_own_names(batches)
    other, also = with_own_names([batches[n] for n in order])
    assert said == also
    assert {b.rejects.file: b.own_ids for b in known} == {b.rejects.file: b.own_ids for b in other}
