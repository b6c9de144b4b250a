"""Where the service's processes come from: each is a fork of one that has loaded code and chart (`preload`).

Loading took each worker, and the compiler beside them, four seconds of CPU: on two cores the first request
waited for all of them, and the next one after a run that was stopped waited again.
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

LOADED = "app.workers.preload"

PR_SET_PDEATHSIG = 1
"""`prctl(2)`: the signal that a process gets when its parent dies."""


SOCKET_PATH_MAX = 107
"""Bytes of the path of a socket that Linux takes (`unix(7)`)."""
SOCKET_NAME = len("/pymp-12345678/listener-12345678")
"""What multiprocessing adds to the temporary folder for the socket on which the loaded process is asked."""


def context() -> ForkServerContext | SpawnContext:
    """Return how to start a process: from the loaded one, or a fresh one where that cannot be asked.

    So it is on systems that cannot fork, and where the path of the temporary folder is too long for a socket.
    """
    can_ask = len(os.fsencode(tempfile.gettempdir())) + SOCKET_NAME <= SOCKET_PATH_MAX
    if not can_ask or "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    return multiprocessing.get_context("forkserver")


def start_loading() -> None:
    """Start the process that loads, if it is not there: the sooner, the sooner the service is ready."""
    if context().get_start_method() == "forkserver":
        multiprocessing.set_forkserver_preload([LOADED])
        forkserver.ensure_running()


def leave_on_sigterm() -> None:
    """Let SIGTERM end this process as Ctrl-C does: what multiprocessing put on disk is then taken away."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())


def end_with_loaded() -> None:
    """End this process when the one that it is a fork of does (Linux).

    A fork whose server is gone can no longer be stopped: it would work on beside those that replace it.
    """
    if sys.platform == "linux" and context().get_start_method() == "forkserver":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
