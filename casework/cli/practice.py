# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework practice`: the members' pages over an invented year. No folder, no passphrase, no intake."""

from datetime import datetime

import click

from casework import practice, web
from casework.cli.tool import Tool
from casework.i18n import LANGUAGES


@click.command("practice")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A port of this computer; 0 takes a free one.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    default=practice.OPENING_DAY.isoformat(),
    show_default=True,
    help="The day on which the exercise begins.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the pages, if not that of the tool.")
@click.pass_obj
def command(tool: Tool, port: int, day: datetime, language: str | None) -> None:
    """Practise with an invented year in a browser; nothing is real, sent or kept. Stop with Ctrl-C."""
    chosen = next((known for known in LANGUAGES if known == language), tool.say.language)
    desk = practice.open_year(day.date())
    web.serve(lambda: desk, port=port, language=chosen, announce=click.echo, practice=desk)


COMMANDS = (command,)
