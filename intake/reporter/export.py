# SPDX-License-Identifier: EUPL-1.2
"""The committee's files, saved into a folder that the reporter names: whole and verified, or not at all."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from crypto import saving
from crypto.blob import blob_length, open_blob
from crypto.errors import FormatError
from crypto.file_names import safe_name
from crypto.logs import blob_parts
from crypto.mailbox import MailboxKeys
from crypto.records import Attachment
from intake.reporter.client import IntakeClient, Signer
from intake.reporter.errors import AbsentError, LaterError, ReporterError, UnsentError, UntrustedError
from intake.reporter.files import Progress

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
        if target.exists():
            raise FileExistsError(target)
        pieces = open_blob(_parts(client, keys, attachment, today, progress), attachment)
        saving.save(target.parent, [target.name], pieces)
    except (FormatError, AbsentError, OSError) as error:
        raise _explained(error, target) from error


def name_of(seq: int, number: int, name: str) -> str:
    """Return a file name from the sender's; it begins with the entry and the file's number in it."""
    return f"{seq}-{number} {safe_name(name)}"


def _parts(
    client: IntakeClient, keys: MailboxKeys, attachment: Attachment, today: date, progress: Progress
) -> Iterator[bytes]:
    signer = Signer(keys.login_seed, today)
    count = blob_parts(blob_length(_REPLY_STANZAS, attachment.size))
    for number in range(1, count + 1):
        yield client.part(attachment.blob, number, signer)
        progress(number / count)


def _explained(error: FormatError | AbsentError | OSError, target: Path) -> ReporterError:
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
    if isinstance(error, FileExistsError):
        return UnsentError("{file} is there already. It was not saved again.", file=target)
    return UnsentError("{file} cannot be written. Nothing of it was kept.", file=target)
