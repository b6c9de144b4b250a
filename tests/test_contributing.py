"""The examples of CONTRIBUTING.md work as they are printed."""

import os
import re
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.readers.base.reader import ReadOptions, Source

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
FILES = ("params", "measures", "detector", "weights", "sentence", "__init__")


def block_after(words):
    """The code block that follows some words."""
    start = PAGE.index(words)
    found = re.search(r"^ *```python\n(.*?)^ *```$", PAGE[start:], re.DOTALL | re.MULTILINE)
    return textwrap.dedent(found.group(1))


@pytest.fixture
def tree(tmp_path):
    """The project with the example kind: links to what is there, and the new folder, line and page."""
    (tmp_path / "detectors").mkdir()
    for part in ("app", "geodata", "pyproject.toml"):
        (tmp_path / part).symlink_to(ROOT / part)
    for part in (ROOT / "detectors").iterdir():
        if part.name not in {"__init__.py", "__pycache__"}:
            (tmp_path / "detectors" / part.name).symlink_to(part)
    registry = (ROOT / "detectors" / "__init__.py").read_text(encoding="utf-8")
    registry = registry.replace("    spoofing,\n", "    spoofing,\n    steady_run,\n", 1)
    registry = registry.replace("    anomaly.KIND,\n", "    anomaly.KIND,\n    steady_run.KIND,\n")
    (tmp_path / "detectors" / "__init__.py").write_text(registry, encoding="utf-8")
    folder = tmp_path / "detectors" / "steady_run"
    folder.mkdir()
    for name in FILES:
        text = block_after(f"`detectors/steady_run/{name}.py`")
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    tests = tmp_path / "tests" / "detectors"
    tests.mkdir(parents=True)
    for path in (ROOT / "tests").glob("*.py"):
        if not path.name.startswith("test_"):
            shutil.copy(path, tmp_path / "tests")
    for name in ("test_conformance.py", "core/test_params.py", "events/test_score.py"):
        shutil.copy(ROOT / "tests" / "detectors" / name, tests)
    definitions = tmp_path / "docs" / "definitions"
    definitions.mkdir(parents=True)
    (definitions / "steady_run.md").write_text("# Steady run\n\n## For the analyst\n", encoding="utf-8")
    return tmp_path


def test_the_example_of_a_kind_passes_the_suites_that_every_kind_must(tree):
    words = ["-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "-k", "steady_run", "tests/detectors"]
    path = {"PYTHONPATH": f"{tree}:{tree / 'tests'}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=tree,
        env={**os.environ, **path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert int(re.search(r"(\d+) passed", done.stdout).group(1)) > 20


def test_the_examples_are_in_the_form_of_the_project(tree):
    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check"], ["format", "--check"]):
        subprocess.run([*ruff, *command, "detectors/steady_run"], cwd=tree, check=True, capture_output=True)


def test_the_example_of_a_format_reads_a_file_and_counts_what_it_cannot_use(tmp_path):
    names = {}
    exec(compile(block_after("`app/readers/csv/bar.py`"), "bar.py", "exec"), names)
    lines = [f"#AIS|412000001|2024-03-01T08:{n:02d}:00Z|124.{n:02d}|38.0|9.5" for n in range(20)]
    path = tmp_path / "track"
    path.write_text("\n".join([*lines, "#AIS|412000001|2024-03-01T09:00:00Z|east|38.0|9.5"]))
    reader, head = names["Bar"](), path.read_bytes()
    assert reader.recognises(head)
    batch = reader.read(Source("track", path, head), ReadOptions())
    assert (batch.rows, len(batch.reports), batch.rejects.total) == (21, 20, 1)
