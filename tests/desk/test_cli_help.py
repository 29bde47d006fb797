# SPDX-License-Identifier: EUPL-1.2
"""What `--help` says: every command and option, in Dutch and in English."""

import sys
from collections.abc import Iterator

import click
import pytest

from casework.acts import ACTS
from casework.cli.help import in_language
from casework.cli.main import cli, main
from casework.i18n import Translator


def helps(command: click.Command, name: str = "") -> Iterator[tuple[str, str | None]]:
    """Give each command and option of a command line, with what its help says."""
    yield name, command.help
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            yield f"{name} {parameter.opts[0]}", parameter.help
    if isinstance(command, click.Group):
        for below in command.commands.values():
            yield from helps(below, f"{name} {below.name}")


def helped(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    monkeypatch.setattr(sys, "argv", ["meldkluis-casework", *arguments])
    with pytest.raises(SystemExit):
        main()
    return " ".join(capsys.readouterr().out.split())


def test_every_command_and_option_has_help_in_both_languages() -> None:
    english = dict(helps(in_language(cli, Translator("en"))))
    dutch = dict(helps(in_language(cli, Translator("nl"))))
    assert len(english) > 60
    assert [name for name, text in english.items() if not text] == []
    assert [name for name, text in dutch.items() if text == english[name]] == []


def test_help_is_in_the_language_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ("case", "do", "hold", "--help")
    assert ACTS["hold"].lead.en in helped(monkeypatch, capsys, "--language", "en", *asked)
    assert ACTS["hold"].lead.nl in helped(monkeypatch, capsys, "--language", "nl", *asked)


@pytest.mark.parametrize("language, said", [("nl", "Doe een stap"), ("en", "Do a step")])
def test_every_act_is_listed_under_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str, said: str
) -> None:
    listed = helped(monkeypatch, capsys, "--language", language, "case", "do", "--help")
    assert {"step", "follow", *ACTS} <= set(listed.split())
    assert said in listed
