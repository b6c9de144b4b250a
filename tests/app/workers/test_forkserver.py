import asyncio
import multiprocessing
import os
import signal
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import pytest

from app.resources import default_resources
from app.settings import InputLimits, RunLimits
from app.workers.forkserver import PRELOADED, context
from app.workers.jobs import Answer, Job, in_upload_temp_folder
from app.workers.pool import RunPool


def what_it_has(_):
    found = {"preloaded": PRELOADED in sys.modules, "charts": default_resources.cache_info().currsize}
    return Answer(200, "text/plain", repr(found).encode())


def dying(_):
    os._exit(9)


def test_a_worker_and_the_one_that_replaces_it_have_code_and_chart_from_the_start():
    async def story():
        with RunPool(RunLimits(max_runs=1), InputLimits()) as pool:
            told = [(await pool.answer(work, 0)).body for work in (what_it_has, dying, what_it_has)]
        assert told[0] == told[2] == b"{'preloaded': True, 'charts': 1}"

    asyncio.run(story())


def test_a_system_that_cannot_fork_starts_fresh_processes(monkeypatch):
    assert context().get_start_method() == "forkserver"
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert context().get_start_method() == "spawn"


def test_a_long_path_of_the_temporary_folder_ends_no_service(monkeypatch, tmp_path):
    """Of 107 bytes that the path of a socket may have, multiprocessing takes 32 for a name of its own."""
    long = tmp_path / ("deep" * 20)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    assert len(str(long)) > 75

    async def story():
        with RunPool(RunLimits(max_runs=1), InputLimits()) as pool:
            return (await pool.answer(what_it_has, 0)).body

    assert asyncio.run(story()).endswith(b"'charts': 1}")


@pytest.mark.parametrize(("length", "method"), [(75, "forkserver"), (76, "spawn")])
def test_the_length_from_which_it_is_too_long_is_that_of_a_socket(monkeypatch, length, method):
    monkeypatch.setattr(tempfile, "tempdir", "/" + "x" * (length - 1))
    assert context().get_start_method() == method


def sleepy(seconds):
    time.sleep(seconds)
    return Answer(200, "text/plain", str(os.getpid()).encode())


def of_whom(_):
    return Answer(200, "text/plain", str(os.getppid()).encode())


def test_where_the_process_that_they_are_forks_of_is_lost_workers_end_and_others_take_over():
    """A worker that nobody can stop any more would answer beside those that replace it."""

    async def story():
        with RunPool(RunLimits(max_runs=1, max_queue=1), InputLimits()) as pool:
            worker = int((await pool.answer(sleepy, 0)).body)
            server = int((await pool.answer(of_whom, 0)).body)
            at_work = asyncio.create_task(pool.answer(sleepy, 60))
            await asyncio.sleep(0.2)
            os.kill(server, signal.SIGKILL)
            assert (await at_work).status == 503
            assert (await pool.answer(sleepy, 0)).body != str(worker).encode()
            with pytest.raises(ProcessLookupError):
                os.kill(worker, 0)

    asyncio.run(story())


def unpacking(_):
    Path(tempfile.mkdtemp(), "unpacked").write_bytes(b"a large file")
    time.sleep(60)


def test_what_a_stopped_worker_had_unpacked_goes_with_the_request(tmp_path):
    async def story():
        with RunPool(RunLimits(max_runs=1, max_run_s=1.0), InputLimits()) as pool:
            job = Job(tmp_path / "tracks", "tracks")
            assert (await pool.answer(partial(in_upload_temp_folder, unpacking), job)).status == 422

    asyncio.run(story())
    assert len(list(tmp_path.glob("*/unpacked"))) == 1


def test_temporary_files_lie_where_they_did_after_a_job(tmp_path):
    before = tempfile.gettempdir()
    job = Job(tmp_path / "tracks", "tracks")
    assert in_upload_temp_folder(lambda _: tempfile.gettempdir(), job) == str(tmp_path)
    assert tempfile.gettempdir() == before
