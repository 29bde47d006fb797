# SPDX-License-Identifier: EUPL-1.2
"""Parts of blobs as files: ``{blob id}/{number}`` in the blob folder, for their owner alone, dated to the day.

A part is written under a random name in the folder ``new``, synced, and then linked to its own name, which succeeds
for one writer only. So a file under a part's name is always whole, whatever was killed and whenever.
"""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from intake.blobstore.interface import PartTakenError
from intake.store.engine import blur
from intake.store.interface import BusyError

_NEW = "new"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
_NOT_EMPTY = frozenset({errno.ENOTEMPTY, errno.EEXIST})
_NO_TRACE = getattr(os, "O_NOATIME", 0)
"""Reading leaves the time of access alone, which would tell when a part was fetched."""


class FileBlobStore:
    """`intake.blobstore.interface.BlobStore` over a folder that `make_folder` has made."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, blob: str, number: int, part: bytes) -> bool:
        home = self._folder / blob
        with _room(), self._written(part) as new, _standing():
            home.mkdir(mode=0o700, exist_ok=True)
            place = home / str(number)
            try:
                place.hardlink_to(new)
            except FileExistsError:
                is_new = False
            else:
                is_new = True
            # Also for a part that was there: whoever put it may not have come as far as this.
            for folder in (home, self._folder):
                _sync(folder)
                blur(folder)
            if not is_new and _read(place) != part:
                raise PartTakenError("this part is there already, in other bytes")
        return is_new

    def remove(self, blob: str) -> None:
        home = self._folder / blob
        # Another worker may be at the same.
        with suppress(FileNotFoundError):
            _remove(home)
            _sync(self._folder)
            blur(self._folder)

    def get(self, blob: str, number: int) -> bytes | None:
        try:
            return _read(self._folder / blob / str(number))
        except FileNotFoundError:
            return None

    @contextmanager
    def _written(self, part: bytes) -> Iterator[Path]:
        """Write a part's bytes durably under a passing name."""
        folder = self._folder / _NEW
        path = folder / secrets.token_hex(16)
        try:
            with open(path, "xb", buffering=0, opener=_open_own) as file:
                _write_all(file.fileno(), part)
                os.fsync(file.fileno())
            blur(path)
            yield path
        finally:
            path.unlink(missing_ok=True)
            blur(folder)


def make_folder(folder: Path) -> None:
    """Make the blob folder, or complete it; what is in it stays."""
    for path in (folder, folder / _NEW):
        path.mkdir(mode=0o700, exist_ok=True)
        blur(path)


def is_made(folder: Path) -> bool:
    """Return whether `make_folder` has made it."""
    return (folder / _NEW).is_dir()


def forget_unfinished(folder: Path) -> None:
    """Delete what writers that were killed left half-written; only while nobody writes."""
    for path in (folder / _NEW).iterdir():
        path.unlink()
    blur(folder / _NEW)


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise BusyError("there is no room for blobs") from error
        raise


@contextmanager
def _standing() -> Iterator[None]:
    """Whoever puts a part where somebody removes the blob tries again, and then it is known to be gone."""
    try:
        yield
    except (FileNotFoundError, FileExistsError) as error:
        raise BusyError("the blob is being removed") from error


def _remove(home: Path) -> None:
    """Remove a folder of files, those too that come meanwhile."""
    while True:
        for part in home.iterdir():
            part.unlink(missing_ok=True)
        try:
            return home.rmdir()
        except OSError as error:
            if error.errno not in _NOT_EMPTY:
                raise


def _open_own(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _read(path: Path) -> bytes:
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _NO_TRACE)) as file:
        return file.read()


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
