# SPDX-License-Identifier: EUPL-1.2
"""The reporter's own log: fetched whole, its chain computed, its entries opened (FORMAT.md sections 4.2 and 7).

What the reporter signed must verify, or the whole log is refused: only they can write it. A committee's entry that does
not verify is kept as unreadable: one bad entry must not hide the others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crypto.answers import Page, Record
from crypto.desk import Desk
from crypto.envelope import parse_header
from crypto.errors import FormatError
from crypto.logs import ZERO_HEAD, Frame, head, parse_frame
from crypto.mailbox import MailboxKeys
from crypto.place import Place
from crypto.statements import Reply, State
from crypto.unseal import open_reply, open_state
from intake.reporter.client import IntakeClient, Signer
from intake.reporter.errors import UntrustedError

_ALTERED = (
    "The entries that the server shows do not follow from each other ({reason}): something was changed, moved or kept "
    "back. Nothing was sent. Do not go on here; report in another way, and tell about this."
)


@dataclass(frozen=True, slots=True)
class Link:
    """An entry in its chain; ``prev`` is the head before it, ``head`` the one after."""

    seq: int
    day: date
    frame: Frame
    prev: bytes
    head: bytes


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry and what this reporter can see of it."""

    link: Link
    content: State | Reply | None
    """The reporter's own state, or a reply of the committee; None for what does not open."""
    lacking: bool
    """Whether it may open with an older desk document that is not at hand."""
    message: bool
    """Whether it is for the reporter; a grant, which is for members, is not."""
    readers: tuple[str, ...]
    """Who reads the mailbox after this entry."""


def fetch_log(client: IntakeClient, keys: MailboxKeys, today: date) -> list[Link]:
    """Return all entries, each following from the one before.

    Raises:
        UntrustedError: something is missing, moved or changed.
        AbsentError: no mailbox belongs to these keys.
    """
    links: list[Link] = []
    while True:
        page = client.entries(keys.log, len(links), Signer(keys.login_seed, today))
        for record in page.records:
            links.append(_follow(keys.log, links[-1] if links else None, record))
        if len(links) >= page.length:
            _check_end(links, page)
            return links
        if not page.records:
            raise UntrustedError(_ALTERED, reason="the newest entries are kept back")


def open_log(links: Sequence[Link], keys: MailboxKeys, desks: Sequence[Desk]) -> list[Opened]:
    """Return the entries opened; ``desks`` are the desk under its newest document, then under older ones.

    Raises:
        UntrustedError: an entry of the reporter is not theirs, or the server shows an older desk document than the
            reporter has signed for.
    """
    opened: list[Opened] = []
    version = 1
    for link in links:
        before = opened[-1].readers if opened else ()
        content, lacking, message = _open(link, links, keys, desks, before, version)
        readers = before
        if isinstance(content, Reply):
            readers = content.readers
        elif isinstance(content, State) and link.seq == 1:
            readers = content.sealed_to
        if content is not None:
            version = max(version, content.desk_version)
        opened.append(Opened(link, content, lacking, message, readers))
    if not isinstance(opened[0].content, State):
        raise UntrustedError(_ALTERED, reason="the mailbox does not start with the report")
    if version > desks[0].document.version:
        raise UntrustedError(_ALTERED, reason="the desk document is older than one that was seen before")
    return opened


def _follow(log: str, before: Link | None, record: Record) -> Link:
    prev = before.head if before else ZERO_HEAD
    if record.seq != (before.seq if before else 0) + 1:
        raise UntrustedError(_ALTERED, reason="an entry is left out, or the order is changed")
    try:
        frame = parse_frame(record.frame, log)
    except FormatError as error:
        raise UntrustedError(_ALTERED, reason=error) from error
    link = Link(record.seq, record.day, frame, prev, head(log, record.seq, prev, frame.hash))
    if link.head != record.head:
        raise UntrustedError(_ALTERED, reason="an entry does not follow from the one before it")
    return link


def _check_end(links: Sequence[Link], page: Page) -> None:
    if not links or len(links) != page.length or links[-1].head != page.head:
        raise UntrustedError(_ALTERED, reason="the log does not end where the server says it does")


def _open(
    link: Link, links: Sequence[Link], keys: MailboxKeys, desks: Sequence[Desk], readers: Sequence[str], version: int
) -> tuple[State | Reply | None, bool, bool]:
    place = Place(keys.log, link.seq, link.prev)
    if len(link.frame.parts) > 1:
        return _open_own(link.frame, links, keys, place), False, True
    try:
        if len(parse_header(link.frame.parts[0]).stanzas) > 1:
            return None, False, False
        return open_reply(link.frame, desks, keys, place, readers, version).record, False, True
    except FormatError as error:
        return None, error.needs == "document", True


def _open_own(frame: Frame, links: Sequence[Link], keys: MailboxKeys, place: Place) -> State:
    try:
        state = open_state(frame, keys, place)
    except FormatError as error:
        raise UntrustedError(_ALTERED, reason=error) from error
    if state.seen.seq and links[state.seen.seq - 1].head != state.seen.head:
        raise UntrustedError(_ALTERED, reason="an entry that was read before is not there any more, or was changed")
    return state
