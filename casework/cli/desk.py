# SPDX-License-Identifier: EUPL-1.2
"""Commands that make a member, a desk, and a member of that desk."""

from itertools import chain
from pathlib import Path

import click

from casework.cli import terminal
from casework.cli.tool import Tool
from casework.clock import amsterdam_today
from casework.errors import CaseworkError, CeremonyError
from casework.folder.home import write_atomically
from casework.service import ceremony, joining
from crypto.desk import desk_words
from crypto.wordlist import LANGUAGES, word_list

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LEAST_MEMBERS = 2


def _free(_context: click.Context, _option: click.Parameter, file: Path) -> Path:
    """Return a place where nothing stands yet: a desk document or a card that is replaced is gone for good."""
    if not file.parent.is_dir():
        raise CaseworkError(
            "There is no folder {folder}. Nothing was changed. Make it first, or choose another.", folder=file.parent
        )
    if file.exists():
        raise CaseworkError("There is a file {file} already. Nothing was changed. Choose another name.", file=file)
    return file


_NEW_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("member")
@click.option("--name", required=True, help="Your name, as the other members know it.")
@click.option("--role-nl", required=True, help="Your role in Dutch; reporters see it.")
@click.option("--role-en", required=True, help="Your role in English; reporters see it.")
@click.option("--card", type=_NEW_FILE, callback=_free, required=True, help="Where to write your card.")
@click.pass_obj
def init(tool: Tool, member: str, name: str, role_nl: str, role_en: str, card: Path) -> None:
    """Make your keys and your card. MEMBER is your short name: a to z, 0 to 9 and hyphens."""
    phrase = terminal.passphrase(tool.say, new=True)
    data = ceremony.new_member(tool.home, phrase, member, name, {"nl": role_nl, "en": role_en}, amsterdam_today())
    write_atomically(card, data)
    say = tool.say
    click.echo(say("Your keys are in {folder}. Your card is {card}.", folder=tool.home.folder, card=card))
    click.echo(say("Its fingerprint, to read aloud: {fingerprint}", fingerprint=ceremony.read_card(data).fingerprint))


@click.group()
def desk() -> None:
    """Hold the ceremony that makes or changes a desk."""


_Cards = list[ceremony.Card]


def _people(members: tuple[Path, ...], custodians: tuple[Path, ...]) -> tuple[_Cards, _Cards]:
    """Return the members' cards and the custodians'."""
    if len(members) < _LEAST_MEMBERS:
        raise CeremonyError("A desk needs the cards of at least two members.")
    return _read(members), _read(custodians)


def _read(files: tuple[Path, ...]) -> _Cards:
    return [ceremony.read_card(file.read_bytes()) for file in files]


def _compare(tool: Tool, *people: _Cards) -> None:
    """Have every fingerprint read aloud."""
    for card in chain(*people):
        click.echo(f"  {card.fingerprint}  {terminal.plain(card.member.name)} ({card.member.id})")
    if not terminal.confirm(tool.say("Did every person read this fingerprint aloud from their own screen?"), tool.say):
        raise CeremonyError("Nothing was written. Compare the fingerprints first.")


@desk.command("new")
@click.argument("profile", type=_FILE)
@click.argument("cards", type=_FILE, nargs=-1)
@click.option(
    "--custodian", "custodians", type=_FILE, multiple=True, help="The card of a custodian; may be given more than once."
)
@click.option("--threshold", default=2, show_default=True, help="How many shares of the root key sign a change.")
@click.option("--shares", default=3, show_default=True, help="How many shares to print.")
@click.option("--out", type=_NEW_FILE, callback=_free, required=True, help="Where to write the desk document.")
@click.pass_obj
def new_desk(
    tool: Tool,
    profile: Path,
    cards: tuple[Path, ...],
    custodians: tuple[Path, ...],
    threshold: int,
    shares: int,
    out: Path,
) -> None:
    """Make a desk from its PROFILE (TOML) and the members' CARDS, and print the shares of its root key once."""
    values = ceremony.read_profile(profile.read_bytes())
    people = _people(cards, custodians)
    seed, mnemonics = ceremony.new_root(threshold, shares)
    data = ceremony.first_document(values, *people, seed)
    _compare(tool, *people)
    write_atomically(out, data)
    for number, mnemonic in enumerate(mnemonics, start=1):
        click.secho(tool.say("Share {number} of {shares}", number=number, shares=shares), bold=True)
        click.echo(mnemonic)
    click.echo(
        tool.say(
            "Copy each share to paper by hand, give each to another person, and clear this screen. "
            "They are kept nowhere else; any {threshold} of them can change the desk.",
            threshold=threshold,
        )
    )
    _tell(tool, ceremony.read_signed_document(data).desk, out)


@desk.command("revise")
@click.argument("profile", type=_FILE)
@click.argument("cards", type=_FILE, nargs=-1)
@click.option(
    "--custodian", "custodians", type=_FILE, multiple=True, help="The card of a custodian; may be given more than once."
)
@click.option("--before", type=_FILE, required=True, help="The desk document that is in force.")
@click.option("--out", type=_NEW_FILE, callback=_free, required=True, help="Where to write the new desk document.")
@click.pass_obj
def revise_desk(
    tool: Tool, profile: Path, cards: tuple[Path, ...], custodians: tuple[Path, ...], before: Path, out: Path
) -> None:
    """Sign the next document of a desk with the shares of its root key, for the members of these CARDS."""
    values = ceremony.read_profile(profile.read_bytes())
    current = ceremony.read_signed_document(before.read_bytes())
    people = _people(cards, custodians)
    _compare(tool, *people)
    seed = ceremony.root_from_shares(_ask_shares(tool))
    write_atomically(out, ceremony.next_document(values, *people, seed, current))
    _tell(tool, current.desk, out)


@click.command()
@click.argument("origin")
@click.argument("address", nargs=-1, required=True)
@click.option("--proxy", help="A SOCKS proxy, as socks5h://127.0.0.1:9050.")
@click.pass_obj
def join(tool: Tool, origin: str, address: tuple[str, ...], proxy: str | None) -> None:
    """Join the desk at ORIGIN (https://host) whose ADDRESS is its id or the ten words of its poster."""
    phrase = terminal.passphrase(tool.say)
    found = joining.join(tool.home, phrase, origin, " ".join(address), amsterdam_today(), proxy=proxy)
    names = found.document.name
    click.echo(
        tool.say(
            "You joined {desk}. Reports can be sealed to you from now on.",
            desk=terminal.plain(names.get(tool.say.language) or next(iter(names.values()))),
        )
    )


def _ask_shares(tool: Tool) -> list[str]:
    shares: list[str] = []
    while True:
        text = click.prompt(tool.say("A share (empty when all were typed)"), default="", show_default=False)
        if not text.strip():
            return shares
        shares.append(" ".join(text.split()))


def _tell(tool: Tool, desk_id: str, out: Path) -> None:
    click.echo(tool.say("The desk document is {file}; give it to the operator of the intake.", file=out))
    click.echo(tool.say("The desk's id: {desk}", desk=desk_id))
    for language in LANGUAGES:
        click.echo(f"  {language}: {' '.join(desk_words(desk_id, word_list(language)))}")


COMMANDS = (init, desk, join)
