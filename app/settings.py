"""Limits and defaults of the service, from DARKWAKE_* variables."""

from __future__ import annotations

import os
from difflib import get_close_matches
from ipaddress import ip_network
from pathlib import Path  # noqa: TC003 - pydantic looks at it
from typing import TYPE_CHECKING

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.inputs.operator_files import OperatorFiles

if TYPE_CHECKING:
    from collections.abc import Iterable

MIB = 1 << 20
GIB = 1 << 30
TIB = 1 << 40
DAY_S = 86_400
PREFIX = "DARKWAKE_"

OTHER_VARIABLES = ("DARKWAKE_SHARED", "DARKWAKE_PICTURES", "DARKWAKE_COMMIT")
"""Variables that tests and the image use, and no setting of the service."""


FROM_ENVIRONMENT = SettingsConfigDict(env_prefix=PREFIX, frozen=True, allow_inf_nan=False)


class InputLimits(BaseSettings):
    """How much input one run accepts. Over HTTP a larger body is answered 413."""

    model_config = FROM_ENVIRONMENT

    max_body_bytes: int = Field(
        default=512 * MIB, ge=1024, le=TIB, description="Largest request body, in bytes"
    )
    max_json_bytes: int = Field(
        default=128 * MIB, ge=1024, le=TIB, description="Largest body of POST /v1/detect, in bytes"
    )
    max_file_bytes: int = Field(
        default=16 * GIB, ge=1024, le=TIB, description="Largest file of the CLI, in bytes"
    )
    max_unpacked_bytes: int = Field(
        default=4 * GIB, ge=1024, le=TIB, description="Largest decompressed size of one file, in bytes"
    )


class RunLimits(BaseSettings):
    """How many runs the service does at once. Beyond it a request is answered 503 with Retry-After."""

    model_config = FROM_ENVIRONMENT

    max_runs: int = Field(default=2, ge=1, le=256, description="Runs at once in one server process")
    max_run_s: float = Field(
        default=300.0,
        gt=0,
        le=DAY_S,
        description="Longest run, in seconds; then it is stopped and answered 422",
    )
    max_queue: int = Field(default=4, ge=0, le=4096, description="Requests that may wait for a run")
    retry_after_s: int = Field(default=10, ge=1, le=DAY_S, description="Value of Retry-After, in seconds")
    model: Path | None = Field(default=None, description="Anomaly model to use (made by `darkwake train`)")
    zones: Path | None = Field(default=None, description="User zones: GeoJSON or GeoPackage")
    reception: Path | None = Field(
        default=None, description="Reception background to use (made by `darkwake reception learn`)"
    )
    interprets: bool = Field(
        default=True,
        description="On a new machine, run kernels interpreted while that is quicker than to compile them",
    )

    @property
    def operator_files(self) -> OperatorFiles:
        """The operator files."""
        return OperatorFiles(self.model, self.zones, self.reception)


class ServerLimits(BaseSettings):
    """What one server process holds for its clients."""

    model_config = FROM_ENVIRONMENT

    max_scratch_bytes: int = Field(
        default=16 * GIB,
        ge=MIB,
        le=64 * TIB,
        description="Temporary files of one server process, in bytes: half for bodies, half for unpacking",
    )

    max_connections: int = Field(
        default=512,
        ge=1,
        le=65_536,
        description="Open connections of one server process; fewer where its file descriptors are fewer",
    )
    header_timeout_s: float = Field(
        default=10.0, gt=0, le=3600, description="Time for the head of a request, in seconds; then 408"
    )
    body_timeout_s: float = Field(
        default=30.0,
        gt=0,
        le=3600,
        description="Longest time without progress of a body (then 408) or of an answer, in seconds",
    )
    max_upload_s: float = Field(
        default=3600.0, gt=0, le=DAY_S, description="Longest upload, in seconds; then 408"
    )
    grace_s: int = Field(
        default=8,
        ge=0,
        le=3600,
        description="Time for running jobs when the service is told to end, in seconds",
    )

    cors_origins: str = Field(
        default="", description="Origins whose pages may ask, with commas between; none by default"
    )
    trusted_proxies: str = Field(
        default="127.0.0.1,::1",
        description="Addresses or networks of proxies whose X-Forwarded-* headers count, with commas between",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def _are_networks(cls, value: str) -> str:
        for each in filter(None, map(str.strip, value.split(","))):
            ip_network(each, strict=False)
        return value

    @property
    def origins(self) -> list[str]:
        """The origins of `cors_origins`."""
        return [each.strip() for each in self.cors_origins.split(",") if each.strip()]

    @property
    def body_scratch_bytes(self) -> int:
        """What the bodies of all requests may take on the disk."""
        return self.max_scratch_bytes // 2

    def run_scratch_bytes(self, max_runs: int) -> int:
        """Return what each run may unpack."""
        return self.max_scratch_bytes // 2 // max_runs


SETTINGS: tuple[type[BaseSettings], ...] = (InputLimits, RunLimits, ServerLimits)
"""Every class of settings; docs/settings.md lists them."""


def variable(name: str) -> str:
    """Return the environment variable of a setting."""
    return PREFIX + name.upper()


def unknown_variables(environment: Iterable[str] = os.environ) -> list[str]:
    """Return a sentence for each DARKWAKE_* variable that is no setting, with the name that may be meant.

    >>> unknown_variables(["DARKWAKE_MAX_RUN", "PATH"])
    ['DARKWAKE_MAX_RUN is no setting and is ignored: is DARKWAKE_MAX_RUNS or DARKWAKE_MAX_RUN_S meant?']
    """
    known = [variable(name) for settings in SETTINGS for name in settings.model_fields]
    given = [name for name in environment if name.upper().startswith(PREFIX)]
    return [_unknown(name, known) for name in given if name.upper() not in (*known, *OTHER_VARIABLES)]


def _unknown(name: str, known: list[str]) -> str:
    ends = [each.removeprefix(PREFIX) for each in known]
    meant = [PREFIX + end for end in get_close_matches(name.upper().removeprefix(PREFIX), ends, n=2)]
    asked = f": is {' or '.join(meant)} meant?" if meant else "; docs/settings.md lists those that there are"
    return f"{name} is no setting and is ignored{asked}"
