# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework case`: show a case, and do in it whatever the pages offer (`casework.acts`)."""

from pathlib import Path

import click

from casework.acts import ACTS, Act, Scene
from casework.cli import cases, terminal
from casework.cli.forms import ask_rest, read_form, say_done
from casework.cli.tool import Tool
from casework.domain.case.record_check import record_problem
from casework.domain.case.records import record_from_form
from casework.domain.errors import Refused
from casework.domain.judge.moving import follow
from casework.errors import CaseworkError


@click.group("case")
def group() -> None:
    """Show a case, or do something in it."""


@group.group("do")
def acts() -> None:
    """Record something in a case: `case do WHAT CASE`. What is not given is asked for."""


@acts.command("follow")
@click.argument("case")
@click.argument("protocol")
@click.pass_obj
def follow_protocol(tool: Tool, case: str, protocol: str) -> None:
    """Have CASE follow PROTOCOL (the id), or its newest version; the reason is typed or piped in."""
    with tool.desk() as desk:
        to = desk.protocols().get(protocol)
        if to is None:
            raise CaseworkError("There is no protocol {id} here. Nothing was recorded.", id=protocol)
        view = desk.case(tool.find(desk, case).id)
        reason = terminal.long_text(tool.say("Why?"), tool.say)
        say_done(tool, desk.do(view.line.id, follow(desk.member, view.case, view.protocol, to, reason)))


def _command(act: Act) -> click.Command:
    """Return the command that asks for an act's fields and does it."""

    @click.command(act.name, help=f"{act.heading.en}. {act.lead.en}")
    @click.argument("case")
    @click.option("--field", "given", multiple=True, metavar="NAME=VALUE", help="A field of the form; repeatable.")
    @click.option("--record", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The form as TOML.")
    @click.pass_obj
    def command(tool: Tool, case: str, given: tuple[str, ...], record: Path | None) -> None:
        with tool.desk() as desk:
            scene = Scene(desk, desk.case(tool.find(desk, case).id))
            fields, form = act.fields(scene), read_form(record, given)
            ask_rest(tool, fields, form)
            filled_in = record_from_form(fields, form)
            problem = record_problem(fields, filled_in, None, desk.overview().today)
            if problem:
                raise Refused(problem)
            say_done(tool, act.do(scene, filled_in))

    return command


group.add_command(cases.show)
acts.add_command(cases.do, "step")
for _act in ACTS.values():
    acts.add_command(_command(_act))

COMMANDS = (group,)
