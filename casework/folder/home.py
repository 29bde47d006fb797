# SPDX-License-Identifier: EUPL-1.2
"""A member's folder: the sealed key file, the vault of ciphertexts, and three public settings.

    keys.json      FORMAT.md section 10; replaced as a whole, never written in place
    vault.sqlite   see `vault`
    blobs/         sealed files that are under way; see `spool`
    protocols/     the desk's own protocol files, by their digest; nothing secret
    settings.json  {"origin", "desk", "member", "proxy", "protocol"}; nothing secret
    lock.sqlite    empty; its file lock says that a tool has this folder open

The lock is SQLite's, because that is the one file lock that Windows, macOS and Linux share and that
ends with its process. Two tools in one folder would overwrite each other's keys.
"""

import contextlib
import json
import os
import secrets
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path

from casework.errors import HomeError
from casework.protocols import FOR_NEW_CASES
from crypto.encoding import parse_json
from crypto.errors import FormatError
from crypto.fields import desk_id, fields, member_id, optional, text

_HALF = ".new"
_SETTINGS = {"origin": text, "desk": desk_id, "member": member_id, "proxy": optional(text), "protocol": text}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the desk is: origin (`https://host`, no path), desk id, own member id, SOCKS proxy address or None.

    `protocol` is the id of the protocol that new cases follow.
    """

    origin: str
    desk: str
    member: str
    proxy: str | None = None
    protocol: str = FOR_NEW_CASES


class Home:
    """The folder of one member of one desk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key_file = folder / "keys.json"
        self.vault_file = folder / "vault.sqlite"
        self.blob_folder = folder / "blobs"
        self._protocol_folder = folder / "protocols"
        self._settings_file = folder / "settings.json"
        self._lock: sqlite3.Connection | None = None

    def claim(self) -> None:
        """Create the folder if needed and keep every other tool out of it until `release`.

        Raises:
            HomeError: another tool has it open.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = sqlite3.connect(self.folder / "lock.sqlite", timeout=0, isolation_level=None, check_same_thread=False)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            raise HomeError(
                "Another Meldkluis has this folder open ({folder}). Nothing was changed. Close it there first.",
                folder=self.folder,
            ) from error
        self._lock = lock
        self._discard_halves()

    def release(self) -> None:
        """Let other tools in; calling it twice does no harm."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def require_keys(self) -> None:
        """Check that there is a key file, before a passphrase for it is asked.

        Raises:
            HomeError: there is none.
        """
        if not self.key_file.exists():
            raise self._no_keys()

    def read_keys(self) -> bytes:
        """Return the sealed key file.

        Raises:
            HomeError: there is none.
        """
        try:
            return self.key_file.read_bytes()
        except FileNotFoundError as error:
            raise self._no_keys() from error

    def write_keys(self, data: bytes) -> None:
        """Replace the sealed key file."""
        write_atomically(self.key_file, data)

    def has_settings(self) -> bool:
        """Tell whether this folder has joined a desk."""
        return self._settings_file.exists()

    def settings(self) -> Settings:
        """Return the settings.

        Raises:
            HomeError: this folder has not joined a desk, or the file is damaged.
        """
        if not self.has_settings():
            raise HomeError("This folder has not joined a desk yet. Run `meldkluis-casework join` first.")
        try:
            found = parse_json(self._settings_file.read_bytes())
            # A folder that joined with an earlier version names no protocol.
            known = {"protocol": FOR_NEW_CASES, **found} if isinstance(found, dict) else found
            return Settings(**fields(known, _SETTINGS))
        except FormatError as error:
            raise HomeError(
                "The file {file} is damaged. Nothing was changed. Join the desk again to write it anew.",
                file=self._settings_file,
            ) from error

    def write_settings(self, settings: Settings) -> None:
        """Replace the settings."""
        write_atomically(self._settings_file, json.dumps(asdict(settings), indent=2).encode())

    def protocol_files(self) -> tuple[tuple[str, bytes], ...]:
        """Return the desk's own protocol files, with their names."""
        return tuple((file.name, file.read_bytes()) for file in sorted(self._protocol_folder.glob("*.toml")))

    def keep_protocol(self, digest: str, data: bytes) -> None:
        """Keep a protocol file; earlier versions stay, because running cases follow them."""
        write_atomically(self._protocol_folder / f"{digest}.toml", data)

    def _discard_halves(self) -> None:
        """Delete what a crash left of a file that was being replaced: it may hold keys that are destroyed elsewhere."""
        for half in self.folder.glob(f"*{_HALF}"):
            half.unlink()

    def _no_keys(self) -> HomeError:
        return HomeError("There is no key file in {folder}. Run `meldkluis-casework init` first.", folder=self.folder)


def write_atomically(file: Path, data: bytes) -> None:
    """Replace `file` by `data`, durably: after a crash it holds the old bytes or the new ones."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = file.with_name(f"{file.name}.{secrets.token_hex(4)}{_HALF}")
    try:
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
        _flush_folder(file.parent)
    finally:
        with contextlib.suppress(FileNotFoundError):
            fresh.unlink()


def _flush_folder(folder: Path) -> None:
    """Make a replacement outlast a power cut where the platform opens folders; Windows does not, and needs it not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
