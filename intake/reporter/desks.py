# SPDX-License-Identifier: EUPL-1.2
"""The desk of an address: fetched, verified from its id on, and told in the reporter's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from crypto.desk import Desk, desk_words, read_bundle, read_history
from crypto.document import MIN_MEMBERS, DeskDocument, Member
from crypto.epochs import Epoch
from crypto.errors import DeskError, EncodingError, FormatError
from crypto.wordlist import word_list
from intake.reporter.client import IntakeClient
from intake.reporter.errors import AbsentError, LaterError, ReadersError, UntrustedError


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a reporter sees them."""

    id: str
    name: str
    role: str


def fetch_desk(client: IntakeClient, desk: str, today: date, before: Desk | None = None) -> Desk:
    """Return the desk of an address; ``before`` is what was seen of it a moment ago.

    Raises:
        UntrustedError: the server shows something else than the address promises, or an older document.
        AbsentError: the server knows no such desk.
    """
    seen = (before.document.version, before.document.hash) if before else (0, None)
    try:
        return read_bundle(desk, client.bundle(desk), today, *seen)
    except AbsentError as error:
        raise AbsentError(
            "This server does not know this desk. Nothing was sent. Compare the address with the poster."
        ) from error
    except EncodingError as error:
        raise LaterError(
            "What the server shows is no desk that this program can read. Nothing was sent. Is the address right, and "
            "is this program new enough?"
        ) from error
    except FormatError as error:
        raise _untrusted(error) from error


def fetch_older(client: IntakeClient, newest: Desk, today: date) -> tuple[Desk, ...]:
    """Return the desk under its older documents (FORMAT.md section 6.6); empty when the server tells nothing of them.

    Raises:
        UntrustedError: what it tells does not lead to the newest document.
    """
    try:
        found = read_history(newest.id, client.history(newest.id), today)
    except (LaterError, EncodingError):
        return ()
    except FormatError as error:
        raise _untrusted(error) from error
    document = newest.document
    if any(one.document.version == document.version and one.document.hash != document.hash for one in found):
        raise _untrusted("its history has another document of this version")
    return tuple(one for one in found if one.document.version < document.version)


def poster_words(desk: str, language: str) -> tuple[str, ...]:
    """Return the desk's id as ten words, as on the poster in that language."""
    return desk_words(desk, word_list(language))


def in_language(document: DeskDocument, texts: Mapping[str, str], language: str) -> str:
    """Return a text in a language, or in the desk's first language that it has."""
    return next((texts[code] for code in (language, *document.languages, *texts) if code in texts), "")


def people(documents: Sequence[DeskDocument], members: Iterable[str], language: str) -> list[Person]:
    """Return members by their ids, from the first document that names them; somebody whom none names keeps their id."""
    return [_person(documents, one, language) for one in members]


def _person(documents: Sequence[DeskDocument], member_id: str, language: str) -> Person:
    for document in documents:
        try:
            member = document.member(member_id)
        except DeskError:
            continue
        # A number of an older document could be somebody else's by now.
        number = _number(document, member, language) if document is documents[0] else ""
        return Person(member_id, member.name, in_language(document, member.role, language) + number)
    return Person(member_id, member_id, "")


def _number(document: DeskDocument, member: Member, language: str) -> str:
    """Return what tells members of one role apart, in the document's order, where no name does."""
    role = in_language(document, member.role, language)
    same = [one.id for one in document.members if in_language(document, one.role, language) == role]
    if document.policy.names_shown or not role or len(same) == 1:
        return ""
    return f" {same.index(member.id) + 1}"


def takes_reports(desk: Desk, today: date) -> bool:
    """Tell whether a report can be sent: the desk is open, and enough members could read it today."""
    return desk.document.takes_reports(today) and len(desk.live(today)) >= MIN_MEMBERS


def check_readers(readers: Iterable[Epoch], shown: Iterable[str]) -> None:
    """Check that nothing is sealed to somebody whom the reporter was not shown: it may be about them.

    Raises:
        ReadersError: nobody is left, or somebody was not shown.
    """
    ids = {epoch.member for epoch in readers}
    if not ids:
        raise ReadersError("Nobody is left who could read this. Nothing was sent. Report in another way.")
    if not ids <= set(shown):
        raise ReadersError(
            "Somebody would read this who was not shown as a reader, because the desk has just changed. Nothing was "
            "sent."
        )


def _untrusted(reason: object) -> UntrustedError:
    return UntrustedError(
        "What this server shows is not the desk of this address, or it is no longer valid ({reason}). Nothing was "
        "sent. Do not go on here: compare the address with the poster. Is it right? Then report in another way.",
        reason=reason,
    )
