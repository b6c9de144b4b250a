"""Files for the readers' tests: small ones are written by each test, real ones are found by env."""

import os
from pathlib import Path

import pytest
from accounting import assert_all_rows_accounted_for
from hypothesis import settings

from app.readers import ReadOptions, read_file

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
ROOT = Path(__file__).parents[3]


@pytest.fixture
def shared_ais():
    """Return the folder of real AIS files, or skip where it is absent."""
    folder = Path(os.environ.get("DARKWAKE_SHARED", ROOT / ".." / "shared")) / "ais"
    if not folder.is_dir():
        pytest.skip("needs the real AIS files in the folder named by DARKWAKE_SHARED")
    return folder


@pytest.fixture
def read(tmp_path):
    """Write text or bytes to a file and read it; checks that every row is accounted for."""

    def write_and_read(content, name="track.csv", **options):
        path = tmp_path / "upload"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        (batch,) = read_file(path, name, options=ReadOptions(**options))
        assert_all_rows_accounted_for(batch)
        return batch

    return write_and_read
