# SPDX-License-Identifier: EUPL-1.2
"""The real intake on a loopback port, with a network between that fails when a test says so."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from werkzeug.serving import WSGIRequestHandler, make_server

from support.answering import answering
from support.in_process_intake import InProcessIntake
from support.intake_simulator import ORIGIN

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
ONION = f"http://{'meldpunt'.ljust(56, 'a')}.onion"
GATEWAY = [("Content-Type", "text/html"), ("Content-Length", "0")]


class _Quiet(WSGIRequestHandler):
    def log_request(self, *_values: object) -> None:
        """Print nothing."""


class ServedIntake(InProcessIntake):
    """Members reach it in this process; a reporter over HTTP at ``origin``."""

    def __init__(self, folder: Path, desk: str, document: bytes, today: date) -> None:
        self.server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=_Quiet)
        self.origin = f"http://127.0.0.1:{self.server.port}"
        super().__init__(folder, desk, document, today, origins=(ORIGIN, self.origin, ONION), unsafe_loopback_http=True)
        self.requests: list[tuple[str, str]] = []
        """Method and path of each request of a reporter."""
        self.headers: list[dict[str, str]] = []
        """The headers of each of them."""
        self.lose_requests = 0
        """So many requests that write never arrive."""
        self.lose_answers = 0
        """So many requests that write arrive, but their answers do not."""
        self.before_write: Callable[[], None] | None = None
        """Is called once, before the next request that writes."""
        self.instead: Callable[[str, bytes], bytes] = lambda _path, body: body
        """What the server says instead of the truth, by path."""

    @contextmanager
    def serving(self) -> Iterator[None]:
        with answering(self.server):
            yield
        self.service.close()

    @property
    def url(self) -> str:
        return f"{self.origin}/{self.desk}"

    @property
    def writes(self) -> int:
        """How many requests of a reporter tried to write."""
        return sum(method != "GET" for method, _ in self.requests)

    def _answer(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        path, writes = environ["PATH_INFO"], environ["REQUEST_METHOD"] != "GET"
        self.requests.append((environ["REQUEST_METHOD"], path))
        self.headers.append({name: str(value) for name, value in environ.items() if name.startswith("HTTP_")})
        if writes and self.before_write:
            act, self.before_write = self.before_write, None
            act()
        if writes and self.lose_requests:
            self.lose_requests -= 1
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            return _bad_gateway(start)
        answered: list[Any] = []
        body = b"".join(self._with_target(environ, lambda *head, **_: answered.append(head)))
        if writes and self.lose_answers:
            self.lose_answers -= 1
            return _bad_gateway(start)
        status, headers = answered[0][:2]
        told = self.instead(path, body)
        start(status, [(name, value) for name, value in headers if name.lower() != "content-length"])
        return [told]


def _bad_gateway(start: Any) -> Iterable[bytes]:
    start("502 Bad Gateway", GATEWAY)
    return [b""]
