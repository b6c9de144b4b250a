"""POST /v1/inspect: how a track file is understood, over HTTP."""

import json

import pytest
from fastapi.testclient import TestClient

from app.http.routes.examples import TRACKS_CSV
from app.http.service import create_app


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


def test_the_account_of_a_file(client):
    told = client.post("/v1/inspect", files={"file": ("tracks.csv", TRACKS_CSV)})
    assert told.status_code == 200
    body = told.json()
    (file,) = body["files"]
    assert (file["name"], file["format"]) == ("tracks.csv", "csv")
    assert {"mmsi", "time", "lat", "lon", "sog_kn"} <= {column["read_as"] for column in file["columns"]}
    assert (body["positions"], body["vessels"]) == (32, 2)


def test_a_run_tells_the_same(client):
    sent = {"file": ("tracks.csv", TRACKS_CSV)}
    inspected = client.post("/v1/inspect", files=sent).json()
    run = client.post("/v1/tracks", files=sent).json()
    assert run["report"]["files"] == inspected["files"]


def test_options_of_reading_hold(client):
    text = TRACKS_CSV.replace("lat", "breite", 1)
    told = client.post("/v1/inspect", params={"column": "lat=breite"}, files={"file": text})
    assert told.json()["positions"] == 32


@pytest.mark.parametrize(
    ("lines", "read_as"),
    [
        (
            [{"mmsi": 441000101, "time": "2024-03-04T00:00:00Z", "lat": 38.0, "lon": 124.0, "sog": 3.5}],
            "sog_kn",
        ),
        (
            [{"mmsi": 441000101, "time": "2024-03-04T00:00:00Z", "lat": 38.0, "lon": 124.0, "imo": 9074729}],
            "imo",
        ),
    ],
)
def test_fields_of_json(client, lines, read_as):
    told = client.post("/v1/inspect", files={"file": json.dumps(lines)}).json()
    assert read_as in {column["read_as"] for column in told["files"][0]["columns"]}


def test_a_file_of_no_use_is_a_problem_with_its_reason(client):
    refused = client.post("/v1/inspect", files={"file": b"nothing"})
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    refused = client.post("/v1/inspect", files={"file": TRACKS_CSV}, params={"format": "csv"})
    assert refused.status_code == 422
