"""CSV: narrow unless asked otherwise, and the same in every program that opens it."""

import copy
import csv
import io
import math
import shutil
import subprocess

import duckdb
import pandas as pd
import pytest

from app.outputs.csv import narrow_csv, wide_csv

OF_VESSEL = ("mmsi", "imo", "name", "flag", "type", "length")
HEADINGS = [
    *["id", "kind", "band", "score", "start", "end", "duration_h", "lon", "lat", "end_lon", "end_lat"],
    *(f"{name}_{number}" for number in (1, 2) for name in OF_VESSEL),
    *["zones", "listed_by", "summary", "top_reasons"],
]

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "|calc", "%0A", "\tx", "\rx", "\nx", "\uff1d1+1")


def rows_of(data):
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def named(collection, name):
    """The same answer with another name of the first vessel of each event."""
    changed = copy.deepcopy(collection)
    for feature in changed["features"]:
        feature["properties"]["vessels"][0]["name"] = name
    return changed


def test_it_is_narrow_with_the_same_columns_for_every_answer(mixed, nothing):
    for collection in (mixed, nothing):
        assert narrow_csv(collection).decode().splitlines()[0].split(",") == HEADINGS


def test_a_row_says_what_where_when_and_who(events):
    (row,) = rows_of(narrow_csv(events))
    (feature,) = events["features"]
    properties = feature["properties"]
    assert (row["id"], row["kind"]) == (feature["id"], "sts_transfer")
    assert pd.Timestamp(row["start"]) == pd.Timestamp(properties["start"])
    assert [float(row["lon"]), float(row["lat"])] == feature["geometry"]["coordinates"]
    assert (row["end_lon"], row["end_lat"]) == ("", "")
    assert (row["mmsi_1"], row["mmsi_2"], row["flag_2"]) == ("412000001", "412000002", "CN")
    assert row["name_2"] == "BEE & CEE <3"
    assert row["summary"] == properties["summary"]


def test_the_reasons_that_weigh_most_come_first_for_or_against(events):
    (row,) = rows_of(narrow_csv(events))
    reasons = sorted(events["features"][0]["properties"]["reasons"], key=lambda r: -abs(r["weight"]))
    assert row["top_reasons"] == "; ".join(f"{r['text']} ({r['weight']:+.2f})" for r in reasons[:3])


def test_a_gap_that_ended_elsewhere_has_two_places_and_one_that_lasts_has_no_end(mixed):
    gaps = [row for row in rows_of(narrow_csv(mixed)) if row["kind"] == "dark_period"]
    ended, lasting = sorted(gaps, key=lambda row: row["end"] == "")
    assert float(ended["end_lat"]) != float(ended["lat"])
    assert (lasting["end"], lasting["end_lon"]) == ("", "")


def test_wide_has_each_measure_and_every_vessel_too(mixed):
    rows = rows_of(wide_csv(mixed))
    assert list(rows[0])[: len(HEADINGS)] == HEADINGS
    for row, feature in zip(rows, mixed["features"], strict=True):
        measures = feature["properties"]["measures"]
        assert set(measures) <= set(row)
        for name, value in measures.items():
            written = str(value).lower() if isinstance(value, bool) else str(value)
            assert row[name] == ("" if value is None else written)
        assert [row[f"id_{n}"] for n, _ in enumerate(feature["properties"]["vessels"], 1)] == [
            v["id"] for v in feature["properties"]["vessels"]
        ]


@pytest.mark.parametrize("write", [narrow_csv, wide_csv])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_cell_that_a_spreadsheet_may_run_begins_with_an_apostrophe(mixed, write, name):
    assert {row["name_1"] for row in rows_of(write(named(mixed, name)))} == {
        f"'{name}".replace("\r", " ").replace("\n", " ")
    }


def test_a_cell_without_text_holds_nothing(events):
    (row,) = rows_of(narrow_csv(named(events, "")))
    assert row["name_1"] == row["zones"] == row["listed_by"] == ""


def test_negative_numbers_stay_numbers_in_pandas_and_duckdb(mixed, tmp_path):
    changed = copy.deepcopy(mixed)
    for feature in changed["features"]:
        feature["geometry"] = {"type": "LineString", "coordinates": [[-70.5, -33.25], [-71.0, -34.0]]}
    path = tmp_path / "events.csv"
    path.write_bytes(wide_csv(changed))
    frame = pd.read_csv(path, parse_dates=["start", "end"])
    assert frame["lon"].tolist() == [-70.5] * len(frame)
    assert str(frame["start"].dtype).startswith("datetime64")
    assert frame["mmsi_1"].dropna().tolist() == [
        v["mmsi"] for f in mixed["features"] for v in f["properties"]["vessels"][:1] if v["mmsi"]
    ]
    with duckdb.connect() as database:
        asked = (
            f"""SELECT typeof(lon), typeof(score), typeof("start"), typeof("end"), end_lat FROM '{path}'"""
        )
        told = database.execute(asked).fetchall()
    assert set(told) == {("DOUBLE", "DOUBLE", "TIMESTAMP WITH TIME ZONE", "TIMESTAMP WITH TIME ZONE", -34.0)}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it_and_runs_nothing(mixed, tmp_path):
    (tmp_path / "events.csv").write_bytes(narrow_csv(named(mixed, "=1+1")))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "fods",
         "--infilter=CSV:44,34,76,1,,0,false,true,false,false,false,0,true",
         "--outdir", tmp_path, tmp_path / "events.csv"],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    table = (tmp_path / "events.fods").read_text(encoding="utf-8")
    assert "table:formula" not in table
    assert "'=1+1" in table.replace("&apos;", "'")
    lon = mixed["features"][0]["geometry"]["coordinates"]
    lon = lon[0] if isinstance(lon[0], float) else lon[0][0]
    assert math.isfinite(lon)
    assert f'office:value-type="float" office:value="{lon}"' in table
