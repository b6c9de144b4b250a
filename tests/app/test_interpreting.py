"""Runs on a machine that has not compiled the kernels."""

import threading

import numpy as np
import pytest

from app import interpreting
from app.interpreting import interpreting_while_cheap
from app.options import RunOptions
from app.outputs.geojson import collection
from app.pipeline import detect_events
from app.resources import Resources
from app.workers.warmup import few_of_demo
from detectors.vessels.watch_list import WatchList
from geodata.jit import Kernel, _kernels, filler, kernel
from geodata.world import World


def total(values):
    result = 0.0
    for n in range(values.size):
        result += values[n]
    return result


def halve(values, out):
    """Reads what it overwrites: done twice in part, it would be wrong."""
    for n in range(values.size):
        out[n] = out[n] * 0.5


@pytest.fixture
def cold(monkeypatch):
    """Make kernels that are compiled for this test only, and note how each call was done."""
    calls = []
    run_compiled = Kernel.run_compiled
    monkeypatch.setattr(Kernel, "is_compiled", property(lambda each: bool(each.compiled.signatures)))
    monkeypatch.setattr(Kernel, "run_compiled", lambda k, *a: calls.append("compiled") or run_compiled(k, *a))
    before = list(_kernels)
    yield calls
    _kernels[:] = before


def test_a_short_call_is_interpreted(cold):
    with interpreting_while_cheap():
        assert kernel(total)(np.ones(10)) == 10.0
    assert cold == []


def test_a_call_that_takes_longer_than_its_budget_is_stopped_and_compiled(cold):
    loop, values = kernel(total), np.ones(20_000_000)
    with interpreting_while_cheap():
        assert loop(values) == 20_000_000.0
        assert loop(values[:10]) == 10.0
    assert cold == ["compiled", "compiled"]


def test_many_short_calls_use_the_budget_up_too(cold, monkeypatch):
    monkeypatch.setattr(interpreting, "BUDGET_S_PER_BYTE", 1e-6)
    loop = kernel(total)
    with interpreting_while_cheap():
        for _ in range(10_000):
            loop(np.ones(100))
            if cold:
                break
    assert cold


def test_a_loop_that_was_stopped_leaves_its_output_as_it_was(cold):
    out = np.full(20_000_000, 8.0)
    with interpreting_while_cheap():
        filler(halve)(out, out)
    assert cold == ["compiled"]
    assert (out == 4.0).all()


def test_an_interpreted_filler_fills_its_output(cold):
    out = np.full(3, 8.0)
    with interpreting_while_cheap():
        filler(halve)(out, out)
    assert out.tolist() == [4.0, 4.0, 4.0]
    assert cold == []


def test_in_another_thread_a_call_is_not_stopped_but_the_next_one_is_compiled(cold, monkeypatch):
    monkeypatch.setattr(interpreting, "BUDGET_S_PER_BYTE", 1e-9)
    loop, answers = kernel(total), []

    def work():
        with interpreting_while_cheap():
            answers.extend(loop(np.ones(1000)) for _ in range(2))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert answers == [1000.0, 1000.0]
    assert cold == ["compiled"]


def test_a_run_answers_alike_interpreted_and_compiled(monkeypatch):
    def answer(*, interprets):
        resources = Resources(World.empty(), WatchList(), interprets=interprets)
        return collection(detect_events([few_of_demo()], RunOptions(), resources))

    warm = answer(interprets=False)
    monkeypatch.setattr(Kernel, "is_compiled", property(lambda _: False))
    assert answer(interprets=True) == warm
