# SPDX-License-Identifier: EUPL-1.2
"""Commands for the daily work: sync, cases, steps and messages."""

from pathlib import Path

import click

from casework import web
from casework.cli import terminal
from casework.cli.case_text import show_case
from casework.cli.forms import ask_option, ask_rest, read_form, say_done
from casework.cli.tool import Tool
from casework.domain.case.commands import ExcludeMember
from casework.domain.case.records import record_from_form
from casework.errors import CaseworkError
from casework.sync.syncing import SyncStage

_STAGES = {
    SyncStage.DESK: "checking the desk and your keys",
    SyncStage.MAILBOXES: "looking for new mailboxes",
    SyncStage.OPENING: "opening new reports",
    SyncStage.CASES: "following the cases",
    SyncStage.DONE: "done",
}


@click.command()
@click.pass_obj
def sync(tool: Tool) -> None:
    """Fetch what is new, send what is waiting, renew and destroy keys."""
    say = tool.say
    with tool.desk() as desk:
        result = desk.sync(progress=lambda stage: click.echo(say(_STAGES[stage]), err=True))
    click.echo(say("New cases: {opened}. New messages: {messages}.", opened=result.opened, messages=result.messages))
    if result.closed:
        click.echo(say("Mailboxes that are not for you or cannot be opened: {closed}.", closed=result.closed))
    if result.unreadable:
        click.echo(say("Locked files that do not open: {number}.", number=result.unreadable))
    for problem in result.problems:
        click.echo(f"{problem.log[:6].upper()}: {say.explain(problem.error)}", err=True)


@click.command()
@click.pass_obj
def cases(tool: Tool) -> None:
    """List the cases, the most urgent first."""
    with tool.desk() as desk:
        found = desk.cases()
    for line in found:
        click.echo(terminal.case_line(line, tool.say))
    if not found:
        click.echo(tool.say("There are no cases. `meldkluis-casework sync` fetches new reports."))


@click.command()
@click.pass_obj
def today(tool: Tool) -> None:
    """List what is owed, soonest first."""
    with tool.desk() as desk:
        owed = desk.today()
    for item in owed:
        click.echo(f"{item.number}  {terminal.clock_line(item.clock, tool.say)}")
    if not owed:
        click.echo(tool.say("Nothing is owed."))


@click.command()
@click.argument("case")
@click.pass_obj
def show(tool: Tool, case: str) -> None:
    """Show one case in full; CASE is its number or the start of its id."""
    with tool.desk() as desk:
        show_case(desk.case(tool.find(desk, case).id), tool.say)


@click.command()
@click.argument("case")
@click.argument("step")
@click.option("--option", help="The outcome, where the step has options.")
@click.option("--field", "given", multiple=True, metavar="NAME=VALUE", help="A field of the record; repeatable.")
@click.option("--record", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="The record as TOML.")
@click.pass_obj
def do(tool: Tool, case: str, step: str, option: str | None, given: tuple[str, ...], record: Path | None) -> None:
    """Complete STEP of CASE. What neither --field nor --record gives is asked for."""
    with tool.desk() as desk:
        view = desk.case(tool.find(desk, case).id)
        found = view.protocol.steps.get(step) if view.protocol else None
        if found is None:
            raise CaseworkError("The protocol of this case has no step {step}.", step=step)
        chosen = option or ask_option(tool, found)
        form = read_form(record, given)
        ask_rest(tool, found.record, form, chosen)
        done = desk.complete_step(view.line.id, step, record_from_form(found.record, form), chosen)
    say_done(tool, done)


@click.command()
@click.argument("case")
@click.option("--conflict/--no-conflict", required=True, help="Whether you have an interest in this case.")
@click.pass_obj
def declare(tool: Tool, case: str, conflict: bool) -> None:  # noqa: FBT001 - click's way to pass a flag
    """Declare whether you have an interest in CASE; an interest needs an explanation, which is asked for."""
    with tool.desk() as desk:
        explanation = terminal.long_text(tool.say("Which interest?"), tool.say) if conflict else ""
        say_done(tool, desk.declare(tool.find(desk, case).id, conflict, explanation))


@click.command()
@click.argument("case")
@click.argument("member")
@click.pass_obj
def exclude(tool: Tool, case: str, member: str) -> None:
    """Exclude MEMBER (the short name) from CASE; the reason is typed or piped in."""
    with tool.desk() as desk:
        if member not in {known.id for known in desk.overview().members}:
            raise CaseworkError("There is no member {member} at this desk. Nothing was recorded.", member=member)
        ground = terminal.long_text(tool.say("Why?"), tool.say)
        say_done(tool, desk.do(tool.find(desk, case).id, ExcludeMember(desk.member, member, ground)))


@click.command()
@click.pass_obj
def status(tool: Tool) -> None:
    """Show the desk, your keys and the day on which the next one is destroyed."""
    say = tool.say
    with tool.desk() as desk:
        seen = desk.overview()
    click.echo(f"{terminal.plain(seen.name.get(say.language, ''))}  {seen.desk}  {seen.origin}")
    click.echo(" ".join(seen.words[say.language]))
    click.echo(say("You are {member}. Live members today: {live}.", member=seen.member.id, live=", ".join(seen.live)))
    click.echo(say("Last listing: {day}.", day=seen.synced or "-"))
    click.echo(say("Reports can be sealed to you until {day}.", day=seen.sealed_until or "-"))
    click.echo(say("Next key is destroyed on {day}.", day=seen.next_destruction or "-"))
    click.echo(
        say(
            "Mailboxes not for you: {closed}; waiting for a colleague: {waiting}.",
            closed=seen.unopened,
            waiting=seen.waiting,
        )
    )
    for day in seen.unreadable:
        click.echo(say("A locked file that came on {day} does not open with your keys.", day=day))
    if seen.read_only:
        click.echo(say.explain(seen.read_only), err=True)


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="A port of this computer; 0 takes a free one.")
@click.pass_obj
def serve(tool: Tool, port: int) -> None:
    """Show the cases in a browser on this computer; stop with Ctrl-C."""
    web.serve(tool.unlock, port=port, language=tool.say.language, announce=click.echo)


COMMANDS = (sync, cases, today, show, do, declare, exclude, status, serve)
