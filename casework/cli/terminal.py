# SPDX-License-Identifier: EUPL-1.2
"""Says things on a terminal and asks for them; reporters' texts go through `plain` first.

A text from outside may hold escape sequences that move the cursor or recolour, and signs that turn the
direction of writing: on a terminal those could forge a line of this tool's own.
"""

import os
import sys
import unicodedata
from pathlib import Path

import click

from casework.domain.case.records import FieldType, RecordField
from casework.domain.terms.term import Clock, ClockStatus
from casework.errors import CaseworkError, PassphraseError
from casework.i18n import Translator
from casework.views.cases import CaseLine

_FILE_VARIABLE = "MELDKLUIS_PASSPHRASE_FILE"
_KEPT = "\n\t"
_END = "."


def plain(text: str) -> str:
    """Return a text without control signs and direction marks; each becomes a visible replacement."""
    return "".join(sign if sign in _KEPT or unicodedata.category(sign)[0] != "C" else "�" for sign in text)


def passphrase(say: Translator, *, new: bool = False) -> str:
    """Return the passphrase: the first line of the file that MELDKLUIS_PASSPHRASE_FILE names, else typed."""
    file = os.environ.get(_FILE_VARIABLE)
    if file is None:
        return str(click.prompt(say("Passphrase"), hide_input=True, confirmation_prompt=new))
    try:
        lines = Path(file).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PassphraseError("The file that {name} names cannot be read.", name=_FILE_VARIABLE) from error
    if not lines or not lines[0]:
        raise PassphraseError("The file that {name} names has no first line.", name=_FILE_VARIABLE)
    return lines[0]


def confirm(question: str, say: Translator) -> bool:
    """Return whether the answer is yes; the first letter counts, in either language, and nothing is a no."""
    answer = click.prompt(f"{question} ({say('yes or no')})", default="", show_default=False)
    return str(answer).strip().lower()[:1] in ("j", "y")


def long_text(say: Translator, question: str = "") -> str:
    """Return what is typed or piped in, up to a line with only a full stop or the end of input.

    There is no editor: those leave copies of what was typed on the disk.

    Raises:
        CaseworkError: there was no more input.
    """
    click.echo(f"{question} {say('(end with a line that holds only a full stop)')}".lstrip(), err=True)
    lines = []
    for line in sys.stdin:
        if line.rstrip("\r\n") == _END:
            break
        lines.append(line)
    else:
        if not lines:
            raise CaseworkError("The input ended before everything was answered. Nothing was recorded.")
    return "".join(lines).strip()


def clock_line(clock: Clock, say: Translator) -> str:
    """Return a clock in one line: what, when, and how it stands."""
    states = {
        ClockStatus.RUNNING: say("due on {day}, {days} days left", day=clock.due, days=clock.days_left),
        ClockStatus.DUE_TODAY: say("due today"),
        ClockStatus.OVERDUE: say("OVERDUE since {day}", day=clock.due),
        ClockStatus.MET_ON_TIME: say("done on {day}, in time", day=clock.stopped),
        ClockStatus.MET_LATE: say("done on {day}, too late", day=clock.stopped),
        ClockStatus.EXCUSED: say("not possible, with reasons"),
    }
    return f"{say.text(clock.term.title)}: {states[clock.status]}"


def case_line(line: CaseLine, say: Translator) -> str:
    """Return a case in one line."""
    if line.broken:
        return f"{plain(line.number)}  {say('This case cannot be shown. Open it to read why.')}"
    due = clock_line(line.next_due, say) if line.next_due else say("nothing is owed")
    marks = [say("closed")] * line.closed + [say("a message is on its way")] * bool(line.unplaced)
    marks += [say("withdrawn by the reporter")] * line.withdrawn + [say("mailbox deleted")] * line.deleted
    return "  ".join(filter(None, [plain(line.number), str(line.received), plain(line.title), due, *marks]))


def ask_for(field: RecordField, say: Translator) -> None:
    """Print what a field asks: the question, the name for `--field`, its help, and the values that it takes."""
    kinds = {
        FieldType.YES_NO: say("yes or no"),
        FieldType.DAY: "YYYY-MM-DD",
        FieldType.CHOICES: say("one or more, with commas between them"),
        FieldType.MEMBERS: say("short names of members, with commas between them"),
        FieldType.ROWS: say("row after row; leave the first question empty to end"),
    }
    hints = [kinds.get(field.type, ""), "" if field.required else say("not required")]
    hint = "; ".join(filter(None, hints))
    click.echo(f"{plain(say.text(field.label))} [{field.name}]{hint and f' ({hint})'}", err=True)
    if field.help:
        click.echo(f"  {say.text(field.help)}", err=True)
    for choice in field.choices:
        click.echo(f"  {choice.value}: {plain(say.text(choice.label))}", err=True)
