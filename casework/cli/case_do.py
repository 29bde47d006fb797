# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework case do`: steps of the protocol, another protocol, and every act of `casework.acts`."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from casework.acts import ACTS, Act, Scene
from casework.cli.forms import read_form, takes_form
from casework.cli.help import BilingualCommand
from casework.cli.interview import Interview
from casework.cli.tool import Tool
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.errors import Refused
from casework.domain.judge.moving import Move, follow, plan_move
from casework.domain.protocol.model import Step
from casework.domain.text import Text
from casework.errors import CaseworkError
from casework.views.cases import CaseView

_OPTION = RecordField("option", FieldType.CHOICE, Text("Uitkomst", "Outcome"))
_STEP = RecordField("step", FieldType.CHOICE, Text("Welke stap?", "Which step?"))
_PROTOCOL = RecordField("protocol", FieldType.CHOICE, Text("Welk protocol?", "Which protocol?"))
_REASON = RecordField("reason", FieldType.LONG_TEXT, Text("Waarom?", "Why?"))


@click.group("do")
def group() -> None:
    """Record something in a case: `case do WHAT CASE`. What is not given is asked for."""


@group.command("step")
@click.argument("case")
@click.argument("step", required=False)
@click.option("--option", help="The outcome, where the step has several.")
@takes_form
@click.pass_obj
def do_step(
    tool: Tool, case: str, step: str | None, option: str | None, given: tuple[str, ...], record: Path | None
) -> None:
    """Do a step of the protocol of CASE: STEP, or one that you choose from those whose turn it is."""
    with tool.desk() as desk:
        view, interview = desk.case(tool.find(desk, case).id), tool.interview(desk)
        todo = view.assessment.step(_chosen_step(interview, view, step))
        if todo.blocked_by:
            raise Refused(todo.blocked_by[0])
        outcome = _outcome(interview, todo.step, option)
        filled_in = interview.record(todo.step.record, read_form(todo.step.record, record, given), outcome)
        tool.say_recorded(desk.complete_step(view.line.id, todo.step.id, filled_in, outcome))


@group.command("follow")
@click.argument("case")
@click.argument("protocol", required=False)
@takes_form
@click.pass_obj
def follow_protocol(tool: Tool, case: str, protocol: str | None, given: tuple[str, ...], record: Path | None) -> None:
    """Have CASE follow PROTOCOL (its id), or one that you choose. First says what that changes."""
    with tool.desk() as desk:
        view, interview, known = desk.case(tool.find(desk, case).id), tool.interview(desk), desk.protocols()
        choices = tuple(Choice(one.id, one.title) for one in known.values())
        to = known[interview.choose(replace(_PROTOCOL, choices=choices), protocol)]
        _tell(tool, plan_move(view.case, view.protocol, to))
        reason = interview.record((_REASON,), read_form((_REASON,), record, given))["reason"]
        command = follow(desk.member, view.case, view.protocol, to, str(reason))
        tool.say_recorded(desk.do(view.line.id, command))


def _chosen_step(interview: Interview, view: CaseView, step: str | None) -> str:
    """Return the id of a step of the case's protocol: any that is named, else one whose turn it is."""
    known = view.protocol.steps if view.protocol else {}
    if step and step not in known:
        raise CaseworkError("The protocol of this case has no step {step}.", step=step)
    turn = tuple(Choice(one.step.id, one.step.title) for one in view.assessment.to_do)
    return step or interview.choose(replace(_STEP, choices=turn), None)


def _outcome(interview: Interview, step: Step, option: str | None) -> str | None:
    choices = tuple(Choice(one.value, one.label) for one in step.options)
    return interview.choose(replace(_OPTION, choices=choices), option) if choices else option


def _tell(tool: Tool, move: Move) -> None:
    say = tool.say
    if move.kept:
        click.echo(say("What was done stands for: {steps}.", steps=", ".join(move.kept)), err=True)
    _list(tool, say("Done, and no longer counted here"), move.again)
    _list(tool, say("Left out with consent, which has to be asked anew"), move.left_out)
    _list(tool, say("New steps"), move.new)
    _list(tool, say("Steps that are no longer asked"), move.gone)


def _list(tool: Tool, heading: str, steps: Sequence[Step]) -> None:
    if steps:
        click.echo(heading, err=True)
    for step in steps:
        click.echo(f"  {step.id} {tool.say.text(step.title)}", err=True)


def _command(act: Act) -> click.Command:
    """Return the command that asks for an act's fields and does it."""
    about = Text(*(f"{heading}. {lead}" for heading, lead in zip(act.heading, act.lead, strict=True)))

    @click.command(act.name, cls=BilingualCommand, about=about)
    @click.argument("case")
    @takes_form
    @click.pass_obj
    def command(tool: Tool, case: str, given: tuple[str, ...], record: Path | None) -> None:
        with tool.desk() as desk:
            scene = Scene(desk, desk.case(tool.find(desk, case).id))
            fields = act.fields(scene)
            filled_in = tool.interview(desk).record(fields, read_form(fields, record, given), start=act.start(scene))
            tool.say_recorded(act.do(scene, filled_in))

    return command


for _act in ACTS.values():
    group.add_command(_command(_act))
