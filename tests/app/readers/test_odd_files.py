# ruff: noqa: E501 - a file on one line is easier to read
"""Files as users' tools write them, each with one report: what is read, and what is refused or rejected.

The report is of 441000101, 2024-03-04 04:02:00 UTC, 38.5 N 124.5 E, 10 kn, unless a row says otherwise.
"""

import json

import numpy as np
import pytest

from app.readers import ReadError

MMSI, MOMENT_S, LAT, LON, SOG = 441000101, 1_709_524_920.0, 38.5, 124.5, 10.0
HALF_DAY_S = 43_200.0

TIMES = {
    "2024/03/04 04:02:00 AM": 0.0,
    "2024/03/04 04:02:00 PM": HALF_DAY_S,
    "04-MAR-2024 04:02": 0.0,
    "04-MAR-24 04:02:00": 0.0,
    "04-MAR-24 04.02.00.000000 AM": 0.0,
    "04MAR2024 04:02:00": 0.0,
    "20240304T040200Z": 0.0,
    "2024-03-04T04:02Z": 0.0,
    "2024-03-04 13:02:00 +0900": 0.0,
    "2024-03-04 04:02:00+00": 0.0,
    "2024-03-04 13:02:00 KST": 0.0,
    "2024-03-04 오전 4:02:00": 0.0,
    "2024-03-04 오후 4:02:00": HALF_DAY_S,
    "2024년 3월 4일 04:02:00": 0.0,
    "2024年03月04日 04:02:00": 0.0,
    "2024年03月04日 下午 4:02:00": HALF_DAY_S,
}
TABLES = {
    "clock before date": "mmsi,time,date,lat,lon,sog\n441000101,04:02:00,04/03/2024,38.5,124.5,10\n"
    "441000101,04:02:00,25/03/2024,38.5,124.5,10\n",
    "clock without colons": "mmsi,date,hhmmss,lat,lon,sog\n441000101,20240304,040200,38.5,124.5,10\n",
    "date and clock in UTC": "mmsi,utc_date,utc_time,lat,lon,sog\n441000101,2024-03-04,04:02:00,38.5,124.5,10\n",
    "local time beside UTC": "mmsi,local_time,utc_time,lat,lon,sog\n"
    "441000101,2024-03-04 13:02:00,2024-03-04 04:02:00,38.5,124.5,10\n",
    "time of writing beside it": "mmsi,created_at,position_time,lat,lon,sog\n"
    "441000101,2025-01-01T00:00:00Z,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "arrival before it": "mmsi,eta,timestamp,lat,lon,sog\n"
    "441000101,2024-03-09T00:00:00Z,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "last update": "mmsi,last_update,lat,lon,sog\n441000101,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "epoch under a long name": "mmsi,received_time_ms,lat,lon,sog\n441000101,1709524920000,38.5,124.5,10\n",
    "whose position it is": "mmsi,gps_time,vessel_latitude,vesselLongitude,speed\n"
    "441000101,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "sides in the names": "mmsi,timestamp,Lat N,Lon E,sog\n441000101,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "decimal commas in quotes": 'mmsi;timestamp;lat;lon;sog\n441000101;2024-03-04T04:02:00Z;"38,5";"124,5";"10,0"\n',
    "degree signs": "mmsi,timestamp,lat,lon,sog\n441000101,2024-03-04T04:02:00Z,38.5°,124.5°,10\n",
    "degrees in parts": "mmsi,timestamp,lat,lon,sog\n441000101,2024-03-04T04:02:00Z,N 38 30 00,E 124 30 00,10\n",
    "points": "mmsi,timestamp,geom,sog\n441000101,2024-03-04T04:02:00Z,POINT (124.5 38.5),10\n",
    "a delimiter too many": "mmsi,timestamp,lat,lon,sog\n441000101,2024-03-04T04:02:00Z,38.5,124.5,10.0,\n",
    "an index without a name": '"",mmsi,timestamp,lat,lon,sog\n0,441000101,2024-03-04T04:02:00Z,38.5,124.5,10\n',
    "a table in Markdown": "| mmsi | timestamp | lat | lon | sog |\n|---|---|---|---|---|\n"
    "| 441000101 | 2024-03-04T04:02:00Z | 38.5 | 124.5 | 10 |\n",
    "carets": "mmsi^lat^lon^t^sog\n441000101^38.5^124.5^1709524920^10\n",
    "a terminal of PostgreSQL": " mmsi | timestamp | lat | lon | sog \n-----+-----+-----+-----+-----\n"
    " 441000101 | 2024-03-04 04:02:00 | 38.5 | 124.5 | 10 \n(1 row)\n",
    "a row of units": "mmsi,timestamp,lat,lon,sog\n-,UTC,deg,deg,kn\n"
    "441000101,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "metres per second": "mmsi,timestamp,lat,lon,speed_m_s\n441000101,2024-03-04T04:02:00Z,38.5,124.5,5.1444\n",
    "miles per hour": "mmsi,timestamp,lat,lon,speed (mph)\n441000101,2024-03-04T04:02:00Z,38.5,124.5,11.5078\n",
    "tenths of a knot": "mmsi,timestamp,lat,lon,SOG (1/10 kn)\n441000101,2024-03-04T04:02:00Z,38.5,124.5,100\n",
    "times ten": "mmsi,timestamp,lat,lon,SOG (x10 kn)\n441000101,2024-03-04T04:02:00Z,38.5,124.5,100\n",
    "an MMSI with a zero": "mmsi,timestamp,lat,lon,sog\n0441000101,2024-03-04T04:02:00Z,38.5,124.5,10\n",
    "a footer": "mmsi,timestamp,lat,lon,sog\n441000101,2024-03-04T04:02:00Z,38.5,124.5,10\nTotal,1,,,\n",
}
RECORD = {"mmsi": MMSI, "timestamp": "2024-03-04T04:02:00Z", "lat": LAT, "lon": LON, "sog": SOG}
DOCUMENTS = {
    "in an envelope": {"data": {"rows": [RECORD]}},
    "beside another list": {"vessels": [{"mmsi": MMSI, "name": "A"}], "positions": [RECORD]},
    "as a search engine answers": {"hits": {"total": 1, "hits": [{"_id": "a", "_source": RECORD}]}},
    "all as texts": [{name: str(value) for name, value in RECORD.items()}],
}
REFUSED = {
    "places of a voyage": "mmsi,timestamp,start_lat,start_lon,end_lat,end_lon\n"
    "441000101,2024-03-04T04:02:00Z,38.5,124.5,39,125\n",
    "both coordinates in one cell": 'mmsi,timestamp,position\n441000101,2024-03-04T04:02:00Z,"38.5, 124.5"\n',
    "nested positions": json.dumps(
        [{"mmsi": MMSI, "timestamp": RECORD["timestamp"], "position": {"lat": LAT, "lon": LON}}]
    ),
}


