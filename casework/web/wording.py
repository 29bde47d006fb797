# SPDX-License-Identifier: EUPL-1.2
"""How the pages say days, terms, people and other people's texts, in one language."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from itertools import groupby

from babel.dates import format_date
from markupsafe import Markup, escape

from casework.domain.terms.term import Clock, ClockStatus
from casework.domain.text import Language, Text
from casework.i18n import Translator
from casework.views.desk import MemberName

# Signs that have no shape of their own but change how text reads: shown by their number.
_HIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_PLAIN = {"\n", "\t"}
# A text with more invisible runs than this is made to be slow: the rest is marked by brackets alone.
_MARKED_RUNS = 500
_MARK = Markup('<span class="hidden-sign">{}</span>')
_BRACKETS = Markup("[{}]")
_LINE_ENDS = re.compile(r"\r\n?")
_SOON_DAYS = 3
_URGENCY = {
    ClockStatus.DUE_TODAY: "now",
    ClockStatus.OVERDUE: "late",
    ClockStatus.MET_ON_TIME: "met",
    ClockStatus.MET_LATE: "slipped",
    ClockStatus.EXCUSED: "met",
}


class Wording:
    """Says things in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.say = Translator(language)
        self.explain = self.say.explain

    def text(self, text: Text | None) -> str:
        """Return a text that travels with data; empty for none."""
        return text.in_language(self.language) if text else ""

    def day(self, day: date) -> str:
        """Return a day with its weekday, as in `vrijdag 27 november 2026`."""
        return self.say.weekday(day)

    def short_day(self, day: date) -> str:
        """Return a day as in `27 nov 2026`."""
        return format_date(day, "d MMM y", locale=self.language)

    def role(self, member: MemberName) -> str:
        """Return a member's role, in another language if the desk has it in no other; empty if unknown."""
        return member.role.get(self.language) or next(iter(member.role.values()), "")

    def name(self, names: Mapping[str, str]) -> str:
        """Return the desk's name, in another language if need be; empty before the first sync."""
        return names.get(self.language) or next(iter(names.values()), "")

    def urgency(self, clock: Clock) -> str:
        """Return how a clock presses: `late`, `now`, `soon`, `running`, `met` or `slipped` (met too late)."""
        if clock.status is ClockStatus.RUNNING:
            return "soon" if clock.days_left <= _SOON_DAYS else "running"
        return _URGENCY[clock.status]

    def left(self, clock: Clock) -> str:
        """Return what is left of a clock, in words."""
        match clock.status:
            case ClockStatus.MET_ON_TIME:
                return self.say("Done on time, on {day}", day=self._stopped(clock))
            case ClockStatus.MET_LATE:
                return self.say("Done too late, on {day}", day=self._stopped(clock))
            case ClockStatus.EXCUSED:
                return self.say("No longer needed")
            case ClockStatus.DUE_TODAY:
                return self.say("Today is the last day")
            case ClockStatus.OVERDUE:
                return self.count(-clock.days_left, "1 day too late", "{count} days too late")
            case ClockStatus.RUNNING:
                return self.count(clock.days_left, "1 day left", "{count} days left")

    def _stopped(self, clock: Clock) -> str:
        return self.short_day(clock.stopped) if clock.stopped else ""

    def count(self, number: int, one: str, many: str) -> str:
        """Return one of two msgids, of which the second names `{count}`."""
        return self.say(one) if number == 1 else self.say(many, count=number)


def shown(text: str) -> Markup:
    """Return other people's text as inert markup: escaped, and with every invisible sign shown by its number.

    The markup is at most a few times as long as the text, however many such signs it has.
    """
    runs = [(hidden, "".join(signs)) for hidden, signs in groupby(_LINE_ENDS.sub("\n", text), _is_hidden)]
    # Visible and hidden runs alternate.
    marked = 2 * _MARKED_RUNS
    parts = [
        (_MARK if place < marked else _BRACKETS).format(_numbers(run)) if hidden else escape(run)
        for place, (hidden, run) in enumerate(runs)
    ]
    return Markup("").join(parts)


def _is_hidden(sign: str) -> bool:
    return sign not in _PLAIN and unicodedata.category(sign) in _HIDDEN


def _numbers(signs: str) -> str:
    counted = ((ord(sign), sum(1 for _ in same)) for sign, same in groupby(signs))
    return " ".join(f"U+{sign:04X} × {times}" if times > 1 else f"U+{sign:04X}" for sign, times in counted)
