"""The data files that ship with the product, each with the page that says where it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LAYERS_DIR = Path(__file__).parent / "layers"
PAGE_FIELDS = ("name", "version", "date", "source", "licence", "file", "sha256", "note")


class LayerError(ValueError):
    """A packaged layer is missing, damaged or has no proper page."""


@dataclass(frozen=True)
class Layer:
    """What a data file is and where it came from.

    Attributes
    ----------
    name : str
        Short name, unique among the layers.
    version, date : str
        Version of the source, and the day (ISO 8601) the file was made from it.
    source, licence : str
        Where the data come from, under which licence.
    sha256 : str
        Checksum of the data file.
    note : str
        One sentence on what to beware of; the page beside the file says more.
    file : str
        The data file, relative to the layers folder; empty for a layer made in memory.
    """

    name: str
    version: str
    date: str
    source: str
    licence: str
    sha256: str
    note: str
    file: str = ""


def read_page(page: Path) -> dict[str, str]:
    """Return the fields at the head of a layer's page: lines `key: value` between two `---`."""
    head = page.read_text(encoding="utf-8").split("---\n")
    if len(head) < 3:  # noqa: PLR2004 - before, between and after two rules
        raise LayerError(f"{page.name} does not begin with fields between two lines of '---'")
    pairs = (line.split(":", 1) for line in head[1].splitlines() if ":" in line)
    fields = {key.strip(): value.strip() for key, value in pairs}
    missing = [name for name in PAGE_FIELDS if not fields.get(name)]
    if missing:
        raise LayerError(f"{page.name} lacks {', '.join(missing)}")
    return fields


def layer_of(page: Path) -> Layer:
    """Return the layer that a page describes."""
    fields = read_page(page)
    fields["file"] = (page.parent / fields["file"]).relative_to(LAYERS_DIR).as_posix()
    return Layer(**{name: fields[name] for name in PAGE_FIELDS})


@cache
def packaged_layers() -> dict[str, Layer]:
    """Return every layer that ships with the product, by name, in order of name."""
    layers = (layer_of(page) for page in LAYERS_DIR.rglob("*.md"))
    return {layer.name: layer for layer in sorted(layers, key=lambda layer: layer.name)}


def layer_path(name: str) -> Path:
    """Return the data file of a packaged layer, once its checksum has been compared.

    Raises
    ------
    LayerError
        When there is no such layer, its file is missing, or the file is not the one described.
    """
    layer = packaged_layers().get(name)
    if layer is None:
        raise LayerError(f"no layer is called {name!r}; there are {', '.join(packaged_layers())}")
    path = LAYERS_DIR / layer.file
    if not path.is_file():
        raise LayerError(f"the data file of layer {name!r} is missing: {layer.file}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != layer.sha256:
        raise LayerError(
            f"{layer.file} is damaged or was replaced: its sha256 is {found}, its page says {layer.sha256}"
        )
    return path
