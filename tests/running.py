"""Ways to run the product in tests: reports as a batch that was read, and the command line."""

import dataclasses

import numpy as np
from typer.testing import CliRunner

from app.cli.main import cli
from app.readers.base.reader import Batch
from app.readers.base.rejects import RejectLog
from detectors.tracks.reports import Reports

runner = CliRunner()


def batch_of(*parts, statics=()):
    reports = Reports.concat(list(parts))
    reports = dataclasses.replace(reports, source_row=np.arange(len(reports), dtype=np.int32))
    return Batch("csv", len(reports), reports, RejectLog("test.csv"), statics)


def ran(*words, code=0, **kwargs):
    result = runner.invoke(cli, [str(w) for w in words], catch_exceptions=False, **kwargs)
    assert result.exit_code == code, result.output
    return result
