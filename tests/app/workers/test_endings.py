"""What a user is told of a run that ended without an answer."""

import asyncio
import json
import os
import signal

import numpy as np
import pytest

from app.errors import PROBLEMS
from app.settings import InputLimits, RunLimits
from app.workers.endings import ended, out_of_memory, too_long
from app.workers.pool import RunPool


def killed(number):
    os.kill(os.getpid(), number)


def greedy(_):
    np.empty(1 << 60, dtype=np.uint8)


def told_of(work, value):
    async def story():
        with RunPool(RunLimits(max_runs=1), InputLimits()) as pool:
            return json.loads((await pool.answer(work, value)).body)

    return asyncio.run(story())


def test_a_run_that_linux_kills_for_lack_of_memory_is_413_with_what_to_change():
    told = told_of(killed, signal.SIGKILL)
    assert (told["status"], told["type"]) == (413, "urn:darkwake:problem:out-of-memory")
    assert "send fewer positions at once" in told["detail"]


def test_a_run_that_asks_for_more_memory_than_there_is_is_413_too():
    assert told_of(greedy, 0)["status"] == 413


def test_a_run_whose_process_crashes_is_told_so_and_not_to_come_back():
    told = told_of(killed, signal.SIGSEGV)
    assert (told["status"], "SIGSEGV" in told["detail"]) == (422, True)


def test_a_run_whose_process_somebody_ends_may_come_back():
    assert told_of(killed, signal.SIGTERM)["status"] == 503


@pytest.mark.parametrize("fault", [too_long(300.0), out_of_memory(), ended(-9), ended(-11), ended(3)])
def test_what_would_fail_again_is_no_503_that_monitors_resend_for_ever(fault):
    assert PROBLEMS[type(fault)].status in {413, 422}
    assert "same request" in str(fault)
    assert "Instead" in str(fault) or "in parts" in str(fault)
