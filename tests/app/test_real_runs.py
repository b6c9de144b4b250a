"""The main job on real files: what is read, rejected and flagged, counted exactly.

Independent counts beside the files call 761 rows of the Danish sample "heard twice": these are moored ships
that say the same again within five minutes. Heard twice here is the same report within a second.

The two events of spoofing are numbers that 4 and 13 hulls send under in turn, both told low: Taiwan's default
number, and a Japanese one used worldwide. Silences are those of hulls (docs/segments.md).
"""

from collections import Counter

import pytest

from app.inputs.areas import parse_area
from app.options import RunOptions
from app.pipeline import run
from app.readers.containers.unpack import Limits
from app.reading import TrackFile
from app.resources import default_resources

REAL = {
    "aisabnormal_dma/ais-sample.txt.gz": ("nmea", 26077, 24614, 45, 1437, {"identity_change": 1}),
    "aisabnormal_dma/538004030_drift_1.ais": ("nmea", 5252, 935, 4094, 1, {}),
    "aisdb/test_data_20210701.csv": (
        "exactearth",
        2498,
        2334,
        0,
        2205,
        {"dark_period": 1697, "identity_change": 3},
    ),
    "aisdb/test_data_20211101.nm4": ("nmea", 979, 911, 0, 795, {"identity_change": 1}),
    "noaa/noaa_test_track.csv": ("csv", 999, 999, 0, 1, {"dark_period": 2}),
    "gpsdio_segment/204814000.csv": ("csv", 847, 789, 58, 1, {"dark_period": 4}),
    "gpsdio_segment/263576000.csv": ("csv", 948, 581, 347, 1, {"dark_period": 1}),
    "gpsdio_segment/416000000.csv": ("csv", 1668, 1550, 118, 1, {"dark_period": 86, "spoofing": 1}),
    "gpsdio_segment/431704490.csv": (
        "csv",
        7499,
        5011,
        2334,
        1,
        {"dark_period": 96, "loitering": 3, "spoofing": 1},
    ),
    "gpsdio_segment/538004505.csv": ("csv", 1566, 1372, 194, 1, {"dark_period": 20}),
    "gpsdio_segment/600011817.csv": ("csv", 187, 162, 6, 1, {"dark_period": 10, "identity_change": 1}),
}


def answer(shared, name, area):
    files = [TrackFile(name, shared / "ais" / name)]
    return run(files, RunOptions(area=parse_area(area)), default_resources(), Limits())


@pytest.mark.shared
@pytest.mark.parametrize("name", REAL)
def test_a_real_file_gives_its_exact_account(shared, name):
    done = answer(shared, name, "all")
    told = done.report
    kinds = dict(Counter(e.kind for e in done.events))
    assert (told.format, told.rows, told.positions, told.duplicates, told.vessels, kinds) == REAL[name]
    assert all(e.score.band == "low" for e in done.events if e.measures.get("same_mmsi_reports_meanwhile"))


@pytest.mark.shared
def test_near_dprk_waters_a_world_wide_snapshot_leaves_little_to_read(shared):
    done = answer(shared, "aisdb/test_data_20210701.csv", "dprk")
    assert len(done.events) == 19
    assert done.report.held_back == {"area": 1681}
    assert {e.score.band for e in done.events} == {"low"}
