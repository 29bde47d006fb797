# SPDX-License-Identifier: EUPL-1.2
"""Where the desk is, and which desk it must be: read from what the reporter typed, before anything is sent."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from crypto.desk import desk_from_words
from crypto.errors import FormatError
from crypto.fields import desk_id
from crypto.passphrase import normalise
from crypto.wordlist import LANGUAGES, word_list
from intake.reporter.errors import AddressError, UntrustedError

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_HOST = re.compile(r"([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:[0-9]+)?")
_USUAL_PORTS = {"https": ":443", "http": ":80"}
_PROXY_SCHEME = "socks5h"


@dataclass(frozen=True, slots=True)
class Address:
    """A desk at an intake."""

    origin: str
    """`https://host`, without a slash at the end."""
    desk: str
    typed: bool
    """The reporter also typed the desk from the poster, and it is this one."""

    @property
    def mailbox(self) -> str:
        """The address of the desk as a reporter may keep it."""
        return f"{self.origin}/{self.desk}"


def read_address(url: str, desk: str | None = None, words: str | None = None) -> Address:
    """Return where the desk of an address is.

    ``desk`` is its id and ``words`` its ten words, as on the poster; each may be left out.

    Raises:
        AddressError: not an address of a desk, or something typed is not in its form.
        UntrustedError: the address and what was typed from the poster name different desks.
    """
    parts = _split(url)
    named = [found for found in (_desk_in(parts), _typed_id(desk)) if found]
    spoken = _desks_of(words) if words is not None else None
    if spoken is not None:
        named.append(next((one for one in spoken if one in named), spoken[0]))
    if not named:
        raise AddressError(
            "This address does not say which desk it is. Nothing was sent. Give the whole address of the poster, or "
            "add --desk or --desk-words."
        )
    if len(set(named)) > 1:
        raise UntrustedError(
            "The address leads to another desk than the one you typed from the poster. Nothing was sent. Compare both "
            "with the poster, letter by letter. Is the address right? Then report in another way."
        )
    return Address(_origin(parts, url), named[0], typed=desk is not None or spoken is not None)


def check_proxy(proxy: str | None, origin: str) -> None:
    """Check that names are resolved by the proxy, and that an onion service has one.

    Raises:
        AddressError: another kind of proxy, or none for an onion service.
    """
    if proxy is None:
        if origin.endswith(".onion") or ".onion:" in origin:
            raise AddressError(
                "An .onion address needs Tor. Nothing was sent. Start Tor and add --proxy socks5h://127.0.0.1:9050 "
                "(with Tor Browser open: 9150)."
            )
        return
    parts = _split(proxy)
    if parts.scheme != _PROXY_SCHEME or not _HOST.fullmatch(parts.netloc.rpartition("@")[2]) or parts.port is None:
        raise AddressError(
            "A proxy is socks5h://HOST:PORT, so that names are looked up by the proxy and not from this computer. "
            "Nothing was sent."
        )


def _split(url: str) -> SplitResult:
    try:
        found = urlsplit(url)
        if found.port is None or found.port > 0:
            return found
    except ValueError as error:
        raise _bad_address(url) from error
    raise _bad_address(url)


def _origin(parts: SplitResult, url: str) -> str:
    host = parts.hostname or ""
    private = host in _LOOPBACK or host.endswith((".onion", ".localhost"))
    named = parts.netloc.lower()
    if not _HOST.fullmatch(named) or parts.scheme not in ("https", *["http"] * private):
        raise _bad_address(url)
    # An origin has no port that goes without saying, and the signature of a request covers it.
    return f"{parts.scheme}://{named.removesuffix(_USUAL_PORTS[parts.scheme])}"


def _bad_address(url: str) -> AddressError:
    return AddressError(
        "{url} is not an address that can be used. Nothing was sent. It begins with https://; http:// is only for "
        ".onion addresses and for this computer itself.",
        url=url,
    )


def _desk_in(parts: SplitResult) -> str | None:
    first = parts.path.strip("/").partition("/")[0]
    try:
        return desk_id(first)
    except FormatError:
        return None


def _typed_id(desk: str | None) -> str | None:
    if desk is None:
        return None
    try:
        return desk_id("".join(desk.split()).lower())
    except FormatError as error:
        raise AddressError(
            "The number of the desk is not complete, or has a wrong letter. Nothing was sent. It has 26 letters and "
            "digits; compare it with the poster."
        ) from error


def _desks_of(words: str) -> list[str]:
    """Return the desks that ten words stand for: one, or none; two where all are in both lists."""
    spoken, found = normalise(words).split(), []
    for language in LANGUAGES:
        try:
            found.append(desk_from_words(spoken, word_list(language)))
        except FormatError:
            continue
    if not found:
        raise AddressError(
            "These are not the ten words of a desk. Nothing was sent. Compare them with the poster, word by word."
        )
    return found
