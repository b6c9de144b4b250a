import json

import numpy as np
import pytest
from test_cli import ran

from app.errors import ModelError
from app.model_file import load_model, save_model
from app.scenarios.simulate import tracks_csv
from app.scenarios.story import load_story


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
    np.testing.assert_array_equal(model.forest.scores(row), load_model(again).forest.scores(row))
    assert model.manifest["vessels"] == 50


def test_events_carry_the_reason_of_the_model_and_another_hash(trained, tmp_path):
    demo = tmp_path / "demo.csv"
    demo.write_text(tracks_csv(load_story("demo")))
    plain, learnt = (json.loads(ran("detect", demo, *words).stdout) for words in ((), ("--model", trained)))
    for one, other in zip(plain["features"], learnt["features"], strict=True):
        assert one["id"] == other["id"]
        assert one["properties"]["params_hash"] != other["properties"]["params_hash"]
        assert 0 <= other["properties"]["measures"]["anomaly_percentile"] <= 1
    assert plain["report"]["model"] is None
    assert learnt["report"]["model"]["windows"] > 500
    texts = [r["text"] for f in learnt["features"] for r in f["properties"]["reasons"]]
    assert any("of the training traffic, most of all by" in text for text in texts)


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
