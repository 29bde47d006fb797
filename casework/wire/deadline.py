# SPDX-License-Identifier: EUPL-1.2
"""A deadline for a whole exchange with the intake, not for each read: an intake that drips bytes must not hold a tool.

httpx counts time for each read only, so the streams under it are wrapped: whatever is read or written, the time
that is left of the exchange is all there is.
"""

import ssl
from collections.abc import Iterable
from time import monotonic

import httpcore
import httpx


class Deadline:
    """How long the exchange that is under way may still take; one at a time."""

    def __init__(self, seconds: float) -> None:
        self.start(seconds)

    def start(self, seconds: float) -> None:
        """Begin an exchange that may take so long."""
        self._end = monotonic() + seconds

    def capped(self, timeout: float | None) -> float:
        """Return a timeout in seconds that ends with the exchange at the latest.

        Raises:
            httpcore.ReadTimeout: the exchange has taken its time; httpx makes it an httpx.TransportError.
        """
        left = self._end - monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the exchange took too long")
        return left if timeout is None else min(left, timeout)

    def guard(self, client: httpx.Client) -> None:
        """Make every connection that the client opens from now on end with the exchange."""
        for transport in (client._transport, *client._mounts.values()):  # noqa: SLF001 - httpx has no other way in
            if isinstance(transport, httpx.HTTPTransport):
                transport._pool._network_backend = _Backend(self)  # noqa: SLF001


class _Stream(httpcore.NetworkStream):
    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.capped(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.capped(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        capped = self._deadline.capped(timeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, capped), self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._backend = httpcore.SyncBackend()
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        capped = self._deadline.capped(timeout)
        return _Stream(self._backend.connect_tcp(host, port, capped, local_address, socket_options), self._deadline)
