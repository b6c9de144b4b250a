import gzip
import json
import os
import re
import signal
import subprocess
import sys

import pytest
from running import ran

from app.http.routes.examples import TRACKS_CSV
from app.outputs.formats import FORMATS


@pytest.fixture
def tracks(tmp_path):
    path = tmp_path / "tracks.csv"
    path.write_text(TRACKS_CSV)
    return path


def test_the_module_runs_as_the_command_does():
    """`python -m app.cli detect FILE` did nothing, and said with exit code 0 that all was well."""
    told = subprocess.run(
        [sys.executable, "-m", "app.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert told.stdout.startswith("darkwake ")


def test_events_go_to_a_file_and_a_short_table_to_the_terminal(tracks, tmp_path):
    out = tmp_path / "events.geojson"
    result = ran("detect", tracks, "--output", out)
    (event,) = json.loads(out.read_text())["features"]
    assert event["properties"]["kind"] == "sts_transfer"
    assert "read 32 positions of 2 vessels" in result.stderr
    assert result.stdout == ""


def test_without_a_file_events_go_to_standard_output_alone(tracks):
    assert len(json.loads(ran("detect", tracks).stdout)["features"]) == 1


@pytest.mark.parametrize(
    "name", ["e.csv", "e.ndjson", "e.gpkg", "e.kml", "e.parquet", "e.geojson", "e.FTM.json", "e.cot"]
)
def test_the_format_follows_the_name_of_the_output(tracks, tmp_path, name):
    ran("detect", tracks, "-o", tmp_path / name)
    written = (tmp_path / name).read_bytes()
    assert len(written) > 200
    assert (b'"schema": "Vessel"' in written) == ("ftm" in name.lower())
    assert (b"<event " in written) == name.endswith("cot")


def test_help_names_every_format():
    offered = ran("detect", "--help", env={"COLUMNS": "200"}).output
    assert all(re.search(rf"\b{name}\b", offered) for name in FORMATS)


def test_a_table_is_narrow_unless_asked_to_be_wide(tracks):
    narrow, wide = (ran("detect", tracks, "--format", "csv", *more).stdout for more in ([], ["--wide"]))
    assert "min_separation_m" not in narrow
    assert len(narrow.splitlines()) == len(wide.splitlines()) == 2
    assert wide.startswith(narrow.split("\n")[0])
    assert "min_separation_m" in wide


def test_nothing_flagged_is_no_failure_and_the_nearest_miss_is_told(tmp_path):
    path = tmp_path / "short.csv"
    path.write_text(
        "\n".join(line for line in TRACKS_CSV.splitlines() if "T15:" not in line and "T16:" not in line)
    )
    result = ran(
        "detect",
        path,
        "--set",
        "sts_transfer.encounter.alongside_reported=off",
        "--set",
        "sts_transfer.encounter.close_contact_min=90",
    )
    assert "0 events" in result.stderr
    assert "nearest miss: sts_transfer" in result.stderr


def test_any_number_of_files_and_packed_ones(tracks, tmp_path):
    packed = tmp_path / "tracks.bin"
    packed.write_bytes(gzip.compress(TRACKS_CSV.encode()))
    result = ran("detect", tracks, packed)
    assert "32 duplicates" in result.stderr


def test_standard_input_is_a_file_too():
    assert len(json.loads(ran("detect", "-", input=TRACKS_CSV).stdout)["features"]) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone.csv"], "no such file"),
        (["."], "a folder"),
        (["gone.csv", "--preset", "strict"], "no preset 'strict'"),
        (["gone.csv", "--set", "gap=1"], "KIND.PARAMETER=VALUE"),
        (["gone.csv", "--set", "dark_period.gap_min_h=0"], "out of range"),
        (["gone.csv", "--area", "moon.geojson"], "neither dprk nor all nor a file"),
        (["gone.csv", "--format", "doc"], "no format 'doc'"),
        (["gone.csv", "--now", "soon"], "now: 'soon' is not a time"),
        (["gone.csv", "--watchlist", "gone-too.csv"], "gone-too.csv"),
        (["gone.csv", "--kind", "smuggling"], "no kind 'smuggling'"),
        (["gone.csv", "--min-score", "7"], "0 to 1"),
        (["gone.csv", "--sort", "name"], "no order 'name': there are score, start"),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_exit_code_2(words, said):
    result = ran("detect", *words, code=2)
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_without_a_usable_position_shows_why(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text("mmsi,time,lat,lon\n412000001,1709280000,95,124\n")
    result = ran("detect", path, code=2)
    assert "1 latitude_out_of_range" in result.stderr
    assert "line 2: 412000001,1709280000,95,124" in result.stderr


def test_an_area_from_a_file_and_a_watch_list(tracks, tmp_path):
    area, watch = tmp_path / "area.geojson", tmp_path / "watch.csv"
    ring = [[123, 37], [125, 37], [125, 39], [123, 39], [123, 37]]
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    watch.write_text("mmsi\n667999001\n")
    told = json.loads(ran("detect", tracks, "--area", area, "--watchlist", watch).stdout)
    assert told["features"][0]["properties"]["measures"]["listed_by"] == "mmsi"


def test_the_table_of_thresholds_names_every_field():
    text = ran("detectors", "--json").stdout
    assert {k["kind"] for k in json.loads(text)["kinds"]} >= {"sts_transfer", "dark_period"}
    assert "gap_min_h" in ran("detectors").stdout


def test_stories_can_be_listed_and_written(tmp_path):
    assert "demo" in ran("simulate", "--list").stdout
    out = tmp_path / "demo.csv"
    ran("simulate", "demo", "-o", out)
    assert out.read_text() == ran("simulate", "demo").stdout
    assert "there are" in ran("simulate", "nothing", code=2).stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("DARKWAKE_MAX_RUNS", "0", "DARKWAKE_MAX_RUNS: Input should be greater than or equal to 1"),
        ("DARKWAKE_MODEL", "gone.npz", "gone.npz: no such model file"),
    ],
)
def test_a_service_that_cannot_work_does_not_start(monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    assert said in ran("serve", code=2).stderr


@pytest.mark.parametrize("sign", ["pymp-*", "**/demo.csv"], ids=["at once", "while kernels compile"])
def test_a_service_that_is_told_to_end_leaves_nothing_behind(tmp_path, tmp_path_factory, sign):
    """The process that workers are forks of has a socket in the temporary folder, the compiler a story."""
    words = [sys.executable, "-m", "app.cli", "serve", "--port", "0"]
    env = {
        **os.environ,
        "TMPDIR": str(tmp_path),
        "NUMBA_CACHE_DIR": str(tmp_path_factory.mktemp("nothing_compiled")),
    }
    with subprocess.Popen(words, env=env, stderr=subprocess.PIPE, text=True) as service:
        assert any("Uvicorn running" in line for line in service.stderr)
        while not list(tmp_path.glob(sign)):
            assert service.poll() is None
        service.send_signal(signal.SIGTERM)
        assert service.wait(30) == 0
        service.stderr.read()  # until the last process that could write to it is gone
    assert list(tmp_path.iterdir()) == []


def test_help_costs_no_numpy():
    code = "import sys; from app.cli.main import cli; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("closed", "said"), [("<&-", "standard input is closed"), (">&-", "standard output is closed")]
)
def test_a_stream_that_the_shell_closed_is_said_and_not_a_trace(tracks, closed, said):
    file = "-" if "<" in closed else tracks
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m app.cli detect {file} {closed}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_too_little_memory_is_said_and_not_a_trace(tracks, monkeypatch):
    def exhausted(*_):
        raise MemoryError

    monkeypatch.setattr("app.cli.running.run", exhausted)
    result = ran("detect", tracks, code=2)
    assert "memory that this process may use is too small" in " ".join(result.stderr.split())


def test_a_start_after_the_end_is_refused(tracks):
    result = ran("detect", tracks, "--start", "2024-03-02", "--end", "2024-03-01", code=2)
    assert "start: 2024-03-02 is after end" in result.stderr


def test_an_error_names_options_as_the_command_line_has_them(tmp_path):
    path = tmp_path / "bare.nmea"
    path.write_text("!AIVDM,1,1,,A,13u?etPv2;0n:dDPwUM1U1Cb069D,0*24\n" * 2)
    assert "with --time-base (UTC)" in " ".join(ran("detect", path, code=2).stderr.split())
