# SPDX-License-Identifier: EUPL-1.2
"""Lets a server of the standard library's kind answer in a thread while a test runs."""

from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import BaseServer
from threading import Thread

LOOK_SECONDS = 0.01


@contextmanager
def answering(server: BaseServer) -> Iterator[None]:
    """Serve until the block ends; the server looks often whether it has, by itself twice a second."""
    thread = Thread(target=server.serve_forever, args=(LOOK_SECONDS,))
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
