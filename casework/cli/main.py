# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework`: the member's tool on a command line, over the same functions as the web interface.

A passphrase or a text of a case is never an argument: arguments stand in process lists and shell histories.
"""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from casework.cli import case, cases, desk, handover, practice, protocol
from casework.cli.help import in_language
from casework.cli.tool import Tool
from casework.domain.errors import DomainError
from casework.domain.text import Language
from casework.errors import CaseworkError
from casework.folder.home import Home
from casework.i18n import LANGUAGES, Translator, preferred_language
from crypto.errors import FormatError


class _Commands(click.Group):
    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (click.Abort, KeyboardInterrupt, EOFError) as error:
            raise CaseworkError("Stopped. What was recorded before is kept.") from error


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="MELDKLUIS_HOME",
    default=lambda: Path(click.get_app_dir("meldkluis")),
    help="This member's folder for this desk (also MELDKLUIS_HOME).",
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of what is shown; else English where the locale starts with en, and Dutch everywhere else.",
)
@click.version_option(package_name="meldkluis")
@click.pass_context
def cli(context: click.Context, home: Path, language: str | None) -> None:
    """Meldkluis for members of an integrity desk: cases, messages, clocks."""
    chosen = next((known for known in LANGUAGES if known == language), preferred_language())
    context.obj = Tool(Home(home), Translator(chosen))


for command in (
    *desk.COMMANDS,
    *cases.COMMANDS,
    *case.COMMANDS,
    *handover.COMMANDS,
    *practice.COMMANDS,
    *protocol.COMMANDS,
):
    cli.add_command(command)


def main() -> None:
    """Run the command line; an error is one sentence on standard error and exit status 1."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every sign of a report; a question mark is better than a stack trace.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # a TextIOWrapper outside of tests
    say = Translator(_language(sys.argv[1:]))
    try:
        in_language(cli, say)()
    except (CaseworkError, DomainError, FormatError) as error:
        _fail(say, error)
    except OSError as error:
        _fail(
            say,
            CaseworkError(
                "This computer could not read or write something ({reason}). What was recorded before is kept. "
                "Check the file, the folder and the room on the disk, and try again.",
                reason=error,
            ),
        )


def _fail(say: Translator, error: Exception) -> NoReturn:
    click.echo(say.explain(error), err=True)
    sys.exit(1)


def _language(arguments: Sequence[str]) -> Language:
    """Return the language that these arguments ask for (`--language en` or `--language=en`), else the preferred one."""
    words = [part for argument in arguments for part in argument.split("=", maxsplit=1)]
    asked = words[words.index("--language") + 1 :][:1] if "--language" in words else []
    return next((known for known in LANGUAGES if known in asked), preferred_language())
