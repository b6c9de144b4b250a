"""Behind a reverse proxy: what a trusted one says of the request that it received."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

if TYPE_CHECKING:
    from collections.abc import Sequence
    from ipaddress import IPv4Network, IPv6Network

    from starlette.types import ASGIApp, Receive, Scope, Send

PREFIX = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")
HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
"""What a prefix and a host may be: they become part of links."""


def networks_of(trusted: Sequence[str]) -> tuple[IPv4Network | IPv6Network, ...]:
    """Return the networks of trusted proxies. Raises ValueError for what is no address or network."""
    return tuple(ip_network(each.strip(), strict=False) for each in trusted if each.strip())


class Proxied:
    """Take X-Forwarded-For, -Proto, -Host and -Prefix from trusted proxies, and from nobody else.

    uvicorn understands the first two; the others say where in the outside world this service lies, so that
    its pages and its OpenAPI document name addresses that exist.
    """

    def __init__(self, app: ASGIApp, trusted: Sequence[str]) -> None:
        self.app = app
        self.networks = networks_of(trusted)
        self.forwarded = ProxyHeadersMiddleware(app, ",".join(map(str, self.networks)))  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass every request on."""
        if scope["type"] != "http" or not self._is_trusted(scope):
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope)
        prefix, host = _first(given, "x-forwarded-prefix"), _first(given, "x-forwarded-host")
        scope = dict(scope)
        if prefix and PREFIX.fullmatch(prefix):
            scope = _under(scope, prefix.rstrip("/"))
        if host and HOST.fullmatch(host):
            headers = MutableHeaders(raw=list(scope["headers"]))
            headers["host"] = host
            scope["headers"] = headers.raw
        await self.forwarded(scope, receive, send)  # type: ignore[arg-type]

    def _is_trusted(self, scope: Scope) -> bool:
        client = scope.get("client")
        try:
            address = ip_address(client[0]) if client else None
        except ValueError:  # a socket file, or a test client
            address = None
        return address is not None and any(address in network for network in self.networks)


def _under(scope: Scope, prefix: str) -> Scope:
    """Return a request as received under a prefix, which ASGI counts as part of the path."""
    is_cut = not scope["path"].startswith(f"{prefix}/")  # by most proxies
    added = prefix if is_cut else ""
    return {
        **scope,
        "root_path": prefix + scope.get("root_path", ""),
        "path": added + scope["path"],
        "raw_path": added.encode() + scope.get("raw_path", scope["path"].encode()),
    }


def _first(headers: Headers, name: str) -> str:
    """Return the first of several values: that of the proxy that the client reached."""
    return headers.get(name, "").split(",")[0].strip()
