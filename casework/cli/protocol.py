# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework protocol`: see, check, draw, add and choose investigation protocols. No passphrase, no intake."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

import click

from casework.cli.tool import Tool
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.protocol_file.lacks import lacks
from casework.domain.terms.term import TermKind
from casework.drawing.svg import draw_poster
from casework.errors import CaseworkError
from casework.folder.own_protocols import add_protocol, use_for_new_cases
from casework.i18n import LANGUAGES
from casework.protocols import open_shelf, read_own, shipped_protocols, shipped_source


@click.group("protocol")
def group() -> None:
    """See, check, draw, add and choose investigation protocols."""


@group.command("list")
@click.pass_obj
def list_protocols(tool: Tool) -> None:
    """Show the newest version of every protocol at hand: those of the tool and those of the desk."""
    shelf = open_shelf(tool.home.protocol_files())
    for protocol in shelf.newest.values():
        click.echo(_name(tool, protocol))
    for error in shelf.broken:
        click.echo(tool.say("Cannot be read any more: {error}", error=error), err=True)


@group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def check(tool: Tool, file: Path) -> None:
    """Say whether FILE is a protocol that cases can follow, or what is wrong with it and the cure.

    What it lacks although a law asks for it is a note: the file is in order all the same.
    """
    protocol = _read(file)
    click.echo(tool.say("{file} is in order.", file=file))
    click.echo(_name(tool, protocol))
    click.echo("\n".join(_found(tool, protocol)))
    for lack in lacks(protocol):
        click.echo(tool.say("Note: {what}", what=tool.say.text(lack)))


@group.command()
@click.argument("protocol")
def show(protocol: str) -> None:
    """Print the file of PROTOCOL, the id of one that comes with the tool: what an own file extends."""
    source = shipped_source(protocol)
    if source is None:
        known = ", ".join(shipped_protocols())
        raise CaseworkError("No protocol {id} comes with this tool. These do: {known}.", id=protocol, known=known)
    click.echo(source, nl=False)


@group.command()
@click.argument("protocol")
@click.option("--language", type=click.Choice(LANGUAGES), help="Language of the picture, if not that of the tool.")
@click.option("--out", type=click.Path(path_type=Path), help="Write it to this .svg file, not to standard output.")
@click.pass_obj
def draw(tool: Tool, protocol: str, language: str | None, out: Path | None) -> None:
    """Draw PROTOCOL, the id of one at hand or a file, as an SVG picture."""
    chosen = next((known for known in LANGUAGES if known == language), tool.say.language)
    known = open_shelf(tool.home.protocol_files()).newest
    picture = draw_poster(known[protocol] if protocol in known else _read(Path(protocol)), chosen).encode()
    if out is None:
        click.echo(picture, nl=False)
        return
    _require_svg(out)
    out.write_bytes(picture)
    click.echo(tool.say("Drawn: {path}", path=out))


@group.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_obj
def add(tool: Tool, file: Path) -> None:
    """Keep FILE as a protocol of the desk, or as a newer version of one; running cases keep what they have.

    Every member adds the same file: a member without it can read the cases that follow it, and not go on with them.
    """
    data = _source(file)
    with _claimed(tool):
        protocol = add_protocol(tool.home, data, file.name)
    click.echo(tool.say("Kept: {name}", name=_name(tool, protocol)))


@group.command()
@click.argument("protocol")
@click.pass_obj
def use(tool: Tool, protocol: str) -> None:
    """Have new cases follow PROTOCOL, the id of one at hand."""
    with _claimed(tool):
        chosen = use_for_new_cases(tool.home, protocol)
    click.echo(tool.say("New cases follow: {name}", name=_name(tool, chosen)))


@contextmanager
def _claimed(tool: Tool) -> Iterator[None]:
    """Keep other tools out of the member's folder."""
    tool.home.require_keys()
    tool.home.claim()
    try:
        yield
    finally:
        tool.home.release()


@group.command()
def schema() -> None:
    """Print the JSON Schema of protocol files, with which an editor helps to write one."""
    click.echo(files("casework.protocols").joinpath("protocol.schema.json").read_bytes(), nl=False)


def _read(file: Path) -> InvestigationProtocol:
    """Return the protocol in a file; raises what `_source` does, and ProtocolFileError for what is no protocol."""
    return read_own(_source(file), file.name)


def _source(file: Path) -> bytes:
    """Return what is in a file.

    Raises:
        CaseworkError: there is no file of text with that name.
    """
    if file.is_dir():
        raise CaseworkError("{file} is a folder. Name a protocol file, a text that ends in .toml.", file=file)
    if not file.is_file():
        raise CaseworkError(
            "There is no protocol and no file {file}. `meldkluis-casework protocol list` shows the protocols at hand.",
            file=file,
        )
    data = file.read_bytes()
    if not data.strip():
        raise CaseworkError("{file} is empty. docs/protocols.md shows how a protocol begins.", file=file)
    if b"\0" in data:
        raise CaseworkError("{file} is not a text. A protocol is written in TOML, in a text editor.", file=file)
    return data


def _require_svg(out: Path) -> None:
    """A drawing may replace an earlier one, and nothing else."""
    if out.suffix != ".svg":
        raise CaseworkError("{file} does not end in .svg. Nothing was written; give it a name that does.", file=out)


def _name(tool: Tool, protocol: InvestigationProtocol) -> str:
    title = tool.say.text(protocol.title)
    return tool.say("{id}, version {version}: {title}", id=protocol.id, version=protocol.version, title=title)


def _found(tool: Tool, protocol: InvestigationProtocol) -> tuple[str, ...]:
    steps = protocol.steps.values()
    optional = sum(step.optional for step in steps)
    options = sum(len(step.options) for step in steps)
    fields = sum(len(step.record) for step in steps)
    kinds = [step.terms[0].rules[0].kind for step in steps if step.terms]
    law = kinds.count(TermKind.LAW)
    clocks = sum(step.clock is not None for step in steps)
    return (
        tool.say("Steps: {steps}; not required among them: {optional}.", steps=len(steps), optional=optional),
        tool.say("Outcomes to choose from: {options}. Fields to fill in: {fields}.", options=options, fields=fields),
        tool.say("Terms: {law} of the law, {own} of your own.", law=law + clocks, own=len(kinds) - law),
    )


COMMANDS = (group,)
