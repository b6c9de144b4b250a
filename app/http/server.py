"""The server process or processes: uvicorn with our limits, and an end within bounds."""

from __future__ import annotations

import signal
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from app.http.logs import log_config
from app.http.protocol import BoundedProtocol
from app.http.scratch import remove_abandoned
from app.settings import ServerLimits

if TYPE_CHECKING:
    from types import FrameType

APP = "api:app"
CHECKED_EVERY_S = 0.1


@dataclass(frozen=True)
class Listening:
    """Where the service listens, by how many processes, and under which path of a proxy."""

    host: str
    port: int
    workers: int = 1
    root_path: str = ""


class Server(uvicorn.Server):
    """A server that a second signal of any kind ends at once; uvicorn's own heeds a second Ctrl-C alone."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end; at the second signal, end."""
        if self.should_exit:
            self.force_exit = True
        super().handle_exit(sig, frame)


class Supervisor(Multiprocess):
    """Several server processes; they end by themselves within their grace, or at a second signal at once."""

    def join_all(self) -> None:
        """Take no more connections and wait for the processes; kill them when a second signal comes."""
        for listener in self.sockets:
            listener.close()
        for each in self.processes:
            while each.process.is_alive():
                each.process.join(CHECKED_EVERY_S)
                if {signal.SIGTERM, signal.SIGINT} & set(self.signal_queue):
                    for other in self.processes:
                        other.process.kill()


def run_server(listening: Listening) -> None:
    """Serve until a signal ends it. Leaves by SystemExit where it cannot start."""
    config = uvicorn.Config(
        APP,
        host=listening.host,
        port=listening.port,
        workers=listening.workers,
        root_path=listening.root_path,
        http=BoundedProtocol,
        proxy_headers=False,  # `Proxied` understands more of them
        access_log=False,  # `Observed` has more to say
        log_config=log_config(is_terminal=sys.stderr.isatty()),
        timeout_graceful_shutdown=ServerLimits().grace_s,
    )
    if config.workers > 1:
        Supervisor(config, [config.bind_socket()]).run()
        remove_abandoned(Path(tempfile.gettempdir()))
        return
    server = Server(config)
    server.run()
    if not server.started:
        sys.exit(STARTUP_FAILURE)
