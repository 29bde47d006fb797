# SPDX-License-Identifier: EUPL-1.2
"""Says things on the reporter's terminal and asks for them; texts from outside go through `plain` first.

A text from outside may hold escape sequences that move the cursor or recolour, and signs that turn the direction of
writing: on a terminal those could forge a line of this program's own. What must not stay on the screen goes to the
terminal's second screen, which keeps no history. There is no editor: those leave copies on the disk.
"""

import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click

from crypto.errors import WordsError
from crypto.passphrase import check_words
from intake.reporter.errors import AbsentError, StoppedError, UnsentError
from intake.reporter.i18n import Translator

_KEPT = "\n\t"
_END = "."
_SECOND_SCREEN = "\x1b[?1049h\x1b[2J\x1b[H"
_FIRST_SCREEN = "\x1b[2J\x1b[?1049l"
_LONE_SURROGATES = range(0xD800, 0xE000)
_ATTEMPTS = 3
_LARGEST_TEXT = 1_000_000


def plain(text: str) -> str:
    """Return a text without control signs and direction marks; each becomes a visible replacement."""
    return "".join(sign if sign in _KEPT or unicodedata.category(sign)[0] != "C" else "�" for sign in text)


def title(text: str) -> None:
    """Print a heading."""
    click.echo()
    click.secho(text, bold=True)


def text_lines(text: str, indent: str = "  ") -> None:
    """Print a text from outside, each of its lines behind an indent that it cannot forge."""
    for line in plain(text).splitlines() or [""]:
        click.echo(indent + line)


def numbered(items: Iterable[str]) -> None:
    """Print a numbered list."""
    for number, item in enumerate(items, start=1):
        click.echo(f"  {number:>2}. {plain(item)}")


def confirm(question: str, say: Translator) -> bool:
    """Return whether the answer is yes; the first letter counts, in either language, and nothing is a no."""
    answer = click.prompt(f"{question} [{say('yes/no')}]", default="", show_default=False)
    return str(answer).strip().lower()[:1] in ("j", "y")


def require(question: str, say: Translator) -> None:
    """Ask to go on.

    Raises:
        StoppedError: the answer is not yes.
    """
    if not confirm(question, say):
        raise StoppedError("Stopped. Nothing was sent.")


def short_text(prompt: str) -> str:
    """Return one typed line; it may be empty."""
    return clean(str(click.prompt(prompt, default="", show_default=False)))


def long_text(prompt: str, say: Translator) -> str:
    """Return what is typed, up to a line with only a full stop or the end of input."""
    click.echo(f"{prompt} {say('(end with a line that holds only a full stop)')}")
    lines = []
    for line in sys.stdin:
        if line.rstrip("\r\n") == _END:
            break
        lines.append(line)
    return clean("".join(lines)).strip()


def read_text(path: Path) -> str:
    """Return the text of a file, or of standard input where the path is `-`.

    Raises:
        UnsentError: it cannot be read, is not UTF-8, is blank, or is far too long.
    """
    try:
        with sys.stdin.buffer if str(path) == "-" else path.open("rb") as file:
            raw = file.read(_LARGEST_TEXT + 1)
        text = clean(raw.decode("utf-8-sig"))
    except (OSError, UnicodeDecodeError) as error:
        raise UnsentError(
            "The text in {file} cannot be read; it must be plain text in UTF-8. Nothing was sent.", file=path
        ) from error
    if not text.strip() or len(raw) > _LARGEST_TEXT:
        raise UnsentError("The text in {file} is empty, or far too long. Nothing was sent.", file=path)
    if str(path) == "-":
        _ask_on_the_terminal()
    return text


def clean(text: str) -> str:
    """Return a text with half characters, which a terminal may hand over, replaced by U+FFFD."""
    return "".join("�" if ord(sign) in _LONE_SURROGATES else sign for sign in text)


def ask_words(say: Translator) -> tuple[str, ...]:
    """Return the eight words, typed without showing them.

    Raises:
        AbsentError: they were not eight words of one list, time after time.
    """
    for _ in range(_ATTEMPTS):
        typed = click.prompt(
            say("Your eight words (they are not shown)"), hide_input=True, default="", show_default=False
        )
        try:
            return check_words(str(typed))
        except WordsError as error:
            if error.place is None:
                click.echo(say("These are not eight words. Look at your paper again."))
            else:
                click.echo(say("Word {number} is not in our list. Look at your paper again.", number=error.place))
    raise AbsentError("These are not eight words from one of our lists. Nothing was sent. Look at your paper again.")


@contextmanager
def second_screen() -> Iterator[None]:
    """Show what is printed meanwhile on the terminal's second screen, which is gone afterwards."""
    if not sys.stdout.isatty():
        yield
        return
    click.echo(_SECOND_SCREEN, nl=False)
    try:
        yield
    finally:
        click.echo(_FIRST_SCREEN, nl=False)


def progress(label: str) -> Callable[[float], None]:
    """Return a function that shows how far something is, from 0 to 1, on one line of a terminal."""

    def show(fraction: float) -> None:
        if sys.stdout.isatty():
            click.echo(f"\r{label}: {fraction:.0%}", nl=fraction >= 1)

    return show


def _ask_on_the_terminal() -> None:
    """Take answers from the terminal itself, now that standard input has been read to its end."""
    try:
        sys.stdin = _open_terminal()
    except OSError as error:
        raise UnsentError(
            "There is no terminal to ask on after reading the text from standard input. Nothing was sent. Give the "
            "text as a file."
        ) from error


def _open_terminal() -> TextIO:
    return Path("CONIN$" if os.name == "nt" else "/dev/tty").open(encoding=sys.stdin.encoding or "utf-8")
