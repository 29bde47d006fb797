# SPDX-License-Identifier: EUPL-1.2
"""Commands for what goes between the committee and a reporter: replies and files."""

import os
import sys
from pathlib import Path

import click

from casework.cli import terminal
from casework.cli.forms import read_form
from casework.cli.tool import Tool
from casework.domain.case.messages import FEEDBACK_FIELDS, MEETING_FIELD, TRANSCRIPT_FIELDS
from casework.domain.case.records import FieldType, RecordField
from casework.domain.case.vocabulary import MESSAGE_KINDS
from casework.domain.text import Text
from casework.errors import DamagedFileError, FileNotWholeError
from casework.service.desk_files import CaseFiles
from casework.sync.transfers import Outgoing
from casework.views.cases import CaseView
from casework.views.drafts import MessageDraft
from casework.views.entries import FileLine
from casework.views.labels import FILE_STATES, file_size
from casework.wire.refusals import NO_ROOM

_MESSAGE = (RecordField("text", FieldType.LONG_TEXT, Text("Uw bericht aan de melder", "Your message to the reporter")),)
_KINDS = [kind for kind in MESSAGE_KINDS if kind != "acknowledgement"]
_FORMS = {"feedback": FEEDBACK_FIELDS, "transcript": TRANSCRIPT_FIELDS}
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("case")
@click.option(
    "--kind",
    type=click.Choice([kind for kind in MESSAGE_KINDS if kind != "acknowledgement"]),
    required=True,
    help="What you write.",
)
@click.option("--record", type=_FILE, help="A TOML file with answers, texts too.")
@click.option("--attach", type=_FILE, multiple=True, help="A file to send along; may be given more than once.")
@click.option("--meeting", is_flag=True, help="It proposes the conversation that the reporter asked for.")
@click.pass_obj
def reply(tool: Tool, case: str, kind: str, record: Path | None, attach: tuple[Path, ...], *, meeting: bool) -> None:
    """Write to the reporter of CASE; the text is typed, piped in, or in the file of --record."""
    with tool.desk() as desk:
        line = tool.find(desk, case)
        fields = _FORMS.get(kind, _MESSAGE)
        values = tool.interview(desk).record(fields, read_form(fields, record, ()))
        files = tuple(_sealed(desk.files, line.id, path) for path in attach)
        draft = MessageDraft.from_record(kind, {**values, MEETING_FIELD.name: meeting}, files)
        _say_sent(tool, desk.write_message(line.id, draft))


@click.command()
@click.argument("case")
@click.option("--own-words", is_flag=True, help="Type the text instead of sending the standard one.")
@click.pass_obj
def acknowledge(tool: Tool, case: str, own_words: bool) -> None:  # noqa: FBT001 - click's way to pass a flag
    """Send the acknowledgement of CASE to its reporter."""
    with tool.desk() as desk:
        line = tool.find(desk, case)
        text = terminal.long_text(tool.say, tool.say("Acknowledgement")) if own_words else None
        _say_sent(tool, desk.acknowledge(line.id, text))


@click.command()
@click.argument("case")
@click.option(
    "--export",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder to save them in.",
)
@click.option("--only", type=int, help="Save only the file with this number.")
@click.pass_obj
def files(tool: Tool, case: str, folder: Path | None, only: int | None) -> None:
    """List the files of CASE, or save those that are whole in a folder. This tool opens none of them."""
    with tool.desk() as desk:
        view = desk.case(tool.find(desk, case).id)
        if not view.files:
            click.echo(tool.say("This case has no files."))
        failed = False
        for number, file in enumerate(view.files, 1):
            if folder is None:
                click.echo(_file_line(tool, number, file))
            elif only in (None, number):
                failed |= not _export(tool, desk.files, view.line.id, file, folder)
    if failed:
        raise SystemExit(1)


def _sealed(case_files: CaseFiles, case: str, path: Path) -> str:
    with path.open("rb") as content:
        return case_files.attach(case, Outgoing(path.name, content, os.fstat(content.fileno()).st_size)).blob


def _file_line(tool: Tool, number: int, file: FileLine) -> str:
    sender = terminal.plain(file.author.name) if file.author else tool.say("the reporter")
    parts = (terminal.plain(file.name), terminal.plain(file.type), file_size(file.size, tool.say.language), sender)
    return f"{number:>3}  {file.day}  {'  '.join(parts)}  [{tool.say(FILE_STATES[file.state])}]"


def _export(tool: Tool, case_files: CaseFiles, case: str, file: FileLine, folder: Path) -> bool:
    """Save one file; say what went wrong with it and go on, because the others may be good."""
    name = terminal.plain(file.name)
    try:
        with click.progressbar(length=1, label=name, file=sys.stderr) as bar:

            def tell(_part: int, parts: int) -> None:
                bar.length = parts
                bar.update(1)

            saved = case_files.export(case, file.blob, folder, tell)
    except (FileNotWholeError, DamagedFileError) as error:
        click.echo(f"{name}: {tool.say.explain(error)}", err=True)
        return False
    click.echo(tool.say("Saved: {file}", file=saved))
    return True


def _say_sent(tool: Tool, view: CaseView) -> None:
    newest = list(view.case.messages.values())[-1]
    if newest.seq in view.without_room:
        click.echo(tool.say(NO_ROOM))
    elif newest in view.unplaced:
        click.echo(tool.say("Recorded; it goes to the reporter at the next sync."))
    else:
        click.echo(tool.say("It stands in the reporter's mailbox."))


COMMANDS = (reply, acknowledge, files)
