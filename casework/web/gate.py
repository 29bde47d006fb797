# SPDX-License-Identifier: EUPL-1.2
"""Who may use the pages: one browser, after a code from the terminal was typed in it.

A gate is shut (no desk), waiting (a desk, and a code that nobody typed yet) or open (one browser holds the
session). Locking closes the desk, which forgets its keys. What somebody was still typing then stays in memory,
for that browser alone, and comes back after the next code.
"""

import hmac
import math
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Condition

from casework.service.open_desk import OpenDesk

# No 0 and O, no 1, I and L: the code is read from one window and typed in another.
_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_CODE_LENGTH = 8
TRIES = 5
IDLE_SECONDS = 15 * 60
RENEW_SECONDS = 30
# Short, because a waiting thread does not hear Ctrl-C on Windows.
LOOK_SECONDS = 1.0

Typed = Mapping[str, Sequence[str]]


class Gate:
    """The desk, the code and the one session; `announce` shows a code where only the member can read it.

    Every method may be called from several threads. `now` counts seconds and never goes back.
    """

    def __init__(
        self,
        announce: Callable[[str], None],
        *,
        idle_seconds: float = IDLE_SECONDS,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.idle_seconds = idle_seconds
        self._announce = announce
        self._now = now
        self._changed = Condition()
        self._desk: OpenDesk | None = None
        self._code = ""
        self._tries = 0
        self._session = ""
        self._last_session = ""
        self._last_used = 0.0
        self._renewed = -math.inf
        self._kept: dict[str, Typed] = {}

    def admit(self, desk: OpenDesk) -> None:
        """Guard an unlocked desk, and announce the code that lets one browser in."""
        with self._changed:
            self._desk = desk
            self._last_used = self._now()
            self._draw_code()

    def renew_code(self) -> bool:
        """Announce another code, after which the one before no longer works; say whether that was done.

        Whoever reaches the pages may ask, before any code: not more often than `RENEW_SECONDS`, so that nobody can
        keep a member out or fill the terminal, and not while somebody is in.
        """
        with self._changed:
            self._lock_if_idle()
            waited = self._now() - self._renewed
            if self._desk is None or self._session or waited < RENEW_SECONDS:
                return False
            self._renewed = self._now()
            self._draw_code()
            return True

    def enter(self, typed: str, visitor: str) -> str | None:
        """Return a fresh session for the right code, else None; the fifth wrong code announces another one.

        `visitor` is the session that the browser had before, if any: what it was typing is still its own.
        """
        asked = "".join(sign for sign in typed.upper() if sign.isalnum())
        with self._changed:
            if self._desk is None or not self._code:
                return None
            if not _same(asked, self._code):
                self._tries += 1
                if self._tries >= TRIES:
                    self._draw_code()
                return None
            if not _same(visitor, self._last_session):
                self._kept.clear()
            self._code = ""
            self._session = self._last_session = secrets.token_urlsafe(32)
            self._last_used = self._now()
            return self._session

    def desk_for(self, session: str) -> OpenDesk | None:
        """Return the desk if this session is the open one; that counts as use. Locks when it was idle too long."""
        with self._changed:
            self._lock_if_idle()
            if self._desk is None or not _same(session, self._session):
                return None
            self._last_used = self._now()
            return self._desk

    @property
    def is_shut(self) -> bool:
        """Whether somebody has to type the passphrase in the terminal first."""
        with self._changed:
            return self._desk is None

    @property
    def is_taken(self) -> bool:
        """Whether a browser is in, so that there is no code to type."""
        with self._changed:
            self._lock_if_idle()
            return bool(self._session)

    def keep(self, session: str, path: str, typed: Typed) -> bool:
        """Keep what a browser sent while, or just before, it was locked out; say whether it had been let in."""
        with self._changed:
            if not _same(session, self._last_session):
                return False
            self._kept[path] = typed
            return True

    def kept_paths(self) -> tuple[str, ...]:
        """Return the paths of the pages whose typed text is kept."""
        with self._changed:
            return tuple(self._kept)

    def take_kept(self, path: str) -> Typed | None:
        """Return, once, what was being typed on the page at `path`."""
        with self._changed:
            return self._kept.pop(path, None)

    def lock(self) -> None:
        """Close the desk, so that its keys are forgotten, and end the session; waits for nothing."""
        with self._changed:
            self._lock()

    def wait_until_locked(self) -> None:
        """Return when the gate is shut, by hand or because nobody used it."""
        with self._changed:
            while self._desk is not None:
                self._changed.wait(LOOK_SECONDS)
                self._lock_if_idle()

    def _draw_code(self) -> None:
        self._code = "".join(secrets.choice(_SIGNS) for _ in range(_CODE_LENGTH))
        self._tries = 0
        half = _CODE_LENGTH // 2
        self._announce(f"{self._code[:half]}-{self._code[half:]}")

    def _lock_if_idle(self) -> None:
        if self._session and self._now() - self._last_used >= self.idle_seconds:
            self._lock()

    def _lock(self) -> None:
        if self._desk is not None:
            self._desk.close()
        self._desk, self._code, self._session = None, "", ""
        self._changed.notify_all()


def _same(given: str, held: str) -> bool:
    """Compare in constant time; nothing equals an empty secret."""
    return bool(held) and hmac.compare_digest(given.encode(), held.encode())
