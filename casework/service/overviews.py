# SPDX-License-Identifier: EUPL-1.2
"""The desk and this tool at a glance: names, members, and the days that its keys live by."""

from datetime import date

from casework.desk import epochs
from casework.errors import CaseworkError
from casework.service.case_extras import member_name
from casework.session import Session
from casework.sync.letters import LetterState
from casework.views.desk import Overview
from crypto.desk import desk_words
from crypto.wordlist import LANGUAGES, word_list


def overview(session: Session, today: date) -> Overview:
    """Return the desk and the state of this tool on a day."""
    known, held, vault = session.desks.known, session.keyring.secrets, session.vault
    members = known[0].document.members if known else ()
    desk = session.settings.desk
    return Overview(
        desk=desk,
        name=known[0].document.name if known else {},
        words={language: desk_words(desk, word_list(language)) for language in LANGUAGES},
        origin=session.settings.origin,
        member=member_name(session, held.member),
        members=tuple(member_name(session, member.id) for member in members),
        live=tuple(epoch.member for epoch in known[0].live(today)) if known else (),
        today=today,
        synced=vault.listed_until(desk),
        read_only=_clock_error(held.last_day, today),
        next_destruction=epochs.next_destruction(held),
        sealed_until=max((epoch.seal_until for epoch in held.epochs), default=None),
        unopened=len(vault.mailboxes("closed", "unclear")),
        waiting=len(vault.mailboxes("waiting")),
        unreadable=tuple(letter.day for letter in vault.letters(LetterState.UNREADABLE)),
        broken_protocols=tuple(map(str, session.protocols.broken)),
    )


def _clock_error(last_day: date, today: date) -> CaseworkError | None:
    try:
        epochs.check_clock(last_day, today)
    except CaseworkError as error:
        return error
    return None
