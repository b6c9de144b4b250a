import json
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from running import ran

from app.errors import ModelError
from app.inputs.arrays import save_arrays
from app.inputs.models import ARRAYS, DEFAULT_MODEL, load_model, save_model
from app.simulator.story import load_story
from app.simulator.story_tracks import tracks_csv


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    """Half a hundred coasters over a fortnight, as a user's own feed."""
    path = tmp_path_factory.mktemp("history") / "history.csv"
    rng = np.random.default_rng(4)
    lines = ["mmsi,time,lon,lat"]
    for ship in range(50):
        lon, lat, speed = rng.uniform(119, 123), rng.uniform(30, 36), rng.uniform(0.05, 0.2)
        lines += [
            f"{412800000 + ship},{1706745600 + n * 3600},{lon + speed * n % 4:.5f},{lat:.5f}"
            for n in range(14 * 24)
        ]
    path.write_text("\n".join(lines))
    return path


@pytest.fixture(scope="module")
def trained(history, tmp_path_factory):
    path = tmp_path_factory.mktemp("model") / "model.npz"
    assert "learnt from" in ran("train", history, "-o", path).stderr
    return path


def test_a_model_that_is_written_reads_back_and_judges_alike(trained, tmp_path):
    model = load_model(trained)
    again = tmp_path / "again.npz"
    save_model(model, again)
    row = model.typical[None, :] * 1.5
    other = load_model(again)
    np.testing.assert_array_equal(model.forest.scores(row), other.forest.scores(row))
    np.testing.assert_array_equal(model.field.speed_kn, other.field.speed_kn)
    np.testing.assert_array_equal(model.bins.shares, other.bins.shares)
    assert model.manifest["vessels"] == 50
    assert model.is_own
    assert set(model.manifest["made_with"]) == {"numpy", "scikit-learn"}


def test_the_same_model_is_the_same_file(trained, tmp_path):
    model = load_model(trained)
    for name in ("one.npz", "two.npz"):
        save_model(model, tmp_path / name)
    assert (tmp_path / "one.npz").read_bytes() == (tmp_path / "two.npz").read_bytes()


def test_events_carry_the_reason_of_ones_own_model_and_another_hash(trained, tmp_path):
    demo = tmp_path / "demo.csv"
    demo.write_text(tracks_csv(load_story("demo")))
    plain, learnt = (json.loads(ran("detect", demo, *words).stdout) for words in ((), ("--model", trained)))
    for one, other in zip(plain["features"], learnt["features"], strict=True):
        assert one["id"] == other["id"]
        assert one["properties"]["params_hash"] != other["properties"]["params_hash"]
    weighed = [f["properties"] for f in learnt["features"] if f["properties"]["kind"] == "sts_transfer"]
    assert weighed
    assert all(0 <= p["measures"]["anomaly_percentile"] <= 1 for p in weighed)
    assert learnt["report"]["model"]["windows"] > 500
    assert learnt["report"]["model"]["weighs"]
    assert all(p["measures"]["anomaly_features"] for p in weighed)


def test_the_packaged_model_weighs_nothing_in_a_file_too_small_to_compare(tmp_path):
    demo = tmp_path / "demo.csv"
    demo.write_text(tracks_csv(load_story("demo")))
    told = json.loads(ran("detect", demo).stdout)
    model = told["report"]["model"]
    assert model["origin"] == "simulator"
    assert (model["weighs"], model["drift"]["within"], model["drift"]["index"]) == (False, None, None)
    assert not any("anomaly" in warning for warning in told["report"]["warnings"])
    for feature in told["features"]:
        assert all(r["name"] != "anomaly_percentile" for r in feature["properties"]["reasons"])
        assert feature["properties"]["measures"].get("anomaly_drift", "not_judged") == "not_judged"


def test_anomalies_are_told_when_asked_for_by_kind(trained, history):
    """Among the ships that it was learnt from, some are the least usual."""
    words = ("--area", "all", "--set", "anomaly.percentile_min=0.98", "--model", trained)
    silent = json.loads(ran("detect", history, *words).stdout)
    asked = json.loads(ran("detect", history, *words, "--kind", "anomaly").stdout)
    assert all(f["properties"]["kind"] != "anomaly" for f in silent["features"])
    assert "anomaly" not in silent["report"]["examined"]
    assert asked["features"]
    assert {f["properties"]["kind"] for f in asked["features"]} == {"anomaly"}
    assert asked["report"]["examined"]["anomaly"]["windows"] > 1000


def test_the_packaged_model_is_small_and_says_what_it_was_learnt_from():
    model = load_model(DEFAULT_MODEL)
    assert DEFAULT_MODEL.stat().st_size < 1_000_000
    assert model.manifest["origin"] == "simulator"
    assert max(model.manifest["seeds"]) < 100, "seeds from 101 on are for reporting"
    assert not model.is_own


