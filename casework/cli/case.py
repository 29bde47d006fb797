# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework case`: everything about one case, which goes by its number or the start of its id."""

import click

from casework.cli import case_do, messages
from casework.cli.case_text import show_case
from casework.cli.tool import Tool


@click.group("case")
def group() -> None:
    """Show a case, do something in it, write to its reporter. CASE is its number or the start of its id."""


@group.command()
@click.argument("case")
@click.pass_obj
def show(tool: Tool, case: str) -> None:
    """Show CASE in full: what came in, what is owed, the steps, and what happened."""
    with tool.desk() as desk:
        show_case(desk.case(tool.find(desk, case).id), tool.say)


for _command in (case_do.group, *messages.COMMANDS):
    group.add_command(_command)

COMMANDS = (group,)
