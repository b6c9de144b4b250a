"""What a user at a terminal sees of how the columns of a file were understood."""

import json

import pytest
from running import ran

TABLE = """mmsi,time,lat,lon,speed_kmh,SPEED_x,heading
441000101,2024-03-04T00:00:00Z,38.0,124.0,18.52,1,
441000101,2024-03-04T00:02:00Z,38.0,124.01,18.52,2,
441000101,2024-03-04T00:04:00Z,38.0,124.02,18.52,3,90
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text(TABLE)
    return path


def test_detect_names_in_short_what_is_worth_knowing(table, tmp_path):
    said = ran("detect", table, "-o", tmp_path / "e.geojson").stderr
    assert "speed_kmh: kmh, converted; SPEED_x: not used; heading: read in 33% of the rows" in said


def test_detect_explains_every_column_where_asked(table, tmp_path):
    said = ran("detect", table, "--explain", "-o", tmp_path / "e.geojson", env={"COLUMNS": "200"}).stderr
    lines = {line.split()[0]: line for line in said.splitlines() if line.strip()}
    assert "sog_kn" in lines["speed_kmh"]
    assert "100.0%" in lines["lat"]
    assert "not used" in lines["SPEED_x"]
    assert "delimiter ','" in said


def test_a_plain_file_needs_no_word(tmp_path):
    path = tmp_path / "plain.csv"
    path.write_text("\n".join(line.rsplit(",", 3)[0] for line in TABLE.split()))
    said = ran("detect", path, "-o", tmp_path / "e.geojson").stderr
    assert "plain.csv" not in said
    assert "not used" not in said


def test_inspect_tells_the_same_without_detecting(table):
    told = ran("inspect", table, env={"COLUMNS": "200"})
    assert told.exit_code == 0
    assert "speed_kmh" in told.stdout
    assert "read 3 positions of 1 vessels" in told.stdout
    assert "events" not in told.stdout


def test_inspect_as_json(table, tmp_path):
    told = json.loads(ran("inspect", table, "--json").stdout)
    (file,) = told["files"]
    assert (file["format"], file["encoding"], file["delimiter"], file["rows"]) == ("csv", "utf-8", ",", 3)
    by_name = {column["name"]: column for column in file["columns"]}
    assert list(by_name) == TABLE.split("\n", 1)[0].split(",")
    assert by_name["speed_kmh"] == {
        "name": "speed_kmh",
        "read_as": "sog_kn",
        "unit": "kmh",
        "used_share": 1.0,
        "example": "18.52",
        "note": "converted",
    }
    assert (by_name["SPEED_x"]["read_as"], by_name["SPEED_x"]["example"]) == (None, "1")
    assert by_name["heading"]["used_share"] == pytest.approx(1 / 3, abs=1e-4)
    ran("inspect", table, "-o", tmp_path / "account.json")
    assert json.loads((tmp_path / "account.json").read_text()) == told


def test_inspect_of_a_file_without_positions_tells_why_and_fails(tmp_path):
    path = tmp_path / "rounded.csv"
    path.write_text("mmsi,time,lat,lon\n4.41E+08,2024-03-04T00:00:00Z,38,124\n")
    told = ran("inspect", path, code=2)
    assert "1 bad_vessel: identifiers with too few digits (4.41E+08)" in told.stdout
    refused = ran("detect", path, code=2)
    assert "Format the column as text" in refused.stderr
