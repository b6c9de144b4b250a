"""One small table in every disguise that users' files wear: it must read as the plain one does.

Each part of a disguise is drawn by itself: order and names of columns, units, forms of time and MMSI, decimal
marks, delimiters, what stands before the header, what fills empty cells, line ends, encodings.
`DARKWAKE_DISGUISES` sets how many are drawn.
"""

from __future__ import annotations

import io
import json
import os
from datetime import UTC, datetime, timedelta

import numpy as np
import polars as pl
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st

from app.readers import read_file

EXAMPLES = int(os.environ.get("DARKWAKE_DISGUISES", "60"))
START = datetime(2024, 3, 4, 0, 0, tzinfo=UTC)
VESSELS = (441000101, 636000202)
STEPS = 14

NAMES = {
    "mmsi": ["mmsi", "MMSI", "Vessel MMSI", "ship_mmsi", "SourceMMSI", "mmsi_number", "UserID"],
    "lat": ["lat", "LAT", "Latitude", "y", "Lat (deg)", "latitude_degrees", "위도", "широта"],
    "lon": ["lon", "LON", "Longitude", "lng", "x", "Lon (deg)", "경도", "долгота"],
    "cog": ["cog", "COURSE", "Course Over Ground", "Course (deg)", "track"],
    "extra": ["remarks", "operator", "colour", "SPEED_x"],
}
SPEEDS = {
    "sog": 1.0,
    "SOG (knots)": 1.0,
    "speed_kmh": 1.852,
    "Speed (m/s)": 1852 / 3600,
    "SPEED_KNOTSx10": 10.0,
    "speed": 1.0,
}
TIMES = {
    "iso": lambda t: {"timestamp": t.strftime("%Y-%m-%dT%H:%M:%SZ")},
    "space": lambda t: {"BaseDateTime": t.strftime("%Y-%m-%d %H:%M:%S")},
    "day first": lambda t: {"Date Time": (t + timedelta(days=20)).strftime("%d/%m/%Y %H:%M:%S")},
    "month first": lambda t: {"Date Time": (t + timedelta(days=20)).strftime("%m/%d/%Y %I:%M:%S %p")},
    "named month": lambda t: {"time_utc": t.strftime("%d-%b-%Y %H:%M:%S")},
    "compact": lambda t: {"rxtime": t.strftime("%Y%m%d%H%M%S")},
    "epoch": lambda t: {"t": str(int(t.timestamp()))},
    "epoch ms": lambda t: {"timestamp": str(int(t.timestamp() * 1000))},
    "serial": lambda t: {"time": repr(t.timestamp() / 86400 + 25569)},
    "two columns": lambda t: {"date": t.strftime("%Y-%m-%d"), "time": t.strftime("%H:%M:%S")},
    "midnight and clock": lambda t: {"Date": t.strftime("%Y-%m-%d 00:00:00"), "Time": t.strftime("%H:%M")},
    "dotted and clock": lambda t: {"Date": t.strftime("%d.%m.%Y"), "Clock UTC": t.strftime("%H:%M")},
    "counters": lambda t: {"date": t.strftime("%Y%m%d"), "hour": str(t.hour), "minute": str(t.minute)},
    "zone": lambda t: {"time": (t + timedelta(hours=9)).strftime("%Y-%m-%d %H:%M:%S"), "tz": "+09:00"},
    "named zone": lambda t: {"Time (UTC+9)": (t + timedelta(hours=9)).strftime("%Y-%m-%d %H:%M:%S")},
    "second beside": lambda t: {"timestamp": str(t.second), "received_at": t.strftime("%Y-%m-%dT%H:%M:%SZ")},
}
MMSIS = {
    "plain": str,
    "decimal": lambda m: f"{m}.0",
    "formula": lambda m: f'="{m}"',
    "full exponent": lambda m: f"{m / 1e8:.8f}E+08",
    "spaces": lambda m: f"{m:,}".replace(",", " "),
}
EMPTY = ["", "NULL", r"\N", "#N/A", "N/A", "-", "nan", "(null)", "None", "?"]
BEFORE = ["", "# exported by example\n# UTC\n", "\n\n", "Vessel report\nMarch 2024\n\n"]
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"]


def positions():
    for step in range(STEPS):
        for number, mmsi in enumerate(VESSELS):
            moment = START + timedelta(minutes=2 * step)
            yield mmsi, moment, 35.0 + number + 0.001 * step, 125.0 + number, 6.5 + number, 42.5


