# SPDX-License-Identifier: EUPL-1.2
"""Files on their way out: chosen, announced, sealed while they are read, and sent part by part (FORMAT.md section 7.5).

Header and nonce stay in memory: while the program runs, an upload that was cut off goes on with the parts that are
missing, with the same bytes. Nothing of a file is written to this computer's disk.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path
from stat import S_ISREG

from crypto.age import Start, new_start
from crypto.blob import BlobHash, blob_length, new_attachment, seal_blob
from crypto.epochs import Epoch
from crypto.logs import MAX_BLOB, MAX_CLAIMS, blob_parts
from crypto.mailbox import MailboxKeys
from crypto.records import Attachment
from crypto.seal import member_recipients
from intake.reporter.client import IntakeClient, Signer
from intake.reporter.errors import UnsentError

_ANY_TYPE = "application/octet-stream"
_MOST_STANZAS = 64
Progress = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file as it was when it was chosen."""

    path: Path
    size: int
    changed: int
    """Nanoseconds, to notice a change."""


@dataclass(frozen=True, slots=True)
class Announced:
    """A file that an entry announces, and what its blob begins with."""

    chosen: Chosen
    record: Attachment
    start: Start
    stanzas: int

    @property
    def parts(self) -> int:
        """In how many parts the blob is sent."""
        return blob_parts(blob_length(self.stanzas, self.record.size))


def choose(paths: Sequence[Path]) -> tuple[Chosen, ...]:
    """Return files as they are now.

    Raises:
        UnsentError: one cannot be read, or is too large, or there are too many.
    """
    if len(paths) > MAX_CLAIMS:
        raise UnsentError("One message takes {most} files at most. Nothing was sent.", most=MAX_CLAIMS)
    return tuple(_look_at(path) for path in paths)


def announce(files: Sequence[Chosen], live: Sequence[Epoch], included: Collection[str]) -> list[Announced]:
    """Return a fresh record and start for each file, that those ``included`` of the live members open."""
    announced = []
    for chosen in files:
        start = new_start(member_recipients(live, included))
        media_type = guess_type(chosen.path.name)[0] or _ANY_TYPE
        record = new_attachment(chosen.path.name, media_type, chosen.size, start)
        announced.append(Announced(chosen, record, start, len(live)))
    return announced


class Upload:
    """One announced file on its way; `send` may be called again after an error, and goes on."""

    def __init__(self, client: IntakeClient, keys: MailboxKeys, announced: Announced, today: date) -> None:
        self._client = client
        self._signer = Signer(keys.login_seed, today)
        self._announced = announced
        self._made: list[bytes] = []

    def send(self, progress: Progress) -> Attachment:
        """Send what is missing, and return the record with its root.

        Raises:
            UnsentError: the file cannot be read any more, or was changed: what was sent of it is of no use.
            LaterError: the network or the server; call it again.
        """
        found = BlobHash()
        blob = self._announced.record.blob
        missing = self._client.missing_parts(blob, self._signer)
        for number, part in enumerate(self._parts(), start=1):
            self._check_same(number, part)
            found.update(part)
            if any(number in numbers for numbers in missing):
                self._client.put_part(blob, number, part, self._signer)
            progress(number / self._announced.parts)
        return replace(self._announced.record, root=found.root())

    def _parts(self) -> Iterator[bytes]:
        chosen = self._announced.chosen
        if _look_at(chosen.path) != chosen:
            raise _changed(chosen.path)
        try:
            with chosen.path.open("rb") as file:
                yield from seal_blob(file, chosen.size, self._announced.start)
        except (OSError, ValueError) as error:
            raise _changed(chosen.path) from error

    def _check_same(self, number: int, part: bytes) -> None:
        """Check that a part which was made before is the same now: nothing else may be sealed under one start."""
        digest = sha256(part).digest()
        if number > len(self._made):
            self._made.append(digest)
        elif self._made[number - 1] != digest:
            raise _changed(self._announced.chosen.path)


def _look_at(path: Path) -> Chosen:
    try:
        found = path.stat()
        with path.open("rb"):
            pass
    except OSError as error:
        raise UnsentError("The file {file} cannot be read. It was not sent.", file=path.name) from error
    if not S_ISREG(found.st_mode) or blob_length(_MOST_STANZAS, found.st_size) > MAX_BLOB:
        raise UnsentError("The file {file} is no ordinary file, or larger than 4 GiB. It was not sent.", file=path.name)
    return Chosen(path, found.st_size, found.st_mtime_ns)


def _changed(path: Path) -> UnsentError:
    return UnsentError(
        "The file {file} cannot be read any more, or was changed meanwhile. It was not sent. Send it again with "
        "`answer --file`.",
        file=path.name,
    )
