"""Every request has an id, a line in the log and a place in the metrics."""

import json
import logging
import logging.config
import os
import re
import subprocess
import sys

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from app import metrics
from app.http.logs import JsonLines, Lines, log_config
from app.http.routes.examples import TRACKS_CSV
from app.http.service import create_app
from app.settings import InputLimits

PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app(), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def lines(caplog):
    logging.getLogger("darkwake.access").propagate = True
    caplog.set_level("INFO", "darkwake.access")
    return lambda: [json.loads(JsonLines().format(record)) for record in caplog.records]


def samples(client):
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(s.name, *sorted(s.labels.items())): s.value for f in families for s in f.samples}


def test_an_id_that_was_sent_comes_back_and_is_in_the_log(client, lines):
    answer = client.post("/v1/tracks", content=TRACKS_CSV, headers={"X-Request-ID": "monitor-7:42"})
    assert answer.headers["X-Request-ID"] == "monitor-7:42"
    (line,) = lines()
    assert line["request_id"] == "monitor-7:42"
    assert (line["method"], line["route"], line["status"]) == ("POST", "/v1/tracks", 200)
    assert (line["positions"], line["events"]) == (32, 1)
    assert line["bytes_in"] == len(TRACKS_CSV)
    assert line["bytes_out"] > 1000
    assert line["duration_s"] > 0
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00", line["time"])


@pytest.mark.parametrize("sent", ["", "two words", 'a"quote', "x" * 129, "new\tline"])
def test_an_id_that_could_forge_a_line_is_replaced(client, lines, sent):
    answer = client.get("/v1/detectors", headers={"X-Request-ID": sent})
    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])
    assert lines()[0]["request_id"] == answer.headers["X-Request-ID"]


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/tracks?area=moon", 422), ("/nothing", 404), ("/v1/tracks?format=pdf", 422)]
)
def test_a_problem_names_the_request(client, lines, path, status):
    answer = client.post(path, content=TRACKS_CSV)
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"] == lines()[0]["request_id"]
    assert int(answer.headers["content-length"]) == len(answer.content)


def test_a_body_over_the_limit_names_the_request_too():
    with TestClient(create_app(InputLimits(max_body_bytes=1024))) as client:
        answer = client.post("/v1/tracks", content=b"x" * 5000)
    assert answer.status_code == 413
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]


def test_what_machines_ask_every_few_seconds_is_not_logged(client, lines):
    for path in ("/healthz", "/readyz", "/metrics"):
        assert client.get(path).status_code == 200
    assert lines() == []


def test_metrics_count_requests_positions_events_and_rejects(client):
    before = samples(client)
    client.post("/v1/tracks", content=TRACKS_CSV + "x,2024-03-01T00:00:00Z,38,124\n")
    client.get("/v1/no_such_page/with/a/long/path")
    after = samples(client)

    def grown(name, **labels):
        key = (name, *sorted(labels.items()))
        return after[key] - before.get(key, 0.0)

    assert grown("darkwake_requests_total", method="POST", route="/v1/tracks", status="200") == 1
    assert grown("darkwake_requests_total", method="GET", route="(none)", status="404") == 1
    assert grown("darkwake_positions_total") == 32
    for name in ("darkwake_events_total", "darkwake_rejects_total"):
        less, more = (sum(v for key, v in each.items() if key[0] == name) for each in (before, after))
        assert more - less == 1
    assert grown("darkwake_run_seconds_count") == 1
    assert after[("darkwake_runs",)] == after[("darkwake_places_taken",)] == 0
    assert after[("darkwake_kernels",)] >= after[("darkwake_kernels_compiled",)] > 0


def test_the_counts_of_several_processes_are_added_up(tmp_path):
    code = (
        "from app.metrics import POSITIONS, RUNNING, exposed, forget_this_process;"
        "POSITIONS.inc(5); RUNNING.inc(); print(exposed().decode()); {end}"
    )
    shared = {**os.environ, metrics.FOLDER: str(tmp_path)}
    for end in ("forget_this_process()", "0"):
        words = [sys.executable, "-c", code.format(end=end)]
        done = subprocess.run(words, env=shared, capture_output=True, text=True, check=True)
    assert "darkwake_positions_total 10.0" in done.stdout
    assert "darkwake_runs 1.0" in done.stdout


@pytest.mark.parametrize("is_terminal", [True, False])
def test_the_log_is_for_people_at_a_terminal_and_json_elsewhere(is_terminal):
    config = log_config(is_terminal=is_terminal)
    logging.config.dictConfigClass(config)
    assert config["formatters"]["ours"]["()"].endswith("Lines" if is_terminal else "JsonLines")
    record = logging.LogRecord("uvicorn.error", logging.INFO, "", 1, "Started %s", ("it",), None)
    assert json.loads(JsonLines().format(record))["message"] == "Started it"
    assert Lines().format(record).endswith("INFO Started it")


def test_the_version_names_software_commit_and_data(client):
    version = client.get("/version").json()
    assert version["software"].startswith("darkwake ")
    assert version["layers"]
    assert version["watch_lists"]
    assert version["model"]
    assert "commit" in version
