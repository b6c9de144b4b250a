"""Formats that are held as objects are refused beyond a limit, with the way round."""

import pytest
import writers

from app.readers import ReadError
from app.readers.base import whole

HELD = {
    "gpx": writers.gpx,
    "kml": writers.kml_track,
    "xml": writers.marinetraffic_xml,
    "mf-csv": writers.mf_csv,
    "tracks": writers.own_tracks,
    "geojson": writers.geojson_points,
    "aishub": writers.aishub_human,
}
NOT_HELD = {
    "csv": writers.csv,
    "nmea": writers.nmea,
    "ndjson": writers.ndjson,
    "aisstream": writers.aisstream,
}


@pytest.mark.parametrize("name", HELD)
def test_too_large_to_hold(read, monkeypatch, name):
    monkeypatch.setattr(whole, "LARGEST_WHOLE_BYTES", 1000)
    with pytest.raises(ReadError, match=r"held in memory as a whole .*CSV.*NDJSON.*cut the file by day"):
        read(HELD[name]())


@pytest.mark.parametrize("name", NOT_HELD)
def test_what_is_read_in_columns_has_no_such_limit(read, monkeypatch, name):
    monkeypatch.setattr(whole, "LARGEST_WHOLE_BYTES", 1000)
    assert len(read(NOT_HELD[name]()).reports) == 28
