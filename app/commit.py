"""The commit that this software was made from."""

from __future__ import annotations

import os
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@cache
def commit() -> str | None:
    """Return the commit of the image's build, else that of the checkout; None where neither is known."""
    if named := os.environ.get("DARKWAKE_COMMIT"):
        return named
    if not (ROOT / ".git").exists():
        return None
    try:
        done = subprocess.run(  # noqa: S603 - words of our own
            ["git", "-C", str(ROOT), "rev-parse", "HEAD"],  # noqa: S607 - whichever git the host has
            capture_output=True,
            text=True,
            check=True,
            timeout=5,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()
