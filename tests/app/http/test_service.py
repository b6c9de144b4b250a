import asyncio
import gzip
import json
import math
import os
import re
import threading
import time

import pytest
from fastapi.testclient import TestClient

from app.errors import BusyError
from app.http.routes import health
from app.http.routes.examples import DETECT_REQUEST, TRACKS_CSV
from app.http.service import create_app
from app.outputs.formats import FORMATS
from app.settings import InputLimits, RunLimits
from app.workers.jobs import Answer
from app.workers.pool import RunPool

PROBLEM = "application/problem+json"
MIB = 1 << 20


@pytest.fixture(scope="module")
def client():
    app = create_app(
        InputLimits(max_body_bytes=4 * MIB, max_json_bytes=MIB, max_unpacked_bytes=8 * MIB),
        RunLimits(max_runs=1),
    )
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def upload(client, data, name="tracks.csv", **query):
    return client.post("/v1/tracks", files={"file": (name, data)}, params=query)


def problem_of(response, status):
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == PROBLEM
    told = response.json()
    assert told["status"] == status
    return told


def test_the_example_of_the_json_door_gives_an_event_as_it_stands(client):
    example = client.get("/openapi.json").json()["paths"]["/v1/detect"]["post"]["requestBody"]
    response = client.post("/v1/detect", json=example["content"]["application/json"]["example"])
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/geo+json"
    (event,) = response.json()["features"]
    assert event["properties"]["kind"] == "sts_transfer"


def test_the_example_of_the_file_door_gives_the_same_meeting(client):
    raw = client.post("/v1/tracks", content=TRACKS_CSV, headers={"content-type": "text/csv"}).json()
    form = upload(client, TRACKS_CSV.encode()).json()
    sent = client.post("/v1/detect", json=DETECT_REQUEST).json()
    ids = [[f["id"] for f in answer["features"]] for answer in (raw, form, sent)]
    assert ids[0] == ids[1] == ids[2] != []
    assert form["report"]["files"][0]["name"] == "tracks.csv"


def test_the_demo_story_can_be_downloaded_and_sent_back(client):
    answer = upload(client, client.get("/demo/tracks.csv").content).json()
    assert {f["properties"]["kind"] for f in answer["features"]} == {"sts_transfer", "dark_period"}
    for each in answer["features"]:
        p = each["properties"]
        assert p["score"] == 1 / (
            1 + math.exp(-p["score_prior"] - math.fsum(r["weight"] for r in p["reasons"]))
        )


def test_options_are_the_same_in_query_and_body(client):
    query = {"kind": "dark_period", "area": "all", "set": "dark_period.gap_min_h=0.1", "min_score": 0.0}
    options = {"kinds": ["dark_period"], "area": "all", "set": {"dark_period": {"gap_min_h": 0.1}}}
    one = upload(client, TRACKS_CSV.encode(), **query).json()
    other = client.post("/v1/detect", json={**DETECT_REQUEST, "options": options}).json()
    assert len(one["features"]) == len(other["features"]) == 30


def test_a_watch_list_goes_along_as_a_part_of_the_form(client):
    files = {"file": ("t.csv", TRACKS_CSV), "watchlist": ("w.csv", "mmsi,name\n667999001,EASTERN LARK\n")}
    (event,) = client.post("/v1/tracks", files=files).json()["features"]
    assert event["properties"]["measures"]["listed_by"] == "mmsi"
    assert event["properties"]["vessels"][1]["listed"]["matched_by"] == "mmsi"


def test_an_area_goes_along_as_a_part_of_the_form(client):
    square = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}
    files = {"file": ("t.csv", TRACKS_CSV), "area": ("a.geojson", json.dumps(square))}
    answer = client.post("/v1/tracks", files=files).json()
    assert answer["features"] == []
    assert answer["report"]["held_back"] == {"area": 1}


@pytest.mark.parametrize("file_format", ["csv", "ndjson", "kml", "gpkg", "parquet", "ftm", "cot"])
def test_other_formats_come_with_their_media_type(client, file_format):
    response = upload(client, TRACKS_CSV.encode(), format=file_format)
    assert response.status_code == 200
    assert response.headers["content-type"] == FORMATS[file_format].media_type
    assert len(response.content) > 200


def test_a_table_is_narrow_unless_asked_to_be_wide(client):
    narrow, wide = (
        upload(client, TRACKS_CSV.encode(), format="csv", **more).text for more in ({}, {"wide": "true"})
    )
    assert "min_separation_m" not in narrow
    assert wide.startswith(narrow.split("\n")[0])
    assert "min_separation_m" in wide


