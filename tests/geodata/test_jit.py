import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from geodata.jit import _kernels, interpreted, kernel


def weighted(values, weights):
    result = 0.0
    for n in range(values.size):
        result += values[n] * weights[n]
    return result


@pytest.fixture(scope="module")
def total():
    """A kernel of these tests alone, not one that the product compiles."""
    yield kernel(weighted)
    _kernels.pop()


def test_arrays_of_every_kind_are_answered_by_one_compiled_loop(total):
    plain, locked, strided = np.arange(4.0), np.arange(4.0), np.arange(8.0)[::2] / 2
    locked.setflags(write=False)
    for values in (plain, locked, strided):
        for weights in (plain, locked, strided):
            assert total(values, weights) == 14.0
    assert len(total.compiled.signatures) == 1
    assert plain.flags.writeable


def test_interpreted_it_is_the_same_loop(total):
    with interpreted():
        assert total(np.arange(4.0), np.ones(4)) == pytest.approx(6.0)


def test_a_helper_that_changes_in_another_file_is_compiled_again(tmp_path):
    """As after an update that leaves the file of the loop as it was."""
    (tmp_path / "loop_here.py").write_text(
        "from aid_there import more\nfrom geodata.jit import kernel\n\n"
        "@kernel\ndef total(x):\n    return more(x[0]) + x[1]\n",
        encoding="utf-8",
    )

    def answer(much, given):
        (tmp_path / "aid_there.py").write_text(
            f"from geodata.jit import helper\n\nMUCH = {much}\n\n"
            f"@helper\ndef more(x):\n    return x * {given} + MUCH\n",
            encoding="utf-8",
        )
        code = (
            "import numpy as np; from loop_here import total; was_compiled = total.is_compiled;"
            "print(total(np.ones(2)), sum(total.compiled.stats.cache_hits.values()), int(was_compiled))"
        )
        path = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}", "PYTHONDONTWRITEBYTECODE": "1"}
        done = subprocess.run(
            [sys.executable, "-c", code], env=path, capture_output=True, text=True, check=True
        )
        total, hits, was_compiled = done.stdout.split()
        assert hits == was_compiled
        return total, hits == "1"

    assert answer(1, 2) == ("4.0", False)
    assert answer(1, 2) == ("4.0", True)
    assert answer(10, 2) == ("13.0", False)
    assert answer(10, 30) == ("41.0", False)


@pytest.mark.parametrize("damage", ["renamed", "cut", "noise"])
def test_a_cache_that_cannot_be_read_is_compiled_again(tmp_path, damage):
    """As after an update that renames a type, or a disk that was full."""
    source = (
        "from typing import NamedTuple\nimport numpy as np\nfrom geodata.jit import bundle, kernel\n\n"
        "@bundle\nclass Pair(NamedTuple):\n    one: np.ndarray\n    other: np.ndarray\n\n"
        "@kernel\ndef total(pair):\n    return pair.one[0] + pair.other[0]\n\n"
        "print(total(Pair(np.ones(1), np.ones(1))), int(total.is_compiled))\n"
    )
    path = {"PYTHONPATH": f"{tmp_path}:{Path(__file__).parents[2]}", "PYTHONDONTWRITEBYTECODE": "1"}

    def answer(text):
        (tmp_path / "loop_here.py").write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", "import loop_here"], env=path, capture_output=True, text=True, check=False
        )
        assert not done.stderr
        return done.stdout

    assert answer(source) == "2.0 1\n"
    (index,) = tmp_path.rglob("*.nbi")
    if damage == "renamed":
        source = source.replace("Pair", "Both")
    else:
        whole = index.read_bytes()
        index.write_bytes(whole[: len(whole) // 2] if damage == "cut" else b"\x00" * len(whole))
    assert answer(source) == "2.0 1\n"
