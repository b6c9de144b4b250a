"""Fuzz the readers with atheris: whatever the bytes, an answer or a `ReadError`, and nothing else.

`python benchmarks/fuzz.py CORPUS [-max_total_time=3600 ...]` (needs atheris; options are libFuzzer's). Empty,
the corpus folder is first filled with a sample of every form of the golden tests. A finding is written to the
current folder as `crash-*`, `oom-*` or `timeout-*`.
"""

from __future__ import annotations

import sys
import tempfile
import warnings
from pathlib import Path

import atheris

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "app" / "readers")]

with atheris.instrument_imports(include=["app.readers"]):
    import test_same_tracks as golden

    from app.readers import read_file
    from app.readers.base.reader import ReadError
    from app.readers.containers.unpack import Limits
    from app.readers.csv import delimited
    from geodata.jit import interpreted

LIMITS = Limits(max_file_bytes=1 << 20, max_unpacked_bytes=1 << 22, max_members=20, max_vessels=10_000)
SAMPLE_MAX_BYTES = 1 << 16


def main() -> None:
    """Fill the corpus where it is empty, and fuzz."""
    corpus = Path(sys.argv[1])
    corpus.mkdir(parents=True, exist_ok=True)
    if not any(corpus.iterdir()):
        _fill(corpus)
    folder = tempfile.TemporaryDirectory(prefix="darkwake-fuzz-")
    target = Path(folder.name) / "input"
    warnings.simplefilter("ignore")
    delimited.SHORTEST_BYTES = 0  # small tables too go through the loop for plain ones

    def one(data: bytes) -> None:
        target.write_bytes(data)
        try:
            with interpreted():  # instrumented loops cannot be compiled, and Python checks each place
                batches = read_file(target, "fuzzed", LIMITS)
        except ReadError:
            return
        for batch in batches:
            if batch.rows != len(batch.reports) + batch.static_rows + batch.rejects.total:
                raise AssertionError("a row is neither used nor counted")

    atheris.Setup(sys.argv, one)
    atheris.Fuzz()


def _fill(corpus: Path) -> None:
    for name, (write, _) in golden.PLAIN.items():
        data = write()
        sample = data.encode() if isinstance(data, str) else data
        if len(sample) <= SAMPLE_MAX_BYTES:
            (corpus / name.replace(" ", "_").replace("/", "_")).write_bytes(sample)


if __name__ == "__main__":
    main()
