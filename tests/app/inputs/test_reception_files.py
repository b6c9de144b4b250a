"""A background learnt from a history: written, read, refused, and used by runs that say so."""

import io
import json
import zipfile

import numpy as np
import pytest
from running import ran

from app.errors import ReceptionError
from app.inputs.arrays import save_arrays
from app.inputs.reception import load_background, save_background
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv


@pytest.fixture(scope="module")
def feed(tmp_path_factory):
    """Two dozen coasters over five days in the waters of the story that is judged by them."""
    path = tmp_path_factory.mktemp("feed") / "feed.csv"
    rng = np.random.default_rng(4)
    lines = ["mmsi,time,lon,lat"]
    for ship in range(24):
        lon, lat = rng.uniform(122.6, 125.0), rng.uniform(37.8, 38.9)
        times = np.sort(rng.uniform(0, 120, 900))
        lines += [
            f"{412800000 + ship},{1709000000 + int(t * 3600)},{lon + 0.4 * np.sin(t / 9):.5f},{lat:.5f}"
            for t in times
        ]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture(scope="module")
def learnt(feed, tmp_path_factory):
    path = tmp_path_factory.mktemp("background") / "reception.npz"
    assert "hours of 24 vessels" in ran("reception", "learn", feed, "-o", path).stderr
    return path


def alone(tmp_path):
    """The silent ship of a story without its neighbours."""
    rows = tracks_csv(load_story("dark_among_the_heard")).splitlines()
    path = tmp_path / "alone.csv"
    path.write_text("\n".join([rows[0], *(r for r in rows if r.startswith("613999301"))]))
    return path


def test_a_small_upload_is_lifted_by_a_background_and_the_report_says_so(learnt, tmp_path):
    plain, lifted = (
        json.loads(ran("detect", alone(tmp_path), "--area", "all", *words).stdout)
        for words in ((), ("--reception", learnt))
    )
    (one,), (other,) = (
        [f for f in told["features"] if f["properties"]["kind"] == "dark_period"] for told in (plain, lifted)
    )
    assert one["properties"]["measures"]["reception"] == "unknown"
    assert one["properties"]["band"] != "high"
    assert other["properties"]["measures"]["reception"] == "good"
    assert other["properties"]["measures"]["reception_basis"] == "background"
    assert other["properties"]["score"] > one["properties"]["score"]
    assert other["id"] == one["id"]
    assert other["properties"]["params_hash"] != one["properties"]["params_hash"]
    assert plain["report"]["reception"] == {"learnt_from": "the traffic of this run"}
    assert lifted["report"]["reception"]["vessels"] == 24


def test_a_background_reads_back_as_it_was_written(learnt, tmp_path):
    background = load_background(learnt)
    again = tmp_path / "again.npz"
    save_background(background, again)
    other = load_background(again)
    np.testing.assert_array_equal(background.cells.keys, other.cells.keys)
    np.testing.assert_array_equal(background.lines, other.lines)
    assert background.ruler == other.ruler


@pytest.mark.parametrize("cut", [10, 1000, -100])
def test_a_damaged_background_is_refused(learnt, tmp_path, cut):
    broken = tmp_path / "broken.npz"
    broken.write_bytes(learnt.read_bytes()[:cut])
    with pytest.raises(ReceptionError, match="not a usable reception background"):
        load_background(broken)


def test_a_background_with_any_byte_changed_is_read_or_refused(learnt, tmp_path):
    rng = np.random.default_rng(3)
    whole = np.frombuffer(learnt.read_bytes(), np.uint8)
    damaged = tmp_path / "damaged.npz"
    refused = 0
    for _ in range(300):
        flipped = whole.copy()
        flipped[rng.integers(0, len(flipped), 3)] = rng.integers(0, 256, 3)
        damaged.write_bytes(flipped.tobytes())
        try:
            load_background(damaged)
        except ReceptionError:
            refused += 1
    assert refused > 200


@pytest.mark.parametrize(
    ("name", "changed"),
    [
        ("keys", lambda keys: keys[:, None]),
        ("keys", lambda keys: keys + 0.5),
        ("keys", lambda keys: np.zeros(len(keys), [("a", "i4"), ("b", "i4")])),
        ("lines", lambda lines: lines * 1e300),
        ("manifest", lambda _: np.frombuffer(b"[" * 200_000, np.uint8)),
        ("manifest", lambda _: np.frombuffer(b'{"version": 1, "vessels": NaN}', np.uint8)),
    ],
)
def test_a_background_whose_arrays_are_of_another_make_is_refused(learnt, tmp_path, name, changed):
    with np.load(learnt) as file:
        arrays = {each: file[each] for each in file.files}
    crafted = tmp_path / "crafted.npz"
    np.savez(crafted, **{**arrays, name: changed(arrays[name])})
    with pytest.raises(ReceptionError, match="not a usable reception background"):
        load_background(crafted)


def test_a_header_that_asks_for_more_memory_than_there_is_is_refused(learnt, tmp_path):
    greedy = tmp_path / "greedy.npz"
    header = io.BytesIO()
    claim = {"descr": "<i8", "fortran_order": False, "shape": (1 << 45,)}
    np.lib.format.write_array_header_1_0(header, claim)
    with zipfile.ZipFile(learnt) as source, zipfile.ZipFile(greedy, "w") as target:
        for name in source.namelist():
            target.writestr(name, header.getvalue() if name == "keys.npy" else source.read(name))
    with pytest.raises(ReceptionError):
        load_background(greedy)


def test_a_file_of_something_else_is_refused(tmp_path):
    other = tmp_path / "other.npz"
    save_arrays(other, {"keys": np.arange(3)}, {"version": 1})
    with pytest.raises(ReceptionError):
        load_background(other)
    with pytest.raises(ReceptionError, match="no such"):
        load_background(tmp_path / "nothing.npz")


def test_too_little_history_is_told(tmp_path):
    short = tmp_path / "short.csv"
    short.write_text("mmsi,time,lon,lat\n412000001,1709000000,124,38\n412000001,1709003600,124,38.1\n")
    answer = ran("reception", "learn", short, "-o", tmp_path / "x.npz", code=2)
    assert "vessel-hours" in answer.stderr


def test_reach_is_drawn_only_when_asked_for(tmp_path):
    path = alone(tmp_path)
    plain, asked = (
        json.loads(ran("detect", path, "--area", "all", *words).stdout) for words in ((), ("--with-reach",))
    )
    assert all("reach" not in f for f in plain["features"])
    (silence,) = [f for f in asked["features"] if f["properties"]["kind"] == "dark_period"]
    assert silence["reach"]["type"] in {"Polygon", "MultiPolygon"}
    assert [f["id"] for f in plain["features"]] == [f["id"] for f in asked["features"]]
