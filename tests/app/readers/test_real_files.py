"""Real AIS, counted: each number was checked against an independent decoder or a plain count."""

import numpy as np
import pytest

from app.readers import ReadError, ReadOptions, read_file

pytestmark = pytest.mark.shared
NOON_S = 1_700_000_000.0


def read_one(path, **options):
    (batch,) = read_file(path, path.name, options=ReadOptions(**options))
    assert batch.rows == len(batch.reports) + batch.static_rows + batch.rejects.total
    return batch


def vessels(batch):
    return len(np.unique(batch.reports.vessel))


def counts(batch):
    return {reason.value: count for reason, count in batch.rejects.counts.items()}


def test_danish_feed_of_five_minutes(shared_ais):
    batch = read_one(shared_ais / "aisabnormal_dma" / "ais-sample.txt.gz")
    # 24,688 position reports of 1,438 senders. One of the senders is a base station that sends 29
    # reports of type 1 under its own number, besides 1,234 reports of type 4: they are set aside.
    assert len(batch.reports) + 29 == 24_688
    assert vessels(batch) + 1 == 1_438
    assert counts(batch) == {"base_station": 1_234 + 29, "aid_to_navigation": 25}
    # 69 messages of type 5 (of 68 vessels) and 61 of type 24.
    assert batch.static_rows == 69 + 61
    assert len({s.vessel for s in batch.statics if s.imo or s.destination or s.draught_m}) <= 68
    assert batch.rows == 26_077
    assert batch.format == "nmea"


def test_one_drifting_ship(shared_ais):
    batch = read_one(shared_ais / "aisabnormal_dma" / "538004030_drift_1.ais")
    assert (len(batch.reports), vessels(batch), batch.static_rows) == (5_029, 1, 223)
    assert batch.rejects.total == 0
    span_h = (batch.reports.time_s.max() - batch.reports.time_s.min()) / 3600
    assert 2.4 < span_h < 2.6


def test_satellite_lines_with_tag_blocks(shared_ais):
    batch = read_one(shared_ais / "aisdb" / "test_data_20211101.nm4")
    # pyais decodes 917 messages with a position: 2 say "not available", 3 come from aids to
    # navigation, 1 from MMSI 0. Without the 126 of type 27 and those set aside, 705 vessels remain
    # (709 senders of types 1, 3, 18 and 19 before anything is set aside).
    assert len(batch.reports) == 917 - 2 - 3 - 1
    assert vessels(batch) == 795
    long_range = batch.reports.msg_type == 27
    assert long_range.sum() == 126
    assert set(batch.reports.uncertainty_m[long_range]) == {93.0}
    assert counts(batch) == {
        "no_vessel": 1,
        "no_position": 1,
        "position_not_available": 2,
        "base_station": 5,
        "aid_to_navigation": 11 + 3,
        "no_position_message": 4,
    }


def test_exactearth_layout(shared_ais):
    batch = read_one(shared_ais / "aisdb" / "test_data_20210701.csv")
    assert (batch.format, batch.rows) == ("exactearth", 2_498)
    lon, lat = batch.reports.lon_deg, batch.reports.lat_deg
    assert ((lon > 117) & (lon < 142) & (lat > 30) & (lat < 45)).sum() == 79
    assert len(batch.reports) == 2_334
    assert batch.warnings == ()
    assert 1625097600 <= batch.reports.time_s.min() <= batch.reports.time_s.max() < 1625184000


def test_marinecadastre_layout(shared_ais):
    batch = read_one(shared_ais / "aisdb" / "test_data_noaa_20230101.csv")
    assert (batch.format, batch.rows, len(batch.reports)) == ("marinecadastre", 1_000, 999)
    assert counts(batch) == {"base_station": 1}
    assert {s.imo for s in batch.statics} >= {9307839, 9203588}


def test_noaa_track_of_a_cargo_ship(shared_ais):
    batch = read_one(shared_ais / "noaa" / "noaa_test_track.csv")
    assert (batch.format, len(batch.reports), vessels(batch)) == ("csv", 999, 1)
    (ship,) = batch.statics
    assert (ship.imo, ship.name, ship.length_m, ship.ship_type) == (9393163, "TUFTY", 185.0, 70)
    assert "times had no zone: taken as UTC" in batch.warnings


@pytest.mark.parametrize(
    ("name", "rows", "positions"),
    [
        ("204814000", 847, 847),
        ("263576000", 948, 928),
        ("416000000", 1_668, 1_668),
        ("431704490", 7_499, 7_345),
        ("538004505", 1_566, 1_566),
        ("600011817", 187, 168),
    ],
)
def test_shared_and_spoofed_identities_are_kept(shared_ais, name, rows, positions):
    batch = read_one(shared_ais / "gpsdio_segment" / f"{name}.csv")
    assert (batch.rows, len(batch.reports)) == (rows, positions)
    assert np.unique(batch.reports.vessel).tolist() == [int(name)]


@pytest.mark.parametrize(
    ("name", "rows", "positions", "base_s"),
    [
        ("stream_example.txt", 4_051, 2_939, None),
        ("replay_dump.txt", 50, 45, None),
        ("small_cb_example.txt", 12, 5, None),
        ("ais250.txt", 243, 198, NOON_S),
        ("decode_encode_messages.txt", 601, 420, NOON_S),
        ("retry_example.txt", 8, 3, NOON_S),
        ("small_example.txt", 1, 0, NOON_S),
    ],
)
def test_awkward_lines(shared_ais, name, rows, positions, base_s):
    batch = read_one(shared_ais / "aislib_dma" / name, time_base_s=base_s)
    assert (batch.rows, len(batch.reports)) == (rows, positions)


def test_danish_stream_of_2010(shared_ais):
    batch = read_one(shared_ais / "aislib_dma" / "stream_example.txt")
    # 1,390 senders of a usable position by pyais; two of them are set aside by their number: a base
    # station and an aid to navigation. 111111111 sends as ships do: nobody gave that set its number.
    assert vessels(batch) + 2 == 1_390
    assert batch.rejects.total == 624


def test_a_file_without_time_asks_for_one(shared_ais):
    path = shared_ais / "pyais" / "nmea_data_sample.txt"
    with pytest.raises(ReadError, match="`time_base`"):
        read_one(path)
    batch = read_one(path, time_base_s=NOON_S)
    assert (batch.rows, len(batch.reports), vessels(batch)) == (898, 758, 163)
    # A hundred sentences without payload, and twenty first parts whose second is not in the file.
    assert (counts(batch)["bad_payload"], counts(batch)["incomplete_multipart"]) == (100, 20)
    assert (np.floor(batch.reports.time_s / 60) == NOON_S // 60).all()
