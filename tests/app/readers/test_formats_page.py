"""The page on formats names every format, shape and reject code that there is."""

from pathlib import Path

import pytest

from app.outputs.flat import NARROW
from app.outputs.formats import FORMATS
from app.readers import READERS, SHAPES
from app.readers.base.layouts import LAYOUTS
from app.readers.base.rejects import Reject

PAGE = (Path(__file__).parents[3] / "docs" / "formats.md").read_text(encoding="utf-8")
NAMES = sorted({*(r.name for r in READERS), *(s.name for s in SHAPES), *(x.format for x in LAYOUTS), *Reject})


@pytest.mark.parametrize("name", NAMES)
def test_the_page_names_it(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("written", FORMATS.values(), ids=FORMATS)
def test_the_page_says_how_each_format_is_asked_for(written):
    endings = ", ".join(f"`.{ending}`" for ending in written.suffixes)
    assert f"| `{written.name}` | {endings} |" in PAGE


def test_the_page_says_which_columns_a_table_has():
    assert f"the same {len(NARROW)} columns" in PAGE
    assert all(f"`{name}`" in PAGE for name in NARROW if not name.endswith("_2"))