ARRAY_NAMES = sorted(ARRAYS)


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_a_model_with_a_spoilt_array_is_refused_or_judges_finitely(data):
    with np.load(DEFAULT_MODEL) as file:
        arrays = {name: file[name] for name in file.files}
    name = data.draw(st.sampled_from(ARRAY_NAMES))
    arrays[name] = spoilt(arrays[name], data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoilt.npz"
        np.savez(path, **arrays)
        try:
            model = load_model(path)
        except ModelError:
            return
    rows = np.vstack((model.typical, model.typical * 3 + 1, np.full(len(model.typical), np.nan)))
    for told in model.judge(rows, np.zeros(3, dtype=np.int64)):
        assert 0 <= told.percentile <= 1
    assert np.isfinite(model.bins.index(rows)).all()


def spoilt(array, data):
    """The array with one value changed, cut short, turned round, or of another kind."""
    how = data.draw(st.sampled_from(["value", "cut", "shape", "empty", "type"]))
    if how == "value":
        changed = array.copy()
        values = [0, 1, 250] if array.dtype.kind == "u" else [-1, 0, 2**30]
        values += [np.nan, np.inf, -np.inf] if array.dtype.kind == "f" else []
        changed.flat[data.draw(st.integers(0, array.size - 1))] = data.draw(st.sampled_from(values))
        return changed
    if how == "type":
        return array.astype(str)
    return {"cut": array[:-1], "shape": array.ravel()[None, None, :], "empty": array[:0]}[how]


def resaved(target, **changes):
    """The packaged model with a changed manifest."""
    with np.load(DEFAULT_MODEL) as file:
        arrays = {name: file[name] for name in file.files}
    manifest = json.loads(arrays.pop("manifest").tobytes())
    manifest = {name: value for name, value in {**manifest, **changes}.items() if value is not None}
    save_arrays(target, arrays, manifest)
    return target


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"version": 1}, "made by another version: make it again"),
        ({"features": ["median_speed_kn"]}, "made for other features: train it again"),
        ({"windows": None}, "lacks windows"),
    ],
)
def test_a_model_of_another_version_or_other_features_is_refused_and_says_what_to_do(tmp_path, changes, said):
    with pytest.raises(ModelError, match=said):
        load_model(resaved(tmp_path / "other.npz", **changes))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (dict.fromkeys(("cell", "ships", "speed_kn", "along", "across"), (0, 0.0)), "the field has no cell"),
        ({"shares": (None, 1e308)}, "shares of drift are damaged"),
        ({"along": (None, 3e38)}, "longer than its parts"),
    ],
)
def test_a_model_whose_arrays_agree_on_nonsense_is_refused(tmp_path, spoil, said):
    with np.load(DEFAULT_MODEL) as file:
        arrays = {name: file[name] for name in file.files}
    for name, (count, value) in spoil.items():
        arrays[name] = np.full_like(arrays[name], value)[:count]
    np.savez(tmp_path / "crafted.npz", **arrays)
    with pytest.raises(ModelError, match=said):
        load_model(tmp_path / "crafted.npz")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_model_with_flipped_bytes_is_refused_or_whole(data):
    good = bytearray(DEFAULT_MODEL.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        good[data.draw(st.integers(0, len(good) - 1))] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "flipped.npz"
        path.write_bytes(good)
        try:
            model = load_model(path)
        except ModelError:
            return
    assert np.isfinite(model.forest.scores(model.typical[None, :])).all()


@pytest.mark.parametrize("cut", [10, 1000, -100])
def test_a_damaged_model_is_refused(trained, tmp_path, cut):
    path = tmp_path / "cut.npz"
    path.write_bytes(trained.read_bytes()[:cut])
    with pytest.raises(ModelError, match="not a usable model"):
        load_model(path)


def test_a_pickle_is_never_opened(tmp_path):
    path = tmp_path / "pickle.npz"
    np.savez(path, manifest=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ModelError, match="not a usable model"):
        load_model(path)


def test_a_model_that_is_not_there_is_one_sentence(tmp_path):
    assert "no such model file" in ran("detect", "x.csv", "--model", tmp_path / "no.npz", code=2).stderr


def test_too_little_history_is_one_sentence(tmp_path):
    short = tmp_path / "short.csv"
    short.write_text("mmsi,time,lon,lat\n1,1709280000,124,38\n")
    assert "at least 500 are needed" in ran("train", short, "-o", tmp_path / "m.npz", code=2).stderr
    assert "no such file" in ran("train", tmp_path / "gone.csv", "-o", tmp_path / "m.npz", code=2).stderr
