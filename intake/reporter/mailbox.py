# SPDX-License-Identifier: EUPL-1.2
"""The mailbox as its reporter sees it: entries in order, who reads now, what changed, and the promised days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from crypto.desk import Desk
from crypto.encoding import parse_day
from crypto.epochs import Epoch
from crypto.mailbox import MailboxKeys
from crypto.records import Seen
from crypto.statements import Reply, State
from intake.reporter.client import IntakeClient
from intake.reporter.desks import fetch_older
from intake.reporter.log import Opened, fetch_log, open_log

_GROUP = 4


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox that was fetched whole and verified."""

    keys: MailboxKeys
    desk: Desk
    older: tuple[Desk, ...]
    """The desk under older documents, as far as somebody is named whom the newest one lacks."""
    opened: tuple[Opened, ...]

    @property
    def last(self) -> Opened:
        """The newest entry."""
        return self.opened[-1]

    @property
    def seen(self) -> Seen:
        """What a reporter has read who was shown this mailbox."""
        return Seen(self.last.link.seq, self.last.link.head)

    @property
    def state(self) -> State:
        """The state beside the reporter's newest entry; there is one beside the first."""
        return next(one.content for one in reversed(self.opened) if isinstance(one.content, State))

    @property
    def replies(self) -> list[tuple[Opened, Reply]]:
        """The committee's entries that opened and verified."""
        return [(one, one.content) for one in self.opened if isinstance(one.content, Reply)]

    def entry(self, seq: int) -> Opened | None:
        """Return the entry of that place, if there is one."""
        return self.opened[seq - 1] if 0 < seq <= len(self.opened) else None

    def readers(self, today: date) -> tuple[Epoch, ...]:
        """Return the epochs of those who read what the reporter sends next (FORMAT.md section 7.2)."""
        excluded = self.state.excluded
        reading = set(self.last.readers) - set(excluded)
        return tuple(epoch for epoch in self.desk.live(today) if epoch.member in reading)

    @property
    def joined(self) -> list[str]:
        """Who reads now and did not when the reporter last wrote."""
        return [one for one in self.last.readers if one not in self._readers_before]

    @property
    def left(self) -> list[str]:
        """Who read when the reporter last wrote, and does not now."""
        return [one for one in self._readers_before if one not in self.last.readers]

    @property
    def _readers_before(self) -> Sequence[str]:
        before = self.entry(self.state.seen.seq) or self.opened[0]
        return before.readers


def open_mailbox(client: IntakeClient, keys: MailboxKeys, desk: Desk, today: date) -> Mailbox:
    """Fetch and verify the mailbox of these keys; errors as `fetch_log`, `open_log` and `fetch_older`."""
    links = fetch_log(client, keys, today)
    opened = open_log(links, keys, [desk])
    older: tuple[Desk, ...] = ()
    if any(one.lacking or not _known(desk, one.readers) for one in opened):
        older = fetch_older(client, desk, today)[::-1]
        opened = open_log(links, keys, [desk, *older])
    return Mailbox(keys, desk, older, tuple(opened))


def _known(desk: Desk, members: Sequence[str]) -> bool:
    return {member.id for member in desk.document.members} >= set(members)


def short_number(log: str) -> str:
    """Return the first eight characters of a mailbox id in two groups, to read aloud; it opens nothing."""
    return f"{log[:_GROUP]}-{log[_GROUP : 2 * _GROUP]}"


@dataclass(frozen=True, slots=True)
class Dates:
    """What the committee's entries say of the legal terms; days of arrival at the intake."""

    received: date
    acknowledged: date | None
    promised: date | None
    """The day by which the acknowledgement promises feedback."""
    feedback: date | None
    """Of the first final feedback."""
    interim: tuple[date, ...]


def dates(mailbox: Mailbox) -> Dates:
    """Return the days on which the reporter heard something, and what was promised."""
    acknowledged = [(one, reply) for one, reply in mailbox.replies if reply.kind == "acknowledgement"]
    stages = [(one.link.day, reply.content["stage"]) for one, reply in mailbox.replies if reply.kind == "feedback"]
    return Dates(
        received=mailbox.opened[0].link.day,
        acknowledged=acknowledged[0][0].link.day if acknowledged else None,
        promised=parse_day(acknowledged[0][1].content["feedback_due"]) if acknowledged else None,
        feedback=next((day for day, stage in stages if stage == "final"), None),
        interim=tuple(day for day, stage in stages if stage == "interim"),
    )
