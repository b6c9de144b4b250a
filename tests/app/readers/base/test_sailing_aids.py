"""What sails under the MMSI of an aid to navigation is a vessel with a false identity; an aid is none."""

import pytest
from accounting import counts
from hypothesis import given
from hypothesis import strategies as st

from app.readers import read_file
from app.readers.csv import lines as csv_lines

HEAD = "mmsi,timestamp,lat,lon,sog,msg_type\n"


def rows(mmsi, sog, count=20, msg_type=1):
    return "".join(
        f"{mmsi},2024-03-04T00:{n:02d}:00Z,38.0,{124 + n / 100},{sog},{msg_type}\n" for n in range(count)
    )


def test_a_vessel_under_way_is_kept_and_named(read):
    batch = read(HEAD + rows(992000001, 10.2) + rows(992000002, 0.1))
    assert set(batch.reports.vessel.tolist()) == {992000001}
    assert counts(batch) == {"aid_to_navigation": 20}
    assert any("992000001" in warning and "10 kn" in warning for warning in batch.warnings)


@pytest.mark.parametrize(
    ("sog", "count", "msg_type"),
    [(0.0, 20, 1), (2.5, 20, 1), (10.0, 5, 1), (10.0, 20, 21)],
    ids=["lies still", "drifts", "is heard a few times", "sends as aids do"],
)
def test_an_aid_is_no_vessel(read, sog, count, msg_type):
    batch = read(HEAD + rows(992000001, sog, count, msg_type))
    assert counts(batch) == {"aid_to_navigation": count}


def test_an_aid_that_broke_loose_for_a_while_is_none(read):
    batch = read(HEAD + rows(992000001, 0.0, 15) + rows(992000001, 6.0, 5))
    assert counts(batch) == {"aid_to_navigation": 20}


def test_base_stations_and_search_aircraft_stay_out_whatever_their_speed(read):
    assert len(read(HEAD + rows(111000001, 90.0) + rows(2190001, 10.0)).reports) == 0


@given(st.integers(100, 4000))
def test_the_whole_file_decides_however_it_is_cut(tmp_path_factory, chunk):
    path = tmp_path_factory.mktemp("f") / "f.csv"
    path.write_text(HEAD + rows(992000001, 0.0, 5) + rows(992000001, 9.0, 40) + rows(441000101, 9.0, 9))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_lines, "CHUNK_BYTES", chunk)
        (batch,) = read_file(path)
    assert batch.rejects.counts == {}
