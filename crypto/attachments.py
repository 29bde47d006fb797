# SPDX-License-Identifier: EUPL-1.2
"""Whether an entry's attachments fit its frame, and a later one the entry that announced them (FORMAT.md 7.1 to 7.5).

The reporter announces first and sends after that, so an announced attachment has no root; a message of kind `files`
gives it. The committee knows a file before it writes, so a reply has its roots at once. Not for the intake.
"""

from collections.abc import Sequence
from dataclasses import replace

from crypto.blob import claims_of
from crypto.envelope import parse_header
from crypto.errors import BindingError
from crypto.logs import Frame
from crypto.records import Attachment
from crypto.statements import Message, Report

REPLY_STANZAS = 1


def check_announced(frame: Frame, entry: Report | Message) -> None:
    """Check a reporter's entry whose blobs, if any, come after it.

    Raises:
        BindingError: other stanzas than members, other claims than attachments, or a root.
    """
    stanzas = _check_stanzas(frame, entry)
    _check_claims(frame, entry.attachments, stanzas)
    if any(attachment.root is not None for attachment in entry.attachments):
        raise BindingError("an entry that announces attachments has the root of one")


def check_complete(frame: Frame, message: Message) -> None:
    """Check a message of kind `files` by itself.

    Raises:
        BindingError: other stanzas than members, a claim, an answer, no attachment, or one without its root.
    """
    _check_stanzas(frame, message)
    if frame.meta.claims or message.answers or message.about is None or not message.attachments:
        raise BindingError("a message of kind files must name an entry and attachments of it, and nothing else")
    _check_roots(message.attachments)


def check_attached(frame: Frame, attachments: Sequence[Attachment]) -> None:
    """Check the attachments of a committee's entry.

    Raises:
        BindingError: other claims than attachments, or an attachment without its root.
    """
    _check_claims(frame, attachments, REPLY_STANZAS)
    _check_roots(attachments)


def check_files(files: Message, announced: Report | Message, head: bytes) -> None:
    """Check that a message of kind `files` completes attachments of the entry whose log had this head after it.

    It may complete some of them only: a reporter can give up on a file.

    Raises:
        BindingError: it is about another entry, or a record differs in more than the root.
    """
    if files.about != head:
        raise BindingError("a message of kind files is about another entry")
    if not {replace(found, root=None) for found in files.attachments} <= set(announced.attachments):
        raise BindingError("a message of kind files names an attachment otherwise than the entry that announced it")


def _check_stanzas(frame: Frame, entry: Report | Message) -> int:
    """Return how many stanzas the envelope has."""
    stanzas = len(parse_header(frame.parts[0]).stanzas)
    if stanzas != len(entry.sealed_to) + len(entry.excluded):
        raise BindingError("an envelope has another number of stanzas than its entry names members")
    return stanzas


def _check_claims(frame: Frame, attachments: Sequence[Attachment], stanzas: int) -> None:
    if frame.meta.claims != claims_of(attachments, stanzas):
        raise BindingError("a frame claims other blobs, or other sizes, than its entry attaches")


def _check_roots(attachments: Sequence[Attachment]) -> None:
    if any(attachment.root is None for attachment in attachments):
        raise BindingError("an attachment that should be there has no root")
