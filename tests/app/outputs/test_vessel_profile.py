"""`darkwake vessel` and `POST /v1/vessels/profile`."""

import json

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from app.cli.main import cli
from app.http.service import create_app
from app.settings import RunLimits
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv

TAKER, FEEDER = "341999002", "667999001"


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(runs=RunLimits(max_runs=1)), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    file = tmp_path_factory.mktemp("profile") / "demo.csv"
    file.write_text(tracks_csv(load_story("demo")), encoding="utf-8")
    return file


def profile(client, file, mmsi=TAKER, **query):
    files = {"file": (file.name, file.read_bytes())}
    return client.post("/v1/vessels/profile", files=files, params={"mmsi": mmsi, **query})


def test_a_profile_holds_its_events_and_nobody_elses(client, demo):
    told = profile(client, demo).json()
    assert told["vessel"]["name"] == "SILVER REED"
    kinds = [e["properties"]["kind"] for e in told["events"]["features"]]
    assert kinds == ["sts_transfer", "dark_period"]
    assert all(TAKER in {v["id"] for v in e["properties"]["vessels"]} for e in told["events"]["features"])
    assert [c["id"] for c in told["companions"]] == [FEEDER]
    assert told["report"]["vessels"] == 6


def test_its_events_are_those_of_a_whole_run(client, demo):
    files = {"file": (demo.name, demo.read_bytes())}
    whole = client.post("/v1/tracks?area=all&sort=start", files=files).json()
    theirs = [f for f in whole["features"] if TAKER in {v["id"] for v in f["properties"]["vessels"]}]
    assert profile(client, demo).json()["events"]["features"] == theirs


def test_a_call_that_is_no_event_is_a_call_all_the_same(client, tmp_path):
    file = tmp_path / "bunkering.csv"
    file.write_text(tracks_csv(load_story("bunkering_in_port")), encoding="utf-8")
    told = profile(client, file, "440999041").json()
    (call,) = told["calls"]
    assert (call["called_at"], call["called_port"]) == ("other_port", "Yeosu")
    assert "port_call" not in {e["properties"]["kind"] for e in told["events"]["features"]}


def test_a_listed_name_that_it_once_wore_is_told_with_it(client, tmp_path):
    rows = ["mmsi,timestamp,lat,lon,name"]
    rows += [
        f"445123000,2024-03-01T{h:02d}:00:00Z,38.0,124.0,{'WOLMI 9' if h < 9 else 'SUN'}" for h in range(20)
    ]
    file = tmp_path / "renamed.csv"
    file.write_text("\n".join(rows), encoding="utf-8")
    files = {
        "file": (file.name, file.read_bytes()),
        "watchlist": ("own.csv", b"name,date\nWolmi-9,2024-01-01\n"),
    }
    told = client.post("/v1/vessels/profile", files=files, params={"mmsi": "445123000"}).json()
    first, second = told["identities"]
    assert (first["name"], first["listed"]["matched_by"]) == ("WOLMI 9", "name")
    assert (second["name"], second["listed"]) == ("SUN", None)


def test_a_vessel_that_is_not_there_is_a_404_that_names_some_like_it(client, demo):
    answer = profile(client, demo, "34199900")
    assert answer.status_code == 404
    told = answer.json()
    assert told["type"] == "urn:darkwake:problem:unknown-vessel"
    assert TAKER in told["detail"]


@pytest.mark.parametrize("query", [{}, {"mmsi": ""}, {"mmsi": TAKER, "flavour": "sweet"}])
def test_a_question_without_a_vessel_or_with_a_slip_is_refused(client, demo, query):
    answer = client.post("/v1/vessels/profile", content=demo.read_bytes(), params=query)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


def test_the_command_line_shows_it_and_writes_the_same_as_http(client, demo, tmp_path):
    out = tmp_path / "profile.json"
    shown = CliRunner().invoke(cli, ["vessel", str(demo), "--mmsi", TAKER, "--output", str(out)])
    assert shown.exit_code == 0
    assert "SILVER REED" in shown.output
    assert "consistent with a ship-to-ship transfer" in shown.output
    text = out.read_text(encoding="utf-8").replace(str(demo), demo.name)
    written, sent = json.loads(text), profile(client, demo).json()
    written["report"]["files"] = sent["report"]["files"] = []
    assert written == sent


def test_json_is_all_that_json_prints(demo):
    printed = CliRunner().invoke(cli, ["vessel", str(demo), "--mmsi", FEEDER, "--json"])
    assert json.loads(printed.stdout)["vessel"]["id"] == FEEDER


def test_the_command_line_says_who_is_there_where_it_is_not(demo):
    missing = CliRunner().invoke(cli, ["vessel", str(demo), "--mmsi", "1"])
    assert missing.exit_code == 2
    assert "no vessel '1'" in missing.stderr


def test_a_part_that_a_profile_does_not_use_is_refused(client, demo):
    files = {"file": (demo.name, demo.read_bytes()), "area": ("area.geojson", b"{}")}
    answer = client.post("/v1/vessels/profile", files=files, params={"mmsi": TAKER})
    assert answer.status_code == 422
    assert "no part of the form 'area'" in answer.json()["detail"]