def test_every_threshold_is_published(client):
    told = client.get("/v1/detectors").json()
    kinds = {k["kind"]: k for k in told["kinds"]}
    assert set(kinds) >= {"sts_transfer", "dark_period"}
    field = next(f for f in kinds["dark_period"]["fields"] if f["name"] == "gap_min_h")
    assert (field["default"], field["unit"]) == (6.0, "h")
    assert kinds["sts_transfer"]["reasons"]


def test_health_and_readiness(client):
    assert client.get("/healthz").json()["status"] == "ok"
    ready = client.get("/readyz").json()
    assert ready["status"] == "ready"
    assert ready["layers"]
    assert ready["watch_lists"][0]["date"] == "2024-05-03"


def test_readiness_says_how_far_the_compiler_is(client, monkeypatch):
    monkeypatch.setattr(health, "compiled_count", lambda: (12, 54))
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["kernels_compiled"]) == ("ready", False)
    assert (ready["kernels"]["compiled"], ready["kernels"]["of"]) == (12, 54)
    assert isinstance(ready["kernels"]["compiling"], bool)


BAD_FILES = {
    "empty": (b"", "empty"),
    "binary junk": (bytes(range(256)) * 50, "no track format is recognised"),
    "no time column": (b"mmsi,lat,lon\n1,2,3\n", "no column for time"),
    "no position column": (b"mmsi,time,name\n1,2,3\n", "no column for lat or lon"),
    "swapped": (b"mmsi,time,lat,lon\n" + b"412000001,1709280000,124,38\n" * 3, "latitude_out_of_range"),
    "gzip bomb": (gzip.compress(b"0" * (64 * MIB)), "unpacks to more than 8 MiB"),
    "broken gzip": (gzip.compress(TRACKS_CSV.encode())[:12], "damaged gzip"),
    "deep json": (b"[" * 10_000, "JSON"),
    "times of 1970": (b"mmsi,time,lat,lon\n412000001,100,38,124\n", "time_out_of_range"),
    "times of 2262": (b"mmsi,time,lat,lon\n412000001,2262-04-11T00:00:00Z,38,124\n", "time_out_of_range"),
    "nan": (b"mmsi,time,lat,lon\n412000001,1709280000,NaN,Infinity\n", "position"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_ends_in_a_clear_answer_and_a_service_that_still_runs(client, name):
    data, said = BAD_FILES[name]
    told = problem_of(upload(client, data), 422)
    assert said in json.dumps(told), told
    assert "/tmp" not in told["detail"]
    assert len(upload(client, TRACKS_CSV.encode()).json()["features"]) == 1


GOOD_FILES = {
    "one row": b"mmsi,time,lat,lon\n412000001,1709280000,38,124\n",
    "one fix": b'{"tracks":[{"vessel":{"mmsi":1},"positions":[{"time":1709280000,"lon":1,"lat":2}]}]}',
    "bytes that are no UTF-8": b"mmsi,time,lat,lon,name\n412000001,1709280000,38,124,\xff\xfe\n",
}


@pytest.mark.parametrize("name", GOOD_FILES)
def test_a_small_or_odd_file_is_read(client, name):
    response = upload(client, GOOD_FILES[name])
    assert response.status_code == 200, response.text
    assert response.json()["report"]["positions"] == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "not valid JSON"),
        (b"[]", "JSON object"),
        (b"[" * 10_000, "recursion"),
        (b'{"tracks": 5}', "tracks"),
        (b'{"tracks": [], "options": {"preset": "strict"}}', "options.preset"),
        (b'{"tracks": [], "options": {"set": {"dark_period": {"gap_min_h": 0}}}}', "out of range"),
        (b'{"tracks": [], "options": {"area": "moon"}}', "area"),
        (b'{"tracks": []}', "no position in 0 rows"),
        (b'{"tracks": [{"vessel": {"mmsi": 5}, "positions": [{"time": 1}, 7, null]}]}', "no position"),
    ],
)
def test_a_bad_request_is_told_what_is_wrong(client, body, said):
    told = problem_of(client.post("/v1/detect", content=body), 422)
    assert said in told["detail"], told["detail"]


def test_bad_positions_are_counted_and_the_others_used(client):
    request = json.loads(json.dumps(DETECT_REQUEST))
    request["tracks"][0]["positions"] += [{"time": "never", "lon": 1, "lat": 2}, {"lon": 1, "lat": 2}, 5]
    answer = client.post("/v1/detect", json=request).json()
    assert len(answer["features"]) == 1
    assert sum(r["count"] for r in answer["report"]["rejects"]) == 3


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"min_score": 2}, "query.min_score"),
        ({"area": "moon"}, "query.area"),
        ({"start": "soon"}, "start: 'soon' is not a time"),
        ({"set": "x"}, "'x': write KIND.PARAMETER=VALUE"),
        ({"kind": "y"}, "kind: no kind 'y'"),
        ({"format": "doc"}, "query.format"),
    ],
)
def test_a_bad_option_is_a_problem_that_names_it(client, query, said):
    told = problem_of(upload(client, TRACKS_CSV.encode(), **query), 422)
    assert said in told["detail"]


