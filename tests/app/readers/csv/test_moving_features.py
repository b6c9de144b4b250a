"""OGC Moving Features CSV."""

import pytest
from accounting import counts

from app.readers import ReadError
from app.readers.csv import moving_features as mf_csv
from app.readers.values.times import epoch_seconds

HEAD = (
    "@stboundedby,urn:ogc:def:crs:CRS:1.3:84,2D,50.23 9.23,50.31 9.27,2024-01-01T00:00:00Z,"
    "2024-01-01T00:10:00Z,{unit}\n@columns,mfidref,trajectory,state,xsd:token,speed,xsd:double\n"
)


def test_vertices_are_spread_evenly_over_a_segment(read):
    batch = read(HEAD.format(unit="minute") + "a,1,3,11.0 2.0 12.0 3.0 13.0 4.0,walking,1\n")
    assert batch.reports.time_s.tolist() == [1704067260.0, 1704067320.0, 1704067380.0]
    assert batch.reports.lon_deg.tolist() == [11.0, 12.0, 13.0]
    assert batch.reports.sog_kn.tolist() == [1.0] * 3
    assert set(batch.own_ids.values()) == {"a"}


def test_absolute_times(read):
    row = "a,2024-01-01T00:00:10Z,2024-01-01T00:00:20Z,11.0 2.0 12.0 3.0,x,1\n"
    batch = read(HEAD.format(unit="absolute") + row)
    assert batch.reports.time_s.tolist() == [1704067210.0, 1704067220.0]


def test_absolute_times_of_a_whole_file_are_read_together(read, monkeypatch):
    asked = []
    monkeypatch.setattr(mf_csv, "epoch_seconds", lambda *a, **k: asked.append(a) or epoch_seconds(*a, **k))
    row = "a,01.01.2024 00:{n:02d}:00,01.01.2024 00:{n:02d}:30,11.0 2.0 12.0 3.0,x,1\n"
    batch = read(HEAD.format(unit="absolute") + "".join(row.format(n=n) for n in range(60)))
    assert len(batch.reports) == 120
    assert batch.reports.time_s[-1] == 1704067200.0 + 59 * 60 + 30
    assert len(asked) == 3  # the first line, beginnings, ends


def test_broken_rows_are_counted(read):
    rows = "a,1,2,11 2 12,x,1\na,1\n,1,2,1 2 3 4,x,1\na,x,inf,1 2 3 4,x,1\na,1,2,11 2 12 3,x,1\n"
    batch = read(HEAD.format(unit="sec") + rows)
    assert counts(batch) == {"not_a_record": 3, "no_time": 2}
    assert len(batch.reports) == 2


@pytest.mark.parametrize("text", ["@stboundedby,x\n", HEAD.format(unit="sec"), "@stboundedby"])
def test_headers_without_rows_are_told(read, text):
    with pytest.raises(ReadError):
        read(text)
