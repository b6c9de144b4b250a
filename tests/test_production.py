"""What an operator deploys: it parses, and says the same as the settings."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from app.settings import OTHER_VARIABLES, SETTINGS, variable

ROOT = Path(__file__).parents[1]
KNOWN = {variable(name) for settings in SETTINGS for name in settings.model_fields}


@pytest.fixture
def service():
    return yaml.safe_load((ROOT / "compose.yaml").read_text())["services"]["darkwake"]


def test_the_composed_service_can_write_nothing_but_scratch_space_and_its_cache(service):
    assert service["read_only"] is True
    assert service["user"] == "10001:10001"
    assert service["cap_drop"] == ["ALL"]
    assert [mount.split(":")[0] for mount in service["tmpfs"]] == ["/tmp"]
    assert [mount.split(":")[1] for mount in service["volumes"]] == ["/var/cache/darkwake"]
    assert "VOLUME /var/cache/darkwake" in (ROOT / "Dockerfile").read_text()
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])


@pytest.mark.parametrize("page", ["compose.yaml", "docs/production.md", "docs/production/darkwake.service"])
def test_settings_that_are_named_exist(page):
    named = set(re.findall(r"DARKWAKE_[A-Z_]+", (ROOT / page).read_text()))
    assert named - KNOWN - set(OTHER_VARIABLES) - {"DARKWAKE_"} == set()


def test_the_image_build_fails_where_a_kernel_is_not_compiled():
    """`darkwake compile` exits with 1 then (tests/app/workers/test_warmup.py)."""
    assert re.search(r"RUN [^\n]*&& /opt/darkwake/bin/darkwake compile &&", (ROOT / "Dockerfile").read_text())


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_the_unit_is_one_that_systemd_takes(tmp_path):
    unit = (ROOT / "docs" / "production" / "darkwake.service").read_text()
    program = tmp_path / "darkwake"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    (tmp_path / "darkwake.service").write_text(re.sub(r"ExecStart=\S+", f"ExecStart={program}", unit))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / "darkwake.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "darkwake.service" not in done.stderr, done.stderr
