# SPDX-License-Identifier: EUPL-1.2
"""Commands for the daily work over all cases: sync, lists, status, and the pages."""

import click

from casework import web
from casework.cli import terminal
from casework.cli.tool import Tool
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
    """List what is owed in all cases, soonest first."""
    with tool.desk() as desk:
        owed = desk.today()
    for item in owed:
        click.echo(f"{terminal.plain(item.number)}  {terminal.clock_line(item.clock, tool.say)}")
    if not owed:
        click.echo(tool.say("Nothing is owed."))


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


COMMANDS = (sync, cases, today, status, serve)
