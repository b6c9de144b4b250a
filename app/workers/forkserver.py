"""The forkserver: each worker process is a fork of one that has loaded code and chart (`preload`).

Without it each worker, and the kernel compiler, loads for four seconds of CPU: on two cores the first request
waits for all of them, and the next one after a run that was stopped waits again.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
import tempfile
from multiprocessing import forkserver
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

PRELOADED = "app.workers.preload"

PR_SET_PDEATHSIG = 1
"""`prctl(2)`: the signal that a process gets when its parent dies."""


SOCKET_PATH_MAX = 107
"""Bytes of the path of a socket that Linux takes (`unix(7)`)."""
SOCKET_NAME = len("/pymp-12345678/listener-12345678")
"""What multiprocessing adds to the temporary folder for the forkserver's socket."""


def context() -> ForkServerContext | SpawnContext:
    """Return how to start a process: by the forkserver, else a fresh one (spawn).

    Spawn serves systems that cannot fork, and a temporary folder whose path is too long for a socket.
    """
    fits_socket = len(os.fsencode(tempfile.gettempdir())) + SOCKET_NAME <= SOCKET_PATH_MAX
    if not fits_socket or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")


def start_forkserver() -> None:
    """Start the forkserver if it does not run yet: the sooner, the sooner the service is ready."""
    if context().get_start_method() == "forkserver":
        multiprocessing.set_forkserver_preload([PRELOADED])
        forkserver.ensure_running()


def leave_on_sigterm() -> None:
    """Let SIGTERM end this process as Ctrl-C does: multiprocessing then removes its files."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())


def die_with_parent() -> None:
    """End this process when its parent, the forkserver, ends (Linux).

    A fork whose forkserver is gone can no longer be stopped: it would go on beside the processes that
    replace it.
    """
    if sys.platform == "linux" and context().get_start_method() == "forkserver":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
