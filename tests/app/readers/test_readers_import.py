"""Loading the readers is quick: what only one format needs is loaded by that format."""

import subprocess
import sys

SLOW = ("pandas", "geopandas", "pyogrio", "pyais", "sklearn")


def test_loading_the_readers_loads_no_slow_library():
    code = f"import sys, app.readers; print(*[name for name in {SLOW} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.split() == []
