# SPDX-License-Identifier: EUPL-1.2
"""Settings of one intake, from a TOML file and the environment; what is missing or unsafe refuses to start.

`MELDKLUIS_INTAKE_CONFIG` names the file. Each setting may also stand in the environment as
`MELDKLUIS_INTAKE_` and its name in capitals, which wins; lists are then separated by spaces.
There is no secret among them: the intake has no sessions and signs nothing.
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from limits import parse
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from crypto.handover import MAX_LETTER
from intake.errors import SettingsError

PREFIX = "MELDKLUIS_INTAKE_"
CONFIG = f"{PREFIX}CONFIG"
_ORIGIN = re.compile(r"(https?)://([a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?")
_CONTACT = re.compile(r"(mailto:[!-~]+@[!-~]+|https://[!-~]+)")
_PAGE = re.compile(r"https://[a-z0-9.-]+(:[0-9]{1,5})?/[!-~]*")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_DATABASES = ("sqlite:///", "postgresql+psycopg://")
_COUNTERS = ("memory://", "redis://", "rediss://", "redis+unix://")
LEAVE_TO = "https://www.buienradar.nl/"
"""The weather: what anybody may have on a screen."""
THEME = "neutral"
"""The look that belongs to no municipality."""
_MEBIBYTE = 1_048_576
_NUMBERS = {
    "free_space_mb": "megabytes",
    "reporter_quota_mib": "mebibytes",
    "committee_quota_mib": "mebibytes",
    "letters_most": "letters",
    "letters_mib": "mebibytes",
    "proxy_hops": "proxies in front",
}
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True, slots=True)
class Settings:
    """All that an operator decides; making one checks it.

    Raises:
        SettingsError: a value is unsafe or not of its kind.
    """

    data_folder: Path
    """Holds the database, its lock and the blobs; mode 0700, made by ``meldkluis-intake init``."""
    origins: tuple[str, ...]
    """Addresses under which the intake is reached, such as ``https://meldpunt.example``."""
    database_url: str = ""
    """SQLAlchemy URL; empty: SQLite in the data folder."""
    unsafe_loopback_http: bool = False
    """Allow ``http://127.0.0.1:…`` as an origin: for demonstrations and tests on one machine."""
    limiter_storage: str = "memory://"
    """Where the limiter counts: in each worker's memory, or in a Redis without persistence."""
    limiter_when_down: str = "open"
    """``open``: take reports uncounted while the counter store is down; ``closed``: refuse them."""
    opening_limit: str = "120/minute"
    """New logs for each client key; a class of 25 behind one address stays far below it."""
    append_limit: str = "60/minute"
    """Entries for each side of a log, counted after the signature was checked."""
    client_append_limit: str = "240/minute"
    """Entries of reporters for each client key, in whatever mailboxes."""
    client_claim_limit: str = "16384/hour"
    """Mebibytes of blobs that each client key claims, in whatever mailboxes."""
    letter_limit: str = "20/hour"
    """Letters by the plain form for each client key."""
    letter_mib: int = 16
    """Mebibytes of one letter."""
    letters_most: int = 500
    """Letters that wait for one desk."""
    letters_mib: int = 2048
    """Mebibytes of letters that wait for one desk."""
    reporter_quota_mib: int = 4096
    """Mebibytes of blobs that the reporter of a mailbox can claim in all."""
    committee_quota_mib: int = 4096
    """Mebibytes of blobs that the committee can claim in a mailbox in all."""
    free_space_mb: int = 1024
    """Megabytes (10^6 bytes) on the data folder's disk below which reporters are refused, and members are not."""
    proxy_hops: int = 0
    """Reverse proxies in front that append to ``X-Forwarded-For``; 0 reads no such header."""
    security_contact: str = ""
    """Where to tell of a weakness: ``mailto:…`` or ``https://…``; stands in ``/.well-known/security.txt``."""
    security_expires: str = ""
    """The day, YYYY-MM-DD, after which nobody should rely on that contact any more."""
    leave_to: str = LEAVE_TO
    """Where a reporter's browser goes when somebody leaves in a hurry: a harmless page, never one of the desk."""
    theme: str = THEME
    """Look of the pages: the name of a file in ``intake/web/themes`` (docs/themes.md)."""
    language: str = "nl"
    """Language of pages whose address names none."""

    def __post_init__(self) -> None:
        if not self.data_folder.is_absolute():
            raise SettingsError("data_folder: give an absolute path, such as /var/lib/meldkluis")
        if not self.origins:
            raise SettingsError("origins: name at least one address, such as https://meldpunt.example")
        for origin in self.origins:
            _check_origin(origin, loopback=self.unsafe_loopback_http)
        if self.database_url:
            _check_database(self.database_url)
        if not self.limiter_storage.startswith(_COUNTERS):
            raise SettingsError(f"limiter_storage: must start with one of {', '.join(_COUNTERS)}")
        if self.limiter_when_down not in {"open", "closed"}:
            raise SettingsError("limiter_when_down: must be open or closed")
        _check_contact(self.security_contact, self.security_expires)
        if not _PAGE.fullmatch(self.leave_to):
            raise SettingsError("leave_to: write it as https://host/ or https://host/path")
        for name in ("opening_limit", "append_limit", "client_append_limit", "client_claim_limit", "letter_limit"):
            _check_limit(name, getattr(self, name))
        for name, unit in _NUMBERS.items():
            _check_number(name, getattr(self, name), unit)
        _check_letter(self.letter_mib)

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.data_folder / 'intake.sqlite3'}"

    @property
    def blob_folder(self) -> Path:
        """Where the parts of blobs lie."""
        return self.data_folder / "blobs"

    def quota(self, side: str) -> int:
        """Return the bytes of blobs that a side of a mailbox, ``reporter`` or ``committee``, can claim in all."""
        return _MEBIBYTE * (self.reporter_quota_mib if side == "reporter" else self.committee_quota_mib)

    @property
    def hosts(self) -> Mapping[str, str]:
        """From the value of a ``Host`` header to its origin; https wins where both are configured."""
        return {urlsplit(origin).netloc: origin for origin in sorted(self.origins)}


