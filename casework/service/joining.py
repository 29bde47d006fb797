# SPDX-License-Identifier: EUPL-1.2
"""A member's first contact with a desk: check it against the id or the ten words that were handed over."""

from datetime import date

import httpx

from casework.desk import desks
from casework.errors import CaseworkError, DeskRefusedError, HomeError
from casework.folder.home import Home, Settings
from casework.folder.keyring import Keyring
from casework.folder.vault import Vault
from casework.sync import syncing
from casework.wire.exchange import checked_origin
from casework.wire.intake_client import IntakeClient
from crypto.desk import Desk, desk_from_words
from crypto.errors import FormatError
from crypto.fields import desk_id
from crypto.passphrase import normalise
from crypto.wordlist import LANGUAGES, word_list

_SPOKEN_WORDS = 10


def read_desk_address(text: str) -> str:
    """Return the desk id that a text gives, as 26 characters or as the poster's ten words.

    Raises:
        DeskRefusedError: it is neither.
    """
    spoken = normalise(text).split()
    if len(spoken) != _SPOKEN_WORDS:
        try:
            return desk_id(text.strip())
        except FormatError as error:
            raise _bad_address() from error
    for language in LANGUAGES:
        if set(spoken) <= set(word_list(language)):
            try:
                return desk_from_words(spoken, word_list(language))
            except FormatError as error:
                raise _bad_address() from error
    raise _bad_address()


def join(
    home: Home,
    passphrase: str,
    origin: str,
    address: str,
    today: date,
    *,
    proxy: str | None = None,
    transport: httpx.BaseTransport | None = None,
) -> Desk:
    """Verify the desk at an intake, publish this member's first epoch, and remember the desk in the folder.

    Raises:
        DeskRefusedError: another desk than the address says, or one that does not name this member.
        CaseworkError: `proxy` is not the address of a proxy.
        HomeError, PassphraseError, IntakeError, DayMismatchError: as they say; the folder is as it was.
    """
    desk = read_desk_address(address)
    _check_proxy(proxy)
    home.claim()
    try:
        keyring = Keyring.unlock(home, passphrase)
        settings = Settings(checked_origin(origin), desk, keyring.secrets.member, proxy)
        return _join(home, keyring, settings, today, transport)
    finally:
        home.release()


def _join(home: Home, keyring: Keyring, settings: Settings, today: date, transport: httpx.BaseTransport | None) -> Desk:
    if home.has_settings() and home.settings().desk != settings.desk:
        raise HomeError(
            "The folder {folder} belongs to another desk. Nothing was changed. Use another folder for this desk "
            "(--home).",
            folder=home.folder,
        )
    client = IntakeClient(settings.origin, settings.proxy, transport)
    vault = Vault(home.vault_file)
    try:
        syncing.begin(keyring, today)
        found = desks.refresh(settings.desk, client, keyring, vault, today)
        home.write_settings(settings)
        return found
    finally:
        vault.close()
        client.close()


def _check_proxy(proxy: str | None) -> None:
    try:
        known = proxy is None or bool(httpx.Proxy(proxy).url.host)
    except (ValueError, httpx.InvalidURL):
        known = False
    if not known:
        raise CaseworkError(
            "This is no address of a proxy: {proxy}. Nothing was changed. "
            "It is written as in socks5h://127.0.0.1:9050.",
            proxy=proxy,
        )


def _bad_address() -> DeskRefusedError:
    return DeskRefusedError("This is no desk's address. It has 26 letters and digits, or ten words; see the poster.")
