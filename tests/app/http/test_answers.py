"""How answers come: packed, not twice, by type, as downloads, to other origins, and behind a proxy."""

import gzip

import pytest
from fastapi.testclient import TestClient

from app.http.negotiation import accepted_format
from app.http.proxied import Proxied
from app.http.routes.examples import TRACKS_CSV
from app.http.service import create_app
from app.outputs.formats import FORMATS
from app.settings import ServerLimits


@pytest.fixture(scope="module")
def client():
    with TestClient(create_app()) as client:
        yield client


@pytest.fixture(scope="module")
def proxied():
    app = create_app(server=ServerLimits(trusted_proxies="10.0.0.0/8, ::1"))
    with TestClient(app, client=("10.1.2.3", 4711)) as client:
        yield client


def test_answers_are_packed_for_who_takes_it(client):
    packed = client.get("/v1/detectors", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/v1/detectors", headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.json() == plain.json()
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert gzip.decompress(gzip.compress(plain.content)) == plain.content


@pytest.mark.parametrize("path", ["/v1/detectors", "/v1/layers", "/openapi.json", "/", "/demo/tracks.csv"])
def test_what_a_client_has_is_not_sent_again(client, path):
    first = client.get(path, headers={"Accept-Encoding": "identity"})
    again = client.get(path, headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


def test_static_files_are_not_sent_again(client):
    path = "/static/swagger-ui/swagger-ui.css"
    tag = client.get(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        ("text/csv", "csv"),
        ("application/x-ndjson;q=0.2, application/vnd.apache.parquet", "parquet"),
        ("text/html, */*;q=0.1", "geojson"),
        ("application/json", "geojson"),
        ("text/csv;q=0, application/geo+json;q=0.1", "geojson"),
    ],
)
def test_the_accept_header_decides_the_format(client, accept, name):
    answer = client.post("/v1/tracks", content=TRACKS_CSV, headers={"Accept": accept})
    assert answer.headers["content-type"] == FORMATS[name].media_type


def test_a_format_in_the_query_counts_more_than_the_header(client):
    answer = client.post("/v1/tracks?format=kml", content=TRACKS_CSV, headers={"Accept": "text/csv"})
    assert answer.headers["content-type"] == FORMATS["kml"].media_type


def test_a_type_that_is_not_written_is_refused_with_those_that_are(client):
    answer = client.post("/v1/tracks", content=TRACKS_CSV, headers={"Accept": "image/png"})
    assert answer.status_code == 406
    assert "application/geo+json, text/csv" in answer.json()["detail"]


def test_a_weight_that_is_no_number_counts_as_none():
    assert accepted_format("text/csv;q=much, application/x-cot;q=0.1") == "cot"


@pytest.mark.parametrize("name", FORMATS)
def test_formats_that_no_browser_shows_are_downloads(client, name):
    answer = client.post(f"/v1/tracks?format={name}", content=TRACKS_CSV)
    wanted = (
        None
        if name in {"geojson", "ndjson"}
        else f'attachment; filename="events.{FORMATS[name].suffixes[0]}"'
    )
    assert answer.headers.get("content-disposition") == wanted


def test_pages_of_other_origins_may_ask_only_where_a_setting_says_so(client):
    asked = {"Origin": "https://monitor.example"}
    assert "access-control-allow-origin" not in client.get("/healthz", headers=asked).headers
    app = create_app(server=ServerLimits(cors_origins="https://monitor.example, https://other.example"))
    with TestClient(app) as open_to_some:
        allowed = open_to_some.get("/healthz", headers=asked).headers["access-control-allow-origin"]
        assert allowed == "https://monitor.example"
        assert (
            "access-control-allow-origin"
            not in open_to_some.get("/healthz", headers={"Origin": "https://evil.example"}).headers
        )


FORWARDED = {
    "X-Forwarded-Prefix": "/darkwake",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "watch.example",
}


def test_behind_a_trusted_proxy_pages_and_the_contract_lie_under_its_prefix(proxied):
    assert proxied.get("/openapi.json", headers=FORWARDED).json()["servers"] == [{"url": "/darkwake"}]
    page = proxied.get("/docs", headers=FORWARDED).text
    assert "'/darkwake/openapi.json'" in page
    assert '"/darkwake/static/swagger-ui/swagger-ui-bundle.js"' in page
    for under in ("", "/darkwake"):  # proxies that cut the prefix off, and those that leave it
        path = f"{under}/static/swagger-ui/swagger-ui.css"
        assert proxied.get(path, headers=FORWARDED).status_code == 200
        assert proxied.get(f"{under}/v1/detectors", headers=FORWARDED).status_code == 200


def test_from_anybody_else_forwarded_headers_count_for_nothing(client):
    assert "servers" not in client.get("/openapi.json", headers=FORWARDED).json()
    assert "/darkwake" not in client.get("/docs", headers=FORWARDED).text


@pytest.mark.parametrize("prefix", ["//evil.example", "/a b", "javascript:", "/x?y", '/"><script>'])
def test_a_prefix_that_is_no_path_is_left_out(proxied, prefix):
    page = proxied.get("/docs", headers={"X-Forwarded-Prefix": prefix}).text
    assert "'/openapi.json'" in page


def test_a_trusted_proxy_that_is_no_address_is_refused_at_start():
    with pytest.raises(ValueError, match="does not appear to be an IPv4 or IPv6 network"):
        ServerLimits(trusted_proxies="the proxy")
    assert Proxied(None, ["10.0.0.1/8"]).networks[0].prefixlen == 8


@pytest.mark.parametrize("query", ["area=dprk&area=all", "min_score=0&min_score=1", "format=csv&format=kml"])
def test_a_parameter_of_one_value_that_comes_twice_is_refused(client, query):
    answer = client.post(f"/v1/tracks?{query}", content=TRACKS_CSV)
    assert answer.status_code == 422
    assert "given 2 times; it takes one value" in answer.json()["detail"]


def test_a_parameter_of_several_values_may_come_twice(client):
    query = "kind=raft&kind=sts_transfer&set=dark_period.gap_min_h=7&set=dark_period.gap_min_h=8"
    assert client.post(f"/v1/tracks?{query}", content=TRACKS_CSV).status_code == 200


def test_problems_stand_in_the_contract_under_their_own_type_alone(client):
    paths = client.get("/openapi.json").json()["paths"]
    for routes in paths.values():
        for route in routes.values():
            for status, answer in route["responses"].items():
                assert status == "200" or list(answer["content"]) == ["application/problem+json"]
