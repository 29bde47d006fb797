# SPDX-License-Identifier: EUPL-1.2
"""The committee's files, saved into a folder that the reporter names: whole and verified, or not at all.

A file's name is somebody else's word: nothing of it may lead out of the folder, hide the file or mean something to
the system. What was written of a file that turns out to be damaged is removed.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crypto.blob import blob_length, open_blob
from crypto.errors import FormatError
from crypto.logs import blob_parts
from crypto.mailbox import MailboxKeys
from crypto.records import Attachment
from intake.reporter.client import IntakeClient, Signer
from intake.reporter.errors import AbsentError, LaterError, UnsentError, UntrustedError
from intake.reporter.files import Progress

_UNSAFE = re.compile(r"[^\w.\- ]|[\r\n\t]")
_LONGEST = 120
_REPLY_STANZAS = 1


def save(
    client: IntakeClient,
    keys: MailboxKeys,
    attachment: Attachment,
    target: Path,
    today: date,
    progress: Progress,
) -> None:
    """Fetch, verify and save a file of the committee.

    Raises:
        UntrustedError: it is not the file that was signed; nothing of it was kept.
        UnsentError: it cannot be written there.
        LaterError: the network or the server; nothing of it was kept.
    """
    try:
        with target.open("xb") as file:
            for piece in open_blob(_parts(client, keys, attachment, today, progress), attachment):
                file.write(piece)
    except FileExistsError as error:
        raise UnsentError("{file} is there already. It was not saved again.", file=target) from error
    except BaseException as error:
        target.unlink(missing_ok=True)
        raise _explained(error, target) from error


def safe_name(seq: int, number: int, name: str) -> str:
    """Return a file name from the sender's; it begins with the entry and the file's number in it."""
    letters = _UNSAFE.sub("_", unicodedata.normalize("NFC", name))
    stem, dot, extension = letters.rpartition(".")
    kept = f"{stem[: _LONGEST - len(dot + extension)]}{dot}{extension}" if stem else letters
    return f"{seq}-{number} {kept[-_LONGEST:]}".rstrip(" .")


def _parts(
    client: IntakeClient, keys: MailboxKeys, attachment: Attachment, today: date, progress: Progress
) -> Iterator[bytes]:
    signer = Signer(keys.login_seed, today)
    count = blob_parts(blob_length(_REPLY_STANZAS, attachment.size))
    for number in range(1, count + 1):
        yield client.part(attachment.blob, number, signer)
        progress(number / count)


def _explained(error: BaseException, target: Path) -> BaseException:
    if isinstance(error, FormatError):
        return UntrustedError(
            "The file {file} is not the one that the committee signed ({reason}). Nothing of it was kept. Mention it "
            "in your answer.",
            file=target.name,
            reason=error,
        )
    if isinstance(error, AbsentError):
        return LaterError(
            "The file {file} has not come in whole yet. Nothing of it was kept. Try again later.", file=target.name
        )
    if isinstance(error, OSError):
        return UnsentError("{file} cannot be written. Nothing of it was kept.", file=target)
    return error
