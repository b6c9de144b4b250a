"""A file in which no column names the vessel: one track, or several vessels."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import HOUR, T0, every, path, sails, still

from app.options import RunOptions
from app.pipeline import run
from app.readers import ReadError
from app.readers.base.one_track import impossible_share
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import Resources
from detectors.events.area import Area
from detectors.tracks.reports import Reports
from detectors.vessels.watch_list import WatchList
from geodata.world import World

TIMES = every(10, 0, 24)


def table(*parts, header="funnel,time,lat,lon,hull"):
    reports = Reports.concat(list(parts))
    rows = zip(reports.vessel, reports.time_s, reports.lat_deg, reports.lon_deg, strict=True)
    return "\n".join([header, *(f"S{v},{t:.0f},{lat:.5f},{lon:.5f},7" for v, t, lat, lon in rows)])


def two_ships():
    return sails(1, TIMES), sails(2, TIMES + 0.05, east_m=200_000.0)


def test_several_vessels_without_a_name_are_refused_with_the_way_out(read):
    with pytest.raises(ReadError, match="no column names the vessel") as told:
        read(table(*two_ships()), name="fleet.csv")
    assert "`column` mmsi=" in str(told.value)
    assert "Columns: funnel, time, lat, lon, hull" in str(told.value)


def test_with_the_column_named_the_same_file_is_two_vessels(read):
    assert len(read(table(*two_ships()), columns={"own_id": "funnel"}).own_ids) == 2


def test_the_good_files_of_the_run_are_used(tmp_path):
    files = []
    for name, text in {"good.csv": table(two_ships()[0]), "fleet.csv": table(*two_ships())}.items():
        (tmp_path / name).write_text(text)
        files.append(TrackFile(name, tmp_path / name))
    answer = run(files, RunOptions(area=Area("all")), Resources(World.empty(), WatchList()), Limits())
    assert [file.name for file in answer.report.files] == ["good.csv"]
    assert any("fleet.csv: no column names the vessel" in warning for warning in answer.report.warnings)


@pytest.mark.parametrize("wild", [1, 4, 7])
def test_a_few_wild_fixes_refuse_no_file(read, wild):
    east_m = np.where(np.arange(len(TIMES)) % 20 == 5, 800_000.0, 0.0) * (np.arange(len(TIMES)) < 20 * wild)
    assert len(read(table(path(1, TIMES, east_m, 0 * TIMES))).own_ids) == 1


def test_a_short_track_with_wild_fixes_is_one_vessel(read):
    hours = every(10, 0, 2)
    assert len(read(table(path(1, hours, [0, 9e5, 0, 0, 9e5, *[0] * 8], 0 * hours))).own_ids) == 1


def test_times_cut_to_the_minute_are_no_jumps(read):
    seconds = np.arange(0, 3600, 2.0)
    ship = path(1, seconds / HOUR, seconds * 20, 0 * seconds)
    assert (
        len(
            read(
                table(Reports.of(ship.vessel, np.floor(ship.time_s / 60) * 60, ship.lon_deg, ship.lat_deg))
            ).own_ids
        )
        == 1
    )


def test_a_ferry_at_forty_knots_with_pauses_is_one_vessel(read):
    hours = np.concatenate([every(1, 0, 2), every(1, 30, 32)])
    assert len(read(table(path(1, hours, hours * 74_000, 0 * hours))).own_ids) == 1


def test_vessels_named_in_the_file_may_be_anywhere(read):
    text = table(*two_ships()).replace("funnel,", "vessel_id,")
    assert len(read(text).own_ids) == 2


@given(order=st.permutations(range(40)), shift=st.floats(-170, 170))
def test_the_share_depends_on_neither_order_nor_longitude(order, shift):
    parts = [sails(1, every(10, 0, 3)), still(2, every(10, 0, 3) + 0.01, east_m=300_000.0)]
    reports = Reports.concat(parts)
    lon_deg = (reports.lon_deg + shift + 180) % 360 - 180
    moved = Reports.of(reports.vessel, reports.time_s - T0, lon_deg, reports.lat_deg)
    shuffled = moved.take(np.array([n for n in order if n < len(moved)]))
    assert impossible_share(moved) == impossible_share(shuffled) == impossible_share(reports) > 0.9