def value_of(number, decimals, mark):
    return f"{number:.{decimals}f}".replace(".", mark)


@st.composite
def tables(draw, mark):
    """Return disguised rows, and by how many days their times are later."""
    names = {ours: draw(st.sampled_from(theirs)) for ours, theirs in NAMES.items()}
    speed_name = draw(st.sampled_from(list(SPEEDS)))
    time_form, mmsi_form = draw(st.sampled_from(list(TIMES))), draw(st.sampled_from(list(MMSIS)))
    empty = draw(st.sampled_from(EMPTY))
    assume(not (mark == "," and time_form == "serial"))
    rows = [
        {
            names["mmsi"]: MMSIS[mmsi_form](mmsi),
            **TIMES[time_form](moment),
            names["lat"]: value_of(lat, 6, mark),
            names["lon"]: value_of(lon, 6, mark),
            speed_name: value_of(sog * SPEEDS[speed_name], 0 if "x10" in speed_name else 4, mark),
            names["cog"]: value_of(cog, 1, mark),
            names["extra"]: empty,
        }
        for mmsi, moment, lat, lon, sog, cog in positions()
    ]
    order = draw(st.permutations(list(rows[0])))
    later = 20 if time_form in ("day first", "month first") else 0
    return [{name: row[name] for name in order} for row in rows], later


@st.composite
def texts(draw):
    """Return a disguised table as delimited text, and by how many days its times are later."""
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    mark = "," if delimiter != "," and draw(st.booleans()) else "."
    rows, later = draw(tables(mark))
    quoted = draw(st.booleans())
    cells = [list(rows[0]), *(row.values() for row in rows)]
    text = "\n".join(delimiter.join(_cell(c, delimiter, quoted) for c in line) for line in cells) + "\n"
    before = draw(st.sampled_from(BEFORE))
    before = f"sep={delimiter}\n" if not before and draw(st.booleans()) else before
    text = (before + text).replace("\n", draw(st.sampled_from(["\n", "\r\n", "\r"])))
    return text.encode(draw(st.sampled_from(ENCODINGS))), later


@st.composite
def records(draw):
    """Return a disguised table as JSON, NDJSON or Parquet, and by how many days its times are later."""
    rows, later = draw(tables("."))
    form = draw(st.sampled_from(["json", "ndjson", "parquet", "typed parquet"]))
    if form == "json":
        return json.dumps(rows).encode(), later
    if form == "ndjson":
        return "\n".join(map(json.dumps, rows)).encode(), later
    frame = pl.DataFrame(rows)
    if form == "typed parquet":
        numbers = [name for name in frame.columns if name in (*NAMES["lat"], *NAMES["lon"], *SPEEDS)]
        frame = frame.with_columns(pl.col(numbers).cast(pl.Float64))
    out = io.BytesIO()
    frame.write_parquet(out)
    return out.getvalue(), later


def _cell(text, delimiter, quoted):
    inside = text.replace('"', '""')
    return f'"{inside}"' if quoted or delimiter in text or '"' in text else text


@given(texts() | records())
@settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
def test_a_disguised_table_reads_as_the_plain_one(tmp_path_factory, disguise):
    content, later = disguise
    note(repr(content[:400]))
    path = tmp_path_factory.mktemp("disguise") / "upload"
    path.write_bytes(content)
    (batch,) = read_file(path)
    expected = list(positions())
    assert (batch.rows, batch.rejects.counts) == (len(expected), {})
    assert batch.reports.vessel.tolist() == [row[0] for row in expected]
    moments = [(row[1] + timedelta(days=later)).timestamp() for row in expected]
    assert np.allclose(batch.reports.time_s, moments, atol=1e-3)
    assert np.allclose(batch.reports.lat_deg, [row[2] for row in expected], atol=1e-6)
    assert np.allclose(batch.reports.lon_deg, [row[3] for row in expected], atol=1e-6)
    assert np.allclose(batch.reports.sog_kn, [row[4] for row in expected], atol=0.06)
    assert np.allclose(batch.reports.cog_deg, [row[5] for row in expected], atol=0.06)
    read_as = {column.read_as for column in batch.columns if column.used_share == 1.0}
    assert {"mmsi", "time", "lat", "lon", "sog_kn", "cog_deg"} <= read_as
