import subprocess
import sys

import pytest

from app.workers import memory

STORY = """
import resource
import numpy as np
from app.workers.memory import keep_memory, trim_memory

def held_mb():
    return float(open("/proc/self/status").read().split("VmRSS:")[1].split()[0]) / 1024

def touched():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    np.ones(5_000_000)  # 40 MB: above what the library keeps of itself
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before

touched()
each_time = touched()
before_mb = held_mb()
keep_memory()
touched()
again, kept_mb = touched(), held_mb()
trim_memory()
print(each_time, again, kept_mb - before_mb, held_mb() - before_mb)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="of the GNU C library")
def test_memory_is_touched_once_and_trimmed_at_the_end():
    printed = subprocess.run([sys.executable, "-c", STORY], check=True, capture_output=True, text=True).stdout
    each_time, again, kept_mb, left_mb = map(float, printed.split())
    assert each_time >= 10  # pages, large ones among them
    assert again <= 2
    assert kept_mb > 30
    assert left_mb < 10


def test_another_c_library_is_left_as_it_is(monkeypatch):
    monkeypatch.setattr(memory, "_libc", lambda: None)
    memory.keep_memory()
    memory.trim_memory()