def load(environ: Mapping[str, str] = os.environ) -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: no such file, an unknown setting, a missing or unsafe one.
    """
    given = _from_file(environ.get(CONFIG)) | _from_environment(environ)
    kinds = {field.name: field.type for field in fields(Settings)}
    if surplus := sorted(given.keys() - kinds.keys()):
        raise SettingsError(f"{surplus[0]}: there is no such setting; see docs/operations.md")
    for name in ("data_folder", "origins"):
        if name not in given:
            raise SettingsError(f"{name}: is missing; set {PREFIX}{name.upper()}, or {name} in the file of {CONFIG}")
    return Settings(**{name: _of_kind(name, value, kinds[name]) for name, value in given.items()})


def _from_file(path: str | None) -> dict[str, object]:
    if not path:
        return {}
    try:
        return tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{CONFIG}: the file cannot be read; give its path and let this user read it") from error
    except ValueError as error:
        raise SettingsError(f"{CONFIG}: the file is not TOML; see docs/operations.md") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    names = (name for name in environ if name.startswith(PREFIX) and name != CONFIG)
    return {name.removeprefix(PREFIX).lower(): environ[name] for name in names}


def _of_kind(name: str, value: object, kind: object) -> Any:
    """Turn a TOML value or an environment text into the setting's type."""
    if kind is Path and isinstance(value, str):
        return Path(value)
    if kind is str and isinstance(value, str):
        return value
    if kind == tuple[str, ...]:
        found = value.split() if isinstance(value, str) else value
        if isinstance(found, list) and all(isinstance(part, str) for part in found):
            return tuple(found)
    if kind is bool and (isinstance(value, bool) or value in _BOOLEANS):
        return value if isinstance(value, bool) else _BOOLEANS[str(value)]
    if kind is int and not isinstance(value, bool) and str(value).isdecimal():
        return int(str(value))
    raise SettingsError(f"{name}: is not of its kind; see docs/operations.md")


def _check_origin(origin: str, *, loopback: bool) -> None:
    match = _ORIGIN.fullmatch(origin)
    if match is None:
        raise SettingsError("origins: write each as https://host or https://host:port, lower case, without a path")
    host = match[2].strip("[]")
    if match[1] == "https" or host.endswith(".onion"):
        return
    if host not in _LOOPBACK:
        raise SettingsError("origins: plain http is safe for .onion addresses only; use https")
    if not loopback:
        raise SettingsError("origins: plain http on loopback needs unsafe_loopback_http = true; never for real reports")


def _check_database(url: str) -> None:
    if not url.startswith(_DATABASES):
        raise SettingsError(f"database_url: must start with {' or '.join(_DATABASES)}")
    try:
        make_url(url)
    except (ArgumentError, ValueError):
        # What it says may hold the password.
        raise SettingsError("database_url: is not an address; its port, if any, is a number") from None


def _check_number(name: str, number: int, unit: str) -> None:
    if number < 0:
        raise SettingsError(f"{name}: must be 0 or the number of {unit}")


def _check_letter(mebibytes: int) -> None:
    if not 0 < mebibytes * _MEBIBYTE <= MAX_LETTER:
        raise SettingsError(f"letter_mib: must be 1 to {MAX_LETTER // _MEBIBYTE} mebibytes")


def _check_contact(contact: str, expires: str) -> None:
    if not contact:
        return
    if not _CONTACT.fullmatch(contact):
        raise SettingsError("security_contact: write it as mailto:name@host or https://host/path")
    try:
        date.fromisoformat(expires)
    except ValueError as error:
        raise SettingsError("security_expires: write the day as YYYY-MM-DD") from error


def _check_limit(name: str, text: str) -> None:
    try:
        parse(text)
    except ValueError as error:
        raise SettingsError(f"{name}: write it as 120/minute") from error
