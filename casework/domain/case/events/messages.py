# SPDX-License-Identifier: EUPL-1.2
"""What the committee wrote to a reporter, and when it arrived."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a reply: the attachment record of FORMAT.md section 7.5, `key` and `root` in b64."""

    blob: str
    name: str
    type: str
    size: int
    key: str
    root: str


@dataclass(frozen=True, slots=True)
class MessageWritten:
    """A reply that a member wrote; it stops no clock until it is placed.

    `kind` is one of `MESSAGE_KINDS`. `assessment` to `final` are feedback's content (Wbk 2(2)(i): assessment and
    follow-up) and empty for other kinds; `follow_up` is "none" or "some". `consent` is a transcript's: how the
    reporter agreed to be recorded, empty where nothing was (fact O01). `proposes_meeting` says that it answers a
    reporter who asked for a conversation with a day for it.
    """

    message: str
    report: str
    kind: str
    text: str
    assessment: str
    follow_up: str
    follow_up_text: str
    grounds: str
    final: bool
    consent: str = ""
    attachments: tuple[Attached, ...] = ()
    proposes_meeting: bool = False


@dataclass(frozen=True, slots=True)
class MessagePlaced:
    """A written reply reached the reporter's side on the day `placed`; only this stops a clock.

    `way` is mailbox (then `seq` and `head` name the mailbox entry), post, email, phone or in_person.
    """

    message: str
    way: str
    placed: date
    seq: int | None
    head: str | None