def test_what_nobody_reads_is_refused_and_not_ignored(client):
    data = TRACKS_CSV.encode()
    assert (
        "no query parameter 'min-score'"
        in problem_of(upload(client, data, **{"min-score": 1}), 422)["detail"]
    )
    two = [("file", ("a.csv", data)), ("file", ("b.csv", data))]
    assert "several parts `file`" in problem_of(client.post("/v1/tracks", files=two), 422)["detail"]
    field = client.post("/v1/tracks", files={"file": ("a.csv", data)}, data={"preset": "gfw"})
    assert "no part of the form 'preset'" in problem_of(field, 422)["detail"]
    slip = client.post("/v1/detect", json={**DETECT_REQUEST, "option": {}})
    assert "no field 'option'" in problem_of(slip, 422)["detail"]


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ([], "a list"),
        (0, "a number"),
        (1.5, "a number"),
        ("x", "a text"),
        (False, "a truth value"),
        (None, "null"),
    ],
)
def test_options_that_are_no_object_are_told_by_their_type(client, options, found):
    told = problem_of(client.post("/v1/detect", json={**DETECT_REQUEST, "options": options}), 422)
    assert (
        told["detail"] == f'options: {found} is given; it must be an object, for instance {{"area": "dprk"}}'
    )


@pytest.mark.parametrize(
    "path", ["/", "/docs", "/openapi.json", "/healthz", "/readyz", "/v1/detectors", "/v1/layers"]
)
def test_head_is_answered_as_get_without_a_body(client, path):
    head, full = client.head(path), client.get(path)
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-type"] == full.headers["content-type"]
    assert head.headers["content-length"] == str(len(full.content))


def test_head_where_there_is_no_get_is_refused_as_get_is(client):
    refused = client.head("/v1/detect")
    assert (refused.status_code, refused.headers["allow"], refused.content) == (405, "POST", b"")


GZIPPED = {"content-encoding": "gzip"}


def test_a_byte_order_mark_before_the_request_is_no_fault(client):
    body = json.dumps(DETECT_REQUEST).encode("utf-8-sig")
    assert len(client.post("/v1/detect", content=body).json()["features"]) == 1


@pytest.mark.parametrize("name", ["gzip", "x-gzip", " GZip "])
def test_a_body_packed_for_the_way_is_unpacked(client, name):
    headers = {"content-encoding": name}
    half = len(TRACKS_CSV) // 2
    csv = gzip.compress(TRACKS_CSV[:half].encode()) + gzip.compress(TRACKS_CSV[half:].encode())
    sent = client.post(
        "/v1/detect", content=gzip.compress(json.dumps(DETECT_REQUEST).encode()), headers=headers
    )
    raw = client.post("/v1/tracks", content=csv, headers={**headers, "content-type": "text/csv"})
    assert len(sent.json()["features"]) == len(raw.json()["features"]) == 1
    assert raw.json()["report"]["positions"] == sent.json()["report"]["positions"]


def test_a_packed_file_in_a_packed_body_is_read(client):
    twice = gzip.compress(gzip.compress(TRACKS_CSV.encode()))
    assert len(client.post("/v1/tracks", content=twice, headers=GZIPPED).json()["features"]) == 1


@pytest.mark.parametrize(("door", "limit"), [("/v1/detect", MIB), ("/v1/tracks", 4 * MIB)])
def test_a_bomb_is_a_413_at_the_same_limit_as_a_plain_body(client, door, limit):
    told = problem_of(client.post(door, content=gzip.compress(b" " * 64 * MIB), headers=GZIPPED), 413)
    assert str(limit) in told["detail"]


@pytest.mark.parametrize("door", ["/v1/detect", "/v1/tracks"])
def test_a_damaged_or_unknown_encoding_is_told(client, door):
    packed = gzip.compress(json.dumps(DETECT_REQUEST).encode())
    told = problem_of(client.post(door, content=packed[:-20], headers=GZIPPED), 422)
    assert "breaks off" in told["detail"]
    assert "not valid gzip" in problem_of(client.post(door, content=b"{}", headers=GZIPPED), 422)["detail"]
    for name in ("br", "gzip, gzip"):
        other = client.post(door, content=packed, headers={"content-encoding": name})
        assert f"'{name}' is not supported" in problem_of(other, 415)["detail"]
        assert other.headers["accept-encoding"] == "gzip"


def test_a_form_in_an_encoding_is_told_the_way_round(client):
    packed = client.post("/v1/tracks", files={"file": ("a.csv", TRACKS_CSV)}, headers=GZIPPED)
    assert "a form is not accepted" in problem_of(packed, 415)["detail"]