def assert_is_the_report(batch, later_s=0.0):
    first = batch.reports.take(np.array([0]))
    assert first.vessel.tolist() == [MMSI]
    assert first.time_s.tolist() == [MOMENT_S + later_s]
    assert (first.lat_deg[0], first.lon_deg[0]) == pytest.approx((LAT, LON))
    assert first.sog_kn[0] == pytest.approx(SOG, abs=0.01)


@pytest.mark.parametrize("text", TIMES)
def test_times(read, text):
    batch = read(f"mmsi,timestamp,lat,lon,sog\n441000101,{text},38.5,124.5,10\n")
    assert_is_the_report(batch, TIMES[text])


@pytest.mark.parametrize(
    "text", ["2024-064T04:02:00Z", "2024-03-03 23:02:00 EST", "2024-13-04 04:02", "soon"]
)
def test_what_is_no_time_or_has_several_meanings_is_a_reject(read, text):
    batch = read(f"mmsi,timestamp,lat,lon,sog\n441000101,{text},38.5,124.5,10\n")
    assert {reason.value: n for reason, n in batch.rejects.counts.items()} == {"bad_time": 1}


@pytest.mark.parametrize("name", TABLES)
def test_tables(read, name):
    assert_is_the_report(read(TABLES[name]))


@pytest.mark.parametrize("name", DOCUMENTS)
def test_documents(read, name):
    assert_is_the_report(read(json.dumps(DOCUMENTS[name])))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused(read, name):
    with pytest.raises(ReadError, match="lat"):
        read(REFUSED[name])
