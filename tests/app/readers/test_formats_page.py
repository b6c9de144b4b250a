"""The page on formats names every format, shape and reject code that there is."""

from pathlib import Path

import pytest

from app.readers import READERS, SHAPES
from app.readers.base.layouts import LAYOUTS
from app.readers.base.rejects import Reject

PAGE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
NAMES = sorted({*(r.name for r in READERS), *(s.name for s in SHAPES), *(x.format for x in LAYOUTS), *Reject})


@pytest.mark.parametrize("name", NAMES)
def test_the_page_names_it(name):
    assert f"`{name}`" in PAGE
