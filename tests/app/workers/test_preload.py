import json
import subprocess
import sys

LOADS = """
import json
from pathlib import Path
import app.workers.preload
from app.resources import default_resources
print(default_resources.cache_info().currsize)
print(json.dumps(sorted({(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()})))
"""


def test_the_process_that_workers_are_forks_of_has_the_chart_and_no_thread_that_works():
    """A thread that works when the process forks may hold a lock, which nobody in the fork lets go."""
    told = subprocess.run(
        [sys.executable, "-c", LOADS], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told[0] == "1"
    assert [name for name in json.loads(told[1]) if name.startswith(("polars-0", "tokio", "async-"))] == []


def test_a_file_of_the_operators_that_is_broken_is_left_to_the_service_to_tell(monkeypatch, tmp_path):
    broken = tmp_path / "zones.geojson"
    broken.write_text("no zones")
    monkeypatch.setenv("DARKWAKE_ZONES", str(broken))
    done = subprocess.run(
        [sys.executable, "-c", "import app.workers.preload"], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stderr) == (0, "")
