# SPDX-License-Identifier: EUPL-1.2
"""A member's seal-to keys over time: pure decisions on days, never on what a server says.

A key is sealed to for 28 days and kept for 28 more, so that a member who was away can still open what
came in; then it is destroyed, opened or not (FORMAT.md section 6.3, DESIGN promise 4). Its successor
is made a week ahead and waits, so that a holiday does not drop a member out.
"""

import secrets
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from casework.errors import DateToConfirmError, DayMismatchError, ReadOnlyError
from casework.folder.keyring import EpochKey, Secrets

SEALING_DAYS = timedelta(days=28)
KEPT_DAYS = timedelta(days=56)
RENEW_AHEAD = timedelta(days=7)
LONGEST_JUMP = timedelta(days=31)
_ONE_DAY = timedelta(days=1)


def check_clock(last_day: date, today: date, confirmed: date | None = None) -> None:
    """Check that `today` can follow the last day on which this tool wrote.

    Raises:
        ReadOnlyError: the day went back.
        DateToConfirmError: it jumped ahead by more than 31 days, and `confirmed` is not that day.
    """
    if today < last_day:
        raise ReadOnlyError(
            "This device says it is {today}, but this tool was used on {last_day}. Nothing is written until the date "
            "is right again; reading works.",
            today=today,
            last_day=last_day,
        )
    if today - last_day > LONGEST_JUMP and confirmed != today:
        raise DateToConfirmError(
            "This device says it is {day}; this tool was last used on {last_day}. Going on destroys the keys whose day "
            "has come. Nothing was changed yet. Is {day} really today's date?",
            today,
            last_day=last_day,
        )


def check_intake_day(today: date, theirs: date) -> None:
    """Check that this device and the intake agree on the day, as far as midnight allows.

    Raises:
        DayMismatchError: they are more than one day apart.
    """
    if abs(today - theirs) > _ONE_DAY:
        raise DayMismatchError(
            "This device says it is {today}, the intake says {theirs}. Nothing was sent. Set the date of this device "
            "right; if it is right, tell the desk's contact.",
            today=today,
            theirs=theirs,
        )


def destroy_due(held: Secrets, today: date) -> Secrets:
    """Return the secrets without the epochs whose day of destruction has come."""
    return replace(held, epochs=tuple(epoch for epoch in held.epochs if epoch.destroy_at > today))


def renew(held: Secrets, today: date) -> Secrets:
    """Return the secrets with a key that can be sealed to today, and its successor in the last week."""
    epochs = held.epochs
    if not _sealable(epochs, today):
        epochs = (*epochs, new_epoch(today))
    last = max(epoch.seal_until for epoch in epochs)
    if last - today <= RENEW_AHEAD:
        epochs = (*epochs, new_epoch(last + _ONE_DAY))
    return replace(held, epochs=epochs)


def new_epoch(seal_from: date) -> EpochKey:
    """Return a fresh key from the operating system's randomness, sealed to from that day on."""
    return EpochKey(secrets.token_bytes(32), seal_from, seal_from + SEALING_DAYS, seal_from + KEPT_DAYS)


def next_destruction(held: Secrets) -> date | None:
    """Return the day on which the next key is destroyed, or None without keys."""
    return min((epoch.destroy_at for epoch in held.epochs), default=None)


def _sealable(epochs: Iterable[EpochKey], today: date) -> bool:
    return any(epoch.seal_from <= today <= epoch.seal_until for epoch in epochs)
