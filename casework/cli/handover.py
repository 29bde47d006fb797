# SPDX-License-Identifier: EUPL-1.2
"""Commands for files that came by post or by hand, locked without the page (FORMAT.md section 6.7).

Such a file is an anonymous letter: it has no mailbox, no words and no sender that anybody could check.
"""

from pathlib import Path

import click

from casework.cli import terminal
from casework.cli.tool import Tool


@click.command()
@click.pass_obj
def recipients(tool: Tool) -> None:
    """Say the number that a caller compares before locking a file for this desk."""
    with tool.desk() as desk:
        number, until = desk.recipients()
    click.echo(tool.say("The number of recipients.txt today: {number}", number=number))
    click.echo(tool.say("It changes when a member gets a new key, at the latest after {day}.", day=until))


@click.command("open-file")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--to",
    type=click.Path(exists=False, path_type=Path),
    help="Write it to this file, unlocked, instead of showing it.",
)
@click.pass_obj
def open_file(tool: Tool, file: Path, to: Path | None) -> None:
    """Open FILE, an age file that somebody locked for this desk and handed over."""
    with tool.desk() as desk:
        content = desk.open_handed_over(file.read_bytes())
    click.echo(tool.say("Nobody can check who made this file. Treat it as an anonymous letter."), err=True)
    if to is None:
        click.echo(terminal.plain(content.decode(errors="replace")))
        return
    with to.open("xb") as target:
        target.write(content)
    click.echo(tool.say("Written, unlocked: {path}. Destroy it when the case log has it.", path=to))


COMMANDS = (recipients, open_file)
