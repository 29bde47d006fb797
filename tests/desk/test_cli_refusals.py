# SPDX-License-Identifier: EUPL-1.2
"""What the command line refuses or finds empty, in one sentence and in the member's language."""

import socket
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from casework.cli import terminal
from casework.cli.main import cli, main
from casework.errors import CaseworkError, CeremonyError

_INIT = ("init", "dora", "--name", "Dora", "--role-nl", "lid", "--role-en", "member")


@pytest.fixture(autouse=True)
def passphrase(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "passphrase"
    file.write_text("een wachtzin van vier woorden\n", encoding="utf-8")
    monkeypatch.setenv("MELDKLUIS_PASSPHRASE_FILE", str(file))
    monkeypatch.setenv("LANGUAGE", "nl")


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--home", str(home), "--language", "en", *arguments])


def refused_by_main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> object:
    monkeypatch.setattr(sys, "argv", ["meldkluis-casework", *arguments])
    with pytest.raises(SystemExit) as stopped:
        main()
    return stopped.value.code


def test_a_card_never_replaces_a_file(tmp_path: Path) -> None:
    card = tmp_path / "dora.card"
    card.write_text("kept")

    result = run(tmp_path / "home", *_INIT, "--card", str(card))

    assert "already. Nothing was changed." in str(result.exception)
    assert card.read_text() == "kept"
    assert not (tmp_path / "home").exists()


def test_a_card_is_not_written_into_a_missing_folder(tmp_path: Path) -> None:
    result = run(tmp_path / "home", *_INIT, "--card", str(tmp_path / "nergens" / "dora.card"))

    assert "There is no folder" in str(result.exception)
    assert not (tmp_path / "home").exists()
    assert not (tmp_path / "nergens").exists()


@pytest.mark.parametrize("command", ["cases", "serve"])
def test_a_folder_without_keys_is_told_before_a_passphrase_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.delenv("MELDKLUIS_PASSPHRASE_FILE")

    result = run(tmp_path / "home", command)

    assert "There is no key file in" in str(result.exception)
    assert "Passphrase" not in result.output


def test_a_desk_document_never_replaces_a_file(tmp_path: Path) -> None:
    out = tmp_path / "desk.json"
    out.write_text("kept")

    result = run(tmp_path / "home", "desk", "new", str(out), str(out), "--out", str(out))

    assert "already. Nothing was changed." in str(result.exception)
    assert out.read_text() == "kept"


@pytest.mark.parametrize("text, said", [("= geen toml", "not TOML"), ("issued = 'today'", "This is no desk document")])
def test_a_profile_is_judged_before_anybody_reads_fingerprints_aloud(tmp_path: Path, text: str, said: str) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text(text)
    cards = [str(tmp_path / f"{name}.card") for name in ("dora", "evert")]
    for name, card in zip(("dora", "evert"), cards, strict=True):
        assert run(tmp_path / name, *_INIT, "--card", card).exit_code == 0

    result = run(tmp_path / "dora", "desk", "new", str(profile), *cards, "--out", str(tmp_path / "desk.json"))

    assert said in str(result.exception)
    assert "fingerprint" not in result.output


@pytest.mark.parametrize("count", [0, 1])
def test_a_desk_of_fewer_than_two_cards_is_refused(tmp_path: Path, count: int) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text("")

    result = run(tmp_path, "desk", "new", str(profile), *[str(profile)] * count, "--out", str(tmp_path / "desk.json"))

    assert isinstance(result.exception, CeremonyError)
    assert "at least two members" in str(result.exception)


def test_a_proxy_that_is_no_address_is_one_sentence(tmp_path: Path) -> None:
    result = run(tmp_path, "join", "https://intake.example", "a" * 26, "--proxy", "foo")

    assert isinstance(result.exception, CaseworkError)
    assert "no address of a proxy: foo" in str(result.exception)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = run(tmp_path, "serve", "--port", str(taken.getsockname()[1]))

    assert isinstance(result.exception, CaseworkError)
    assert "Nothing was started." in str(result.exception)


def test_a_port_beyond_the_last_is_refused(tmp_path: Path) -> None:
    assert run(tmp_path, "serve", "--port", "65536").exit_code == 2


@pytest.mark.parametrize("asked", [("--language", "en"), ("--language=en",)])
def test_an_error_is_told_in_the_language_that_was_asked_for(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, asked: tuple[str, ...]
) -> None:
    assert refused_by_main(monkeypatch, "--home", str(tmp_path), *asked, "status") == 1
    assert "There is no key file in" in capsys.readouterr().err


def test_who_stops_half_way_is_told_what_was_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def stop(*_: object, **__: object) -> str:
        raise click.Abort

    monkeypatch.setattr(terminal, "passphrase", stop)
    assert refused_by_main(monkeypatch, "--home", str(tmp_path), *_INIT, "--card", str(tmp_path / "dora.card")) == 1
    assert "Gestopt. Wat al was vastgelegd, blijft bewaard." in capsys.readouterr().err


def test_a_fault_of_the_disk_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")

    home = ("--home", str(blocked / "home"))
    assert refused_by_main(monkeypatch, *home, *_INIT, "--card", str(tmp_path / "dora.card")) == 1
    said = capsys.readouterr().err
    assert said.startswith("Deze computer kon iets niet lezen of schrijven")
    assert said.count("\n") == 1
