"""Fixtures strategy: build the smallest track that has what a test needs, in the test, with `support`.

Real files are found by DARKWAKE_SHARED and never needed: tests that use them carry the mark `shared`.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Machines are shared and noisy: a slow example is no failure. A check of a change must not depend on chance:
# there the examples are the same each time; at a desk they are new ones.
settings.register_profile(
    "steady",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared():
    """Folder of real files, or a skip that says so."""
    folder = Path(os.environ.get("DARKWAKE_SHARED", ROOT.parent / "shared"))
    if not (folder / "ais").is_dir():
        pytest.skip(f"no real files: DARKWAKE_SHARED is not set and {folder} is absent")
    return folder


START_S = 90


@pytest.fixture(scope="session")
def service():
    """A server of its own process, as a user starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    code = "from app.cli.main import main; main()"
    words = [sys.executable, "-c", code, "serve", "--port", str(port)]
    process = subprocess.Popen(words, stderr=subprocess.DEVNULL)
    try:
        yield _answering(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(30)


def _answering(base, process):
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{base}/healthz", timeout=2):
                return base
        except OSError:
            time.sleep(0.2)
    pytest.fail("the service did not come up")
