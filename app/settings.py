"""Limits and defaults of the service, from DARKWAKE_* variables."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003 - pydantic looks at it

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.inputs.operator_files import OperatorFiles

MIB = 1 << 20
GIB = 1 << 30


class InputLimits(BaseSettings):
    """How much input one run accepts. Over HTTP a larger body is answered 413."""

    model_config = SettingsConfigDict(env_prefix="DARKWAKE_", frozen=True)

    max_body_bytes: int = Field(default=512 * MIB, ge=1024, description="Largest request body, in bytes")
    max_json_bytes: int = Field(
        default=128 * MIB, ge=1024, description="Largest body of POST /v1/detect, in bytes"
    )
    max_file_bytes: int = Field(default=16 * GIB, ge=1024, description="Largest file of the CLI, in bytes")
    max_unpacked_bytes: int = Field(
        default=4 * GIB, ge=1024, description="Largest decompressed size of one file, in bytes"
    )


class RunLimits(BaseSettings):
    """How many runs the service does at once. Beyond it a request is answered 503 with Retry-After."""

    model_config = SettingsConfigDict(env_prefix="DARKWAKE_", frozen=True)

    max_runs: int = Field(default=2, ge=1, le=256, description="Runs at once in one server process")
    max_run_s: float = Field(default=300.0, gt=0, description="Longest run, in seconds; then it is stopped")
    max_queue: int = Field(default=4, ge=0, le=4096, description="Requests that may wait for a run")
    retry_after_s: int = Field(default=10, ge=1, description="Value of Retry-After, in seconds")
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
