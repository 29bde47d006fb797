# SPDX-License-Identifier: EUPL-1.2
"""Serves the members' pages on this computer alone, and goes back to the terminal when they are locked."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread

from flask import Flask
from waitress import wasyncore
from waitress.server import BaseWSGIServer, create_server

from casework.domain.text import Language
from casework.errors import CaseworkError, PassphraseError
from casework.i18n import Translator
from casework.service.open_desk import OpenDesk
from casework.web.app import LONGEST_FORM, LONGEST_UPLOAD, create_app
from casework.web.gate import LOOK_SECONDS, TRIES, Gate
from casework.web.office import MovableDay
from casework.web.prefix import new_prefix

LOOPBACK = "127.0.0.1"
_THREADS = 8
# A little more than a form may be, so that our own page says that it is too long.
_LONGEST_REQUEST = LONGEST_UPLOAD + 4 * LONGEST_FORM
# What waitress would write to a temporary file: nothing, because pages and forms are plaintext.
_NEVER_ON_DISK = 2**40


def serve(
    unlock: Callable[[], OpenDesk],
    *,
    port: int = 0,
    language: Language = "nl",
    announce: Callable[[str], None] = print,
    practice: MovableDay | None = None,
) -> None:
    """Serve until somebody stops the program (KeyboardInterrupt passes through, after the desk was closed).

    `unlock` asks for the passphrase in the terminal; it is called at the start and after every lock. `port` 0 takes
    a free one. `announce` shows one line of text: the address, and each code to type in the browser. `practice` is as
    in `create_app`.

    Raises:
        CaseworkError: the port is taken or may not be used; also whatever `unlock` raises.
    """
    say = Translator(language)
    gate = Gate(lambda code: announce(say("Code to type in the browser: {code}", code=code)))
    prefix = new_prefix()
    try:
        server = listen(create_app(gate, prefix, language=language, practice=practice), port)
    except OSError as error:
        raise CaseworkError(
            "Port {port} of this computer is in use or may not be used. Nothing was started. "
            "Choose another, or leave --port out.",
            port=port,
        ) from error
    with answering(server):
        try:
            desk = unlock()
            address = f"http://{LOOPBACK}:{server.effective_port}{prefix}/"
            announce(say("Open this address in a browser: {address}", address=address))
            gate.admit(desk)
            while True:
                gate.wait_until_locked()
                announce(_locked(say, practice))
                # A request that is under way may last a little, and until then the folder is in use.
                while not desk.wait_until_closed(LOOK_SECONDS):
                    pass
                desk = _unlocked_again(unlock, lambda error: announce(say.explain(error)))
                gate.admit(desk)
        finally:
            gate.lock()


def _locked(say: Translator, practice: MovableDay | None) -> str:
    if practice is not None:
        return say("Locked. The exercise goes on where it was after you type the next code.")
    return say("Locked. The keys are forgotten until you type the passphrase again.")


def listen(app: Flask, port: int) -> BaseWSGIServer:
    """Return a server on loopback that keeps requests and answers in memory alone; `answering` runs it."""
    # Bound here, because waitress leaves its own socket open when the port is taken.
    bound = socket.create_server((LOOPBACK, port))
    return create_server(
        app,
        sockets=[bound],
        threads=_THREADS,
        ident=None,
        max_request_body_size=_LONGEST_REQUEST,
        inbuf_overflow=_NEVER_ON_DISK,
        outbuf_overflow=_NEVER_ON_DISK,
        # select() ends the loop at the first file number above 1023.
        asyncore_use_poll=True,
    )


@contextmanager
def answering(server: BaseWSGIServer) -> Iterator[None]:
    """Serve in a thread of its own until the block ends; browsers may still have connections open then."""
    thread = Thread(target=server.run, name="pages", daemon=True)
    thread.start()
    try:
        yield
    finally:
        # The loop closes what it has open by itself: it may be waiting for just that.
        server.trigger.pull_trigger(lambda: wasyncore.close_all(server._map))  # noqa: SLF001  no other way in
        thread.join()
        server.task_dispatcher.shutdown()


def _unlocked_again(unlock: Callable[[], OpenDesk], explain: Callable[[PassphraseError], None]) -> OpenDesk:
    """Unlock after a lock: a slip of the finger must not end the program, a wrong passphrase file must."""
    for _ in range(TRIES - 1):
        try:
            return unlock()
        except PassphraseError as error:
            explain(error)
    return unlock()