def test_a_form_without_a_file_is_told_what_it_lacks(client):
    told = problem_of(client.post("/v1/tracks", files={"tracks": ("a.csv", b"x")}), 422)
    assert "no part of the form 'tracks'" in told["detail"]
    told = problem_of(client.post("/v1/tracks", files={"area": ("a.geojson", b"{}")}), 422)
    assert "no part `file`" in told["detail"]


def test_a_body_over_the_limit_is_a_413_with_and_without_its_length(client):
    large = b"x" * (5 * MIB)
    problem_of(client.post("/v1/tracks", content=large, headers={"content-type": "text/csv"}), 413)
    chunks = (large[:MIB] for _ in range(6))
    problem_of(client.post("/v1/tracks", content=chunks, headers={"content-type": "text/csv"}), 413)
    told = problem_of(upload(client, large), 413)
    assert str(4 * MIB) in told["detail"]


def test_the_json_door_has_a_limit_of_its_own(client):
    told = problem_of(client.post("/v1/detect", content=b"[" + b" " * 2 * MIB), 413)
    assert str(MIB) in told["detail"]


def test_the_frameworks_own_errors_are_problems_too(client):
    problem_of(client.get("/nothing/here"), 404)
    wrong = client.delete("/v1/detect")
    problem_of(wrong, 405)
    assert "POST" in wrong.headers["allow"]


def test_pages_ask_nothing_of_the_outside(client):
    for page in ("/", "/docs"):
        text = client.get(page).text
        assert "http://" not in text.replace("http://www.w3.org", "")
        assert "https://" not in text
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png"):
        assert client.get(f"/static/swagger-ui/{asset}").status_code == 200


def test_every_reference_in_the_contract_leads_somewhere(client):
    spec = client.get("/openapi.json").json()
    for name in set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(spec))):
        assert name in spec["components"]["schemas"]


def test_operations_have_stable_names_and_documented_problems(client):
    spec = client.get("/openapi.json").json()
    names = {operation["operationId"] for path in spec["paths"].values() for operation in path.values()}
    assert {"postDetect", "postTracks", "getDetectors", "getHealth", "getReadiness"} <= names
    assert {"200", "413", "422", "503"} <= set(spec["paths"]["/v1/tracks"]["post"]["responses"])


def sleepy(seconds):
    time.sleep(seconds)
    return Answer(200, "text/plain", b"awake")


def dying(_):
    os._exit(9)


async def ask(pool, work, job):
    return json.loads((await pool.answer(work, job)).body)


def test_a_run_that_takes_too_long_is_stopped_and_the_next_one_works():
    async def story():
        with RunPool(RunLimits(max_runs=1, max_run_s=1.0, max_queue=0), InputLimits()) as pool:
            told = json.loads((await pool.answer(sleepy, 60)).body)
            assert (told["status"], "1 s" in told["detail"]) == (422, True)
            died = json.loads((await pool.answer(dying, 0)).body)
            assert (died["status"], "exit code 9" in died["detail"]) == (422, True)
            again = await asyncio.wait_for(pool.answer(sleepy, 0), 60)
            assert again.body == b"awake"

    asyncio.run(story())


def faulty(_):
    raise RecursionError("a fault of ours")


def test_a_fault_in_a_run_costs_no_workers_and_lost_workers_are_replaced():
    async def story():
        with RunPool(RunLimits(max_runs=1, max_run_s=60, max_queue=0), InputLimits()) as pool:
            workers = pool._workers
            with pytest.raises(RecursionError, match="a fault of ours"):
                await pool.answer(faulty, 0)
            assert (await pool.answer(sleepy, 0)).body == b"awake"
            assert pool._workers is workers
            workers.stop()
            assert (await pool.answer(sleepy, 0)).body == b"awake"
            assert pool._workers is not workers

    asyncio.run(story())


def test_more_runs_than_allowed_are_told_to_come_back():
    async def story():
        with RunPool(RunLimits(max_runs=1, max_run_s=30, max_queue=1), InputLimits()) as pool:
            with pool.place(), pool.place():
                first = asyncio.create_task(pool.answer(sleepy, 0.5))
                await asyncio.sleep(0)
                with (
                    pytest.raises(BusyError, match="1 runs are under way and 1 more requests wait"),
                    pool.place(),
                ):
                    pass
                assert (await first).body == b"awake"
            with pool.place():
                pass

    asyncio.run(story())


def test_health_answers_while_a_run_is_at_work(client):
    done = []
    run = threading.Thread(target=lambda: done.append(upload(client, client.get("/demo/tracks.csv").content)))
    run.start()
    assert client.get("/healthz").status_code == 200
    run.join()
    assert done[0].status_code == 200
