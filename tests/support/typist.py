# SPDX-License-Identifier: EUPL-1.2
"""A person at a real terminal: a process with a pseudo-terminal of its own, read until it asks, and typed to."""

import os
import selectors
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

SECONDS = 30.0
TERMINAL = Path("/dev/tty")
# The first terminal that a new session opens becomes its own.
OWN_TERMINAL = ("sh", "-c", ': <"$0" && exec "$@"')


class Typist:
    """One process; ``screen`` has all that the terminal showed, typed signs that were echoed among it."""

    def __init__(self, command: list[str | Path], env: Mapping[str, str], cwd: Path, stdin: Path = TERMINAL) -> None:
        self._terminal, inside = os.openpty()
        with (Path(os.ttyname(inside)) if stdin == TERMINAL else stdin).open("rb") as source:
            self.process = subprocess.Popen(
                [*OWN_TERMINAL, os.ttyname(inside), *command],
                stdin=source,
                stdout=inside,
                stderr=inside,
                env=env,
                cwd=cwd,
                start_new_session=True,
            )
        os.close(inside)
        self._asks = selectors.DefaultSelector()
        self._asks.register(self._terminal, selectors.EVENT_READ)
        self.screen = ""
        self._read = 0

    def wait_for(self, text: str) -> None:
        """Return when the terminal has shown a text since the last one that was waited for."""
        end = time.monotonic() + SECONDS
        while text not in self.screen[self._read :]:
            assert self._asks.select(max(0.0, end - time.monotonic())), self.screen
            piece = self._take()
            assert piece, self.screen
            self.screen += piece
        self._read = self.screen.index(text, self._read) + len(text)

    def type(self, line: str) -> None:
        os.write(self._terminal, f"{line}\n".encode())

    def leave(self) -> int:
        """Return the exit code, when the process has ended."""
        while piece := self._take():
            self.screen += piece
        code = self.process.wait(SECONDS)
        self._asks.close()
        os.close(self._terminal)
        return code

    def _take(self) -> str:
        try:
            return os.read(self._terminal, 65_536).decode(errors="replace").replace("\r\n", "\n")
        except OSError:
            # Linux says so when nobody holds the other end any more.
            return ""
