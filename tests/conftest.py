"""Fixtures strategy: build the smallest track that has what a test needs, in the test, with `support`.

Real files are found by DARKWAKE_SHARED and never needed: tests that use them carry the mark `shared`.
"""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared():
    """Folder of real files, or a skip that says so."""
    folder = Path(os.environ.get("DARKWAKE_SHARED", ROOT.parent / "shared"))
    if not (folder / "ais").is_dir():
        pytest.skip(f"no real files: DARKWAKE_SHARED is not set and {folder} is absent")
    return folder
