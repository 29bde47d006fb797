# SPDX-License-Identifier: EUPL-1.2
"""Who may add what to a log, and see what of it (API.md, "Logs"; FORMAT.md section 7.4): pure rules.

A retired committee login is one that the reporter may know too: it finds the entry that replaced it,
and may put another in its place, but reads and writes nothing else. A retired login of a reporter is like a key
that the log never had.
"""

from typing import TypeGuard

from crypto.deletion import is_deletion
from crypto.logs import Frame, Opening
from intake.desks import DeskState
from intake.errors import Refusal, unknown
from intake.parts import check_case, check_committee, check_reporter
from intake.store.records import Access, Blob, Scope


def check_first(frame: Frame, opening: Opening, desk: DeskState) -> None:
    """Check the first entry of a log, whose opener was found to be the right one.

    Raises:
        Refusal: ``closed``, ``malformed``, ``recipients`` or ``too_large``.
    """
    if opening.kind == "case":
        return check_case(frame)
    if opening.login == opening.committee_login:
        raise Refusal("malformed", "the reporter's and the committee's login must differ")
    if not desk.open:
        raise Refusal("closed", "the desk takes no new reports now: its page says where to go instead")
    return check_reporter(frame, desk.live_numbers)


def check_later(frame: Frame, access: Access, desk: DeskState) -> None:
    """Check a later entry by a login of the log; what a deletion names is not known here.

    Raises:
        Refusal: ``unknown`` for a retired login, ``malformed``, ``recipients`` or ``too_large``.
    """
    sets_login = frame.meta.committee_login is not None
    if access.retired and not (sets_login and access.login == "committee"):
        raise unknown()
    if sets_login and (access.kind, access.login) != ("mailbox", "committee"):
        raise Refusal("malformed", "only a committee's login of a mailbox sets another")
    if access.kind == "case":
        check_case(frame)
    elif access.login == "reporter":
        if not is_deletion(frame):
            check_reporter(frame, desk.live_numbers)
    else:
        check_committee(frame, desk.live_numbers)


def scope_of(access: Access) -> str | None:
    """Return which entries a key may see, or None for none at all."""
    if access.login is not None and not access.retired:
        return Scope.ALL
    if access.login == "committee":
        return Scope.LOGINS
    return Scope.FIRST if access.member and access.kind == "mailbox" else None


def may_read(blob: Blob | None) -> TypeGuard[Blob]:
    """Return whether a key may see a blob and what there is of it."""
    return blob is not None and not blob.retired


def may_write(blob: Blob | None) -> TypeGuard[Blob]:
    """Return whether a key may send parts of a blob: its side's claim, whoever has its login now."""
    return may_read(blob) and blob.login == blob.side
