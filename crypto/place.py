# SPDX-License-Identifier: EUPL-1.2
"""Who may have signed an entry, and where it stands (FORMAT.md sections 3, 4.2 and 7.4).

The checks that every reader of a log shares, whoever it is. The order is that of section 1.5: the signature,
the fields, the desk, then the place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from crypto.desk import Desk
from crypto.document import DeskDocument
from crypto.errors import BindingError, DeskError, SignatureError
from crypto.fields import member_id, positive
from crypto.records import read_record
from crypto.signing import Statement, read_payload, verify_statement
from crypto.statements import CaseEntry, Grant, Message, Reply, Report

A = TypeVar("A", Reply, Grant, CaseEntry)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands: its log, its number, and the head before it, 32 bytes."""

    log: str
    seq: int
    prev: bytes


def find_document(desks: Sequence[Desk], version: int) -> DeskDocument:
    """Return the document of a version, or the newest known if that is newer than the version named.

    Raises:
        DeskError: the version is newer than any known: fetch the desk again.
    """
    known = {desk.document.version: desk.document for desk in desks}
    newest = max(known, default=0)
    if newest < version:
        raise DeskError("an entry names a newer desk document than any known here", needs="document")
    return known.get(version, known[newest])


def find_desk(desks: Sequence[Desk], document_hash: bytes) -> Desk:
    """Return the desk as it was under exactly this document, with its epochs.

    Raises:
        DeskError: no such document is known.
    """
    for desk in desks:
        if desk.document.hash == document_hash:
            return desk
    raise DeskError("an entry names a desk document that is not known here", needs="document")


def verify_authored(statement: Statement, record_type: type[A], desks: Sequence[Desk]) -> A:
    """Return the record that a member signed with the identity key of the document named.

    Raises:
        SignatureError: another type of statement, or another key than the author's signed it.
        EncodingError: the payload has another shape.
        DeskError: an author or a document that is not known.
    """
    named = read_payload(statement, record_type.TYPE)
    version = positive(named.get("desk_version"))
    document = find_document(desks, version)
    try:
        author = document.member(member_id(named.get("author")))
        return read_record(record_type, verify_statement(statement, record_type.TYPE, author.identity))
    except (DeskError, SignatureError) as error:
        # The author may have been a member, or had another key, under the document that is not at hand.
        error.needs = "" if document.version == version else "document"
        raise


def check_same_document(desks: Sequence[Desk], version: int, document_hash: bytes) -> None:
    """Check the document hash that an entry names, where its version is known.

    Raises:
        DeskError: this version has another hash.
    """
    document = find_document(desks, version)
    if document.version == version and document.hash != document_hash:
        raise DeskError("an entry names another desk document of the same version")


def check_version(version: int, seen_version: int) -> None:
    """Check that a log's desk documents do not go back: ``seen_version`` is the highest that a valid entry named.

    Raises:
        BindingError: a member who has left could otherwise go on under the document that still has them.
    """
    if version < seen_version:
        raise BindingError("an entry names an older desk document than one before it in the log")


def check_place(entry: Report | Message | Reply | Grant | CaseEntry, desk: str, place: Place) -> None:
    """Check that an entry was signed for this desk and this place.

    Raises:
        BindingError: another desk, log, number or history.
    """
    if entry.desk != desk:
        raise BindingError("an entry was signed for another desk")
    prev = None if place.seq == 1 else place.prev
    if (entry.log, entry.seq, entry.prev) != (place.log, place.seq, prev):
        raise BindingError("an entry was signed for another log or another place in it")
