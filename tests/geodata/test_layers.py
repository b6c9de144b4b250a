"""Every data file has its page, and is the one the page describes."""

import hashlib
import re

import pytest

from geodata import layers
from geodata.layers import LAYERS_DIR, LayerError, layer_path, packaged_layers, read_page

NAMES = sorted(packaged_layers())


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_is_what_its_page_says(name):
    layer = packaged_layers()[name]
    assert hashlib.sha256(layer_path(name).read_bytes()).hexdigest() == layer.sha256
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", layer.date)
    page = (LAYERS_DIR / layer.file).with_suffix(".md").read_text()
    for heading in ("How it was made", "**"):
        assert heading in page


def test_every_data_file_has_a_page():
    described = {layer.file for layer in packaged_layers().values()}
    found = {
        path.relative_to(LAYERS_DIR).as_posix()
        for path in LAYERS_DIR.rglob("*.*")
        if path.is_file() and path.suffix not in {".md", ".LESSER"}
    }
    assert found == described


def test_files_under_the_lgpl_lie_beside_their_licence():
    for layer in packaged_layers().values():
        if "LGPL" in layer.licence:
            folder = (LAYERS_DIR / layer.file).parent
            assert (folder / "COPYING").is_file()
            assert (folder / "COPYING.LESSER").is_file()
        else:
            assert not layer.file.startswith("gshhg/")


def test_all_layers_together_are_small():
    assert sum(layer_path(name).stat().st_size for name in NAMES) < 10_000_000


def test_a_damaged_layer_is_told(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("damaged")
    fields = "version: 1\ndate: 2026-01-01\nsource: s\nlicence: l\nnote: n"
    page = tmp_path / "a.md"
    page.write_text(f"---\nname: a\nfile: a.csv\nsha256: {'0' * 64}\n{fields}\n---\ntext")
    monkeypatch.setattr(layers, "LAYERS_DIR", tmp_path)
    monkeypatch.setattr(layers, "packaged_layers", layers.packaged_layers.__wrapped__)
    with pytest.raises(LayerError, match=r"a\.csv is damaged or was replaced"):
        layer_path("a")
    with pytest.raises(LayerError, match="no layer is called 'b'; there are a"):
        layer_path("b")
    (tmp_path / "a.csv").unlink()
    with pytest.raises(LayerError, match="missing"):
        layer_path("a")


def test_a_page_without_its_fields_is_refused(tmp_path):
    page = tmp_path / "a.md"
    page.write_text("# Just a title\n")
    with pytest.raises(LayerError, match="does not begin with fields"):
        read_page(page)
    page.write_text("---\nname: a\n---\n")
    with pytest.raises(LayerError, match="lacks version, date"):
        read_page(page)
