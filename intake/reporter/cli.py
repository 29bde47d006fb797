# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report`: report, come back and answer from a terminal, without running any code from the server.

It writes nothing to this computer's disk but what an option names. The eight words and texts are never arguments nor in
the environment: those stand in process lists and shell histories.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from intake.clock import today
from intake.reporter import cli_deeds, cli_delete, cli_files, cli_mailbox, cli_send
from intake.reporter.errors import ReporterError
from intake.reporter.files import Chosen, choose
from intake.reporter.i18n import LANGUAGES, Translator, choose_language
from intake.reporter.terminal import read_text
from intake.reporter.visit import visiting


def build(say: Translator) -> click.Group:
    """Return the command line in a language."""
    language = click.Option(
        ["--language"],
        type=click.Choice(LANGUAGES),
        expose_value=False,
        help=say("Language; else English where the system's language is English, and Dutch everywhere else."),
    )
    commands = [_send(say), _mailbox(say), _answer(say), _files(say), *_deeds(say)]
    group = click.Group(
        "meldkluis-report",
        commands=commands,
        params=[language],
        context_settings={"help_option_names": ["-h", "--help"]},
        help=say(
            "Report to an integrity desk from a terminal. Everything is sealed on this computer; no code from the "
            "server is run, and nothing is kept on the disk. URL is the address of the desk, as on the poster."
        ),
    )
    return click.version_option(package_name="meldkluis")(group)


def _send(say: Translator) -> click.Command:
    exclude = click.Option(
        ["--exclude"],
        multiple=True,
        metavar="MEMBER",
        help=say("A member who must not be able to read the report. May be given more than once."),
    )
    return click.Command(
        "send",
        callback=_visiting(say, cli_send.send),
        params=[*_where(say), _text(say), _file(say), exclude, _proof(say)],
        help=say("Send a report. Asks the questions, shows who will read it, and gives eight words for coming back."),
    )


def _mailbox(say: Translator) -> click.Command:
    return click.Command(
        "mailbox",
        callback=_visiting(say, cli_mailbox.read),
        params=[*_where(say), _proof(say)],
        help=say("Open the mailbox of your report. Asks for the eight words and does not show them."),
    )


def _answer(say: Translator) -> click.Command:
    about = click.Option(["--about"], type=int, help=say("The number of the message that you answer."))
    return click.Command(
        "answer",
        callback=_visiting(say, cli_mailbox.answer),
        params=[*_where(say), about, _text(say), _file(say)],
        help=say("Write a message to the committee, or answer a question. Asks for the eight words."),
    )


def _files(say: Translator) -> click.Command:
    folder = click.Option(
        ["--export", "folder"],
        required=True,
        type=click.Path(path_type=Path, exists=True, file_okay=False),
        metavar="FOLDER",
        help=say("The folder to save them in. They stay there: remove them yourself when you are done."),
    )
    return click.Command(
        "files",
        callback=_visiting(say, cli_files.export),
        params=[*_where(say), folder],
        help=say("Save the files that the committee sent you. Asks for the eight words."),
    )


def _deeds(say: Translator) -> list[click.Command]:
    about = click.Option(["--about"], type=int, required=True, help=say("The number of the report of a conversation."))
    return [
        click.Command(
            "contact",
            callback=_visiting(say, cli_deeds.contact),
            params=_where(say),
            help=say("Tell the committee how to reach you, or take that back. Asks for the eight words."),
        ),
        click.Command(
            "withdraw",
            callback=_visiting(say, cli_deeds.withdraw),
            params=_where(say),
            help=say("Withdraw your report. It is not deleted. Asks for the eight words."),
        ),
        click.Command(
            "delete",
            callback=_visiting(say, cli_delete.delete),
            params=_where(say),
            help=say("Delete your mailbox, not your report. Asks for the eight words."),
        ),
        click.Command(
            "judge",
            callback=_visiting(say, cli_deeds.judge),
            params=[*_where(say), about],
            help=say("Agree with a report of a conversation, object or correct it. Asks for the eight words."),
        ),
    ]


def _where(say: Translator) -> list[click.Parameter]:
    return [
        click.Argument(["url"]),
        click.Option(["--desk"], metavar="ID", help=say("The number of the desk, typed from the poster.")),
        click.Option(["--desk-words"], metavar="WORDS", help=say("The ten words of the desk, typed from the poster.")),
        click.Option(
            ["--proxy"],
            metavar="socks5h://HOST:PORT",
            help=say("Send everything through this proxy, names included. For Tor: socks5h://127.0.0.1:9050."),
        ),
    ]


def _text(say: Translator) -> click.Option:
    return click.Option(
        ["--text"],
        type=click.Path(path_type=Path, allow_dash=True),
        callback=_read,
        metavar="FILE",
        help=say("Read the text from a file instead of asking, or from standard input with “-”."),
    )


def _file(say: Translator) -> click.Option:
    return click.Option(
        ["--file"],
        multiple=True,
        type=click.Path(path_type=Path, dir_okay=False),
        callback=_choose,
        metavar="PATH",
        help=say("A file to send along. May be given more than once; it is sent as it is."),
    )


def _read(_context: click.Context, _option: click.Parameter, path: Path | None) -> str | None:
    """Read the text before the network is used: what cannot be sent asks nothing of a server."""
    return None if path is None else read_text(path)


def _choose(_context: click.Context, _option: click.Parameter, paths: Sequence[Path]) -> tuple[Chosen, ...]:
    """Look at the files before the network is used, as `_read`."""
    return choose(paths)


def _proof(say: Translator) -> click.Option:
    return click.Option(
        ["--proof"],
        type=click.Path(path_type=Path, dir_okay=False),
        metavar="FILE",
        help=say("Save a dated proof of what you sent in this file. Whoever finds it knows that you reported."),
    )


def _visiting(say: Translator, command: Callable[..., None]) -> Callable[..., None]:
    def run(url: str, desk: str | None, desk_words: str | None, proxy: str | None, **options: Any) -> None:
        with visiting(say, today(), url, desk, desk_words, proxy) as visit:
            command(visit, **options)

    return run


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; an error is one sentence on standard error, and its exit code says its kind."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    say = Translator(choose_language(given))
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every sign of a message; a question mark is better than a stack trace.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr] # a TextIOWrapper outside of tests
    try:
        build(say)(given, prog_name="meldkluis-report")
    except ReporterError as error:
        click.echo(say.explain(error), err=True)
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
