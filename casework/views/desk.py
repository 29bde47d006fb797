# SPDX-License-Identifier: EUPL-1.2
"""The desk and its members, as the interfaces show them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from casework.errors import CaseworkError


@dataclass(frozen=True, slots=True)
class MemberName:
    """A member of the desk: id, name, and role in each language."""

    id: str
    name: str
    role: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk and this tool.

    `name` is the desk's, by language; `words` are the ten words of its address, by language. `read_only` says
    why nothing can be written now. `next_destruction` is the day on which the next key goes, `sealed_until`
    the last day on which reporters can seal to this member; both None before the first sync. `unopened` counts
    mailboxes that no key of this member opens, `waiting` those whose grant a colleague must still give; `unreadable`
    are the days on which locked files came that do not open, `broken_protocols` says what is wrong with the desk's own
    protocol files that cannot be read, each with its name.
    """

    desk: str
    name: Mapping[str, str]
    words: Mapping[str, tuple[str, ...]]
    origin: str
    member: MemberName
    members: tuple[MemberName, ...]
    live: tuple[str, ...]
    today: date
    synced: date | None
    read_only: CaseworkError | None
    next_destruction: date | None
    sealed_until: date | None
    unopened: int
    waiting: int
    unreadable: tuple[date, ...] = ()
    broken_protocols: tuple[str, ...] = ()
