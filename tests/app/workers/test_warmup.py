from typer.testing import CliRunner

from app.cli.main import cli
from app.workers.warmup import compile_kernels, start_compiling
from geodata import jit
from geodata.jit import Kernel, _kernels, all_compiled

OURS = ("app.", "detectors.", "geodata.")
"""Tests make kernels of their own."""


def test_compiling_reaches_every_kernel_whatever_is_in_the_cache(monkeypatch):
    reached, call = set(), Kernel.__call__

    def noted(kernel, *args):
        reached.add(kernel)
        return call(kernel, *args)

    monkeypatch.setattr(Kernel, "__call__", noted)
    compile_kernels()
    ours = [kernel for kernel in _kernels if kernel.__module__.startswith(OURS)]
    assert [kernel.__name__ for kernel in ours if kernel not in reached] == []
    assert len(ours) > 50


def test_compiling_leaves_no_kernel_for_a_request_to_wait_for():
    compile_kernels()
    assert [k.__name__ for k in _kernels if not k.is_compiled] == []
    assert all_compiled()
    assert start_compiling() is None


def test_the_command_says_how_many_and_fails_where_one_is_left(monkeypatch):
    done = CliRunner().invoke(cli, ["compile"])
    assert done.exit_code == 0
    assert f"{len(_kernels)} of {len(_kernels)} kernels compiled" in done.stderr
    monkeypatch.setattr(jit, "compiled_count", lambda: (53, 54))
    left = CliRunner().invoke(cli, ["compile"])
    assert left.exit_code == 1
    assert "53 of 54" in left.stderr
