"""Fixtures strategy: build the smallest track that has what a test needs, in the test, with `support`.

Real files are found by DARKWAKE_SHARED and never needed: tests that use them carry the mark `shared`.
"""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Machines are shared and noisy: a slow example is no failure.
settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared():
    """Folder of real files, or a skip that says so."""
    folder = Path(os.environ.get("DARKWAKE_SHARED", ROOT.parent / "shared"))
    if not (folder / "ais").is_dir():
        pytest.skip(f"no real files: DARKWAKE_SHARED is not set and {folder} is absent")
    return folder
