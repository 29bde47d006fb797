# SPDX-License-Identifier: EUPL-1.2
"""What the desk was while this tool was away: asked for when an entry names a document or epochs not known here.

Once in a sync at most, whatever strangers write into mailboxes. What the intake withholds delays an
entry and never loses it: the entry stays where it is, and the next sync tries again.
"""

from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from typing import TypeVar

from casework.desk import desks
from casework.errors import AnswerError, MissingError, RefusedError, UnknownLogError
from casework.session import Lesson, Session
from crypto.desk import Desk, read_history
from crypto.errors import FormatError

T = TypeVar("T")


def opened(session: Session, today: date, attempt: Callable[[Sequence[Desk]], T]) -> T:
    """Return what `attempt` gives with the desks known, or with those that the desk's history adds.

    Raises:
        MissingError: a document or epochs are missing still.
        FormatError: as `attempt`; no history would help.
    """
    try:
        return attempt(session.desks.known)
    except FormatError as error:
        if not error.needs:
            raise
    learn(session, today)
    try:
        return attempt(session.desks.known)
    except FormatError as error:
        if not error.needs:
            raise
        raise _missing(error.needs) from error


def refresh(session: Session, today: date) -> None:
    """Take the desk in as the intake shows it now; errors as `desks.refresh`."""
    found = desks.refresh(session.settings.desk, session.client, session.keyring, session.vault, today)
    session.desks.add(found)


def learn(session: Session, today: date) -> None:
    """Take the desk's history in and keep it, unless this sync has asked for it already.

    Raises:
        MissingError: the intake does not give it, or what it gives is not this desk's.
        IntakeError: the intake does not answer.
    """
    if session.lesson is None:
        session.lesson = Lesson(_ask(session, today))
    if session.lesson.failure is not None:
        raise session.lesson.failure


def _ask(session: Session, today: date) -> MissingError | None:
    desk = session.settings.desk
    try:
        raw = session.client.history(desk)
        history = read_history(desk, raw, today)
        session.desks.add_history(history)
    except (AnswerError, RefusedError, UnknownLogError, FormatError) as error:
        return MissingError(
            "The desk's earlier documents and keys are needed, and the intake does not give them: {reason}. What waits "
            "for them is kept and tried again at each sync, as long as your key of that time exists. Sync again later; "
            "if it stays so, tell the desk's contact.",
            reason=error,
        )
    session.vault.keep_history(_fingerprint(history), raw, today)
    return None


def _fingerprint(history: Sequence[Desk]) -> bytes:
    """Return what tells two histories apart, their day aside."""
    epochs = sorted(epoch.id for desk in history for epoch in desk.epochs)
    return sha256(b"".join([*(desk.document.hash for desk in history), *epochs])).digest()


def _missing(needs: str) -> MissingError:
    if needs == "document":
        return MissingError(
            "Something was sealed under a version of the desk's document that the intake does not show. It is kept and "
            "tried again at each sync, as long as your key of that time exists. Sync again later; if it stays so, tell "
            "the desk's contact."
        )
    return MissingError(
        "Something was sealed to keys of other members that the intake does not show, so nobody can tell yet who else "
        "reads it. It is kept and tried again at each sync, as long as your key of that time exists. Sync again later; "
        "if it stays so, tell the desk's contact."
    )
