"""Behind nginx, under a prefix: pages, static files, contract and uploads."""

import http.client
import json
import shutil
import subprocess
from contextlib import contextmanager

import pytest
from serving import served, until

from app.http.routes.examples import TRACKS_CSV
from app.http.service import create_app

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")

pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx: apt-get install nginx-light")

CONFIG = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log stderr error;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    server {{
        listen 127.0.0.1:{port};
        location /darkwake/ {{
            proxy_pass http://127.0.0.1:{service}/;
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Host watch.example;
            proxy_set_header X-Forwarded-Proto https;
            proxy_set_header X-Forwarded-For $remote_addr;
            proxy_set_header X-Forwarded-Prefix /darkwake;
            proxy_request_buffering off;
            client_max_body_size 64m;
        }}
    }}
}}
"""


@contextmanager
def nginx_before(service, folder, port):
    (folder / "nginx.conf").write_text(CONFIG.format(folder=folder, port=port, service=service))
    with subprocess.Popen([NGINX, "-c", folder / "nginx.conf", "-p", folder]) as nginx:
        try:
            assert until((folder / "nginx.pid").exists, 20)
            yield
        finally:
            nginx.terminate()


@pytest.fixture(scope="module")
def proxy(tmp_path_factory):
    """Give the port of an nginx before the service."""
    port, folder = 8799, tmp_path_factory.mktemp("nginx")
    with served(create_app(), proxy_headers=False) as service, nginx_before(service, folder, port):
        yield port


def asked(port, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_pages_static_files_and_contract_lie_under_the_prefix(proxy):
    status, page = asked(proxy, "GET", "/darkwake/docs")
    assert status == 200
    for link in ("/darkwake/openapi.json", "/darkwake/static/swagger-ui/swagger-ui-bundle.js"):
        assert link in page
        assert asked(proxy, "GET", link)[0] == 200
    contract = json.loads(asked(proxy, "GET", "/darkwake/openapi.json")[1])
    assert contract["servers"] == [{"url": "/darkwake"}]
    assert asked(proxy, "GET", "/darkwake/")[0] == 200


def test_an_upload_goes_through(proxy):
    status, text = asked(
        proxy, "POST", "/darkwake/v1/tracks", TRACKS_CSV.encode(), **{"Content-Type": "text/csv"}
    )
    assert status == 200
    assert json.loads(text)["features"][0]["properties"]["kind"] == "sts_transfer"


def test_a_problem_comes_through_as_it_is(proxy):
    status, text = asked(proxy, "POST", "/darkwake/v1/tracks?area=moon", b"x")
    assert status == 422
    assert json.loads(text)["request_id"]
