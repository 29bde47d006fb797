# SPDX-License-Identifier: EUPL-1.2
"""How much of a file is there."""

from enum import StrEnum


class FileState(StrEnum):
    """What is known of a file; `incomplete` to `no room` are the vault's words, after the intake was asked."""

    ANNOUNCED = "announced"
    """Its sender has not signed for the whole of it yet."""
    SIGNED = "signed"
    """Its sender signed for it; the intake was not asked yet."""
    INCOMPLETE = "incomplete"
    WHOLE = "whole"
    DAMAGED = "damaged"
    """What the intake gave is not what the sender signed."""
    NO_ROOM = "no room"
    """A file of this member, whose reply the intake refused because the mailbox has no room for its files."""
    DELETED = "deleted"
    """A member's file, which went when the reporter deleted the mailbox."""
