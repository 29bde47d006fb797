# SPDX-License-Identifier: EUPL-1.2
"""Stops the members' tool right after its n-th durable effect, as a power cut would.

Durable effects are writes that the intake stored, replacements of the key file, and transactions of the vault.
What happens between two of them is lost either way, so stopping after each covers every point.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import httpx

from casework.folder.home import Home
from casework.folder.spool import Spool
from casework.folder.vault import Vault
from casework.wire.exchange import Exchange

_EFFECTS: tuple[tuple[type, str], ...] = (
    (Home, "write_keys"),
    (Vault, "extend"),
    (Vault, "settle_mailbox"),
    (Vault, "record_listing"),
    (Vault, "keep_bundle"),
    (Vault, "mark_void"),
    (Vault, "mark_incident"),
    (Vault, "replace_voids"),
    (Vault, "queue"),
    (Vault, "settle_blob"),
    (Vault, "unqueue"),
    (Spool, "put"),
    (Spool, "sent"),
    (Exchange, "_exchange"),
)


class PowerCut(BaseException):
    """Not an Exception: nothing in the tool may catch it."""


@contextmanager
def power_cut_after(effects: int) -> Iterator[None]:
    """Let so many durable effects happen, then stop."""
    left = effects

    def counted(original: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **named: object) -> object:
            nonlocal left
            done = original(*arguments, **named)
            if not (isinstance(arguments[1], httpx.Request) and arguments[1].method == "GET"):
                left -= 1
                if left == 0:
                    raise PowerCut
            return done

        return run

    patches = [patch.object(kind, name, counted(getattr(kind, name))) for kind, name in _EFFECTS]
    for each in patches:
        each.start()
    try:
        yield
    finally:
        for each in patches:
            each.stop()
