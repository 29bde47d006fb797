# SPDX-License-Identifier: EUPL-1.2
"""Protocols on the command line: listed, checked and drawn, by anybody, without keys or a passphrase."""

import re
from collections.abc import Callable
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casework.cli.main import cli
from casework.errors import CaseworkError
from casework.protocols import shipped_protocols
from support.protocol_samples import SAMPLE

Protocol = Callable[..., Result]
OWN = """
format = 1
extends = "A_ambtenaren"
id = "A_onze_gemeente"
version = 3
title = { nl = "Onderzoek bij onze gemeente", en = "Investigation in our municipality" }
"""


@pytest.fixture
def protocol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Protocol:
    """Run `protocol` with a folder that does not exist, so without keys."""
    monkeypatch.delenv("MELDKLUIS_PASSPHRASE_FILE", raising=False)

    def run(*arguments: str | Path, language: str = "en", home: Path = tmp_path / "nothing") -> Result:
        return CliRunner().invoke(cli, ["--home", str(home), "--language", language, "protocol", *map(str, arguments)])

    return run


@pytest.fixture
def own_file(tmp_path: Path) -> Path:
    file = tmp_path / "onze_gemeente.toml"
    file.write_text(OWN, encoding="utf-8")
    return file


def texts(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_every_protocol_at_hand_is_listed(protocol: Protocol, tmp_path: Path, own_file: Path) -> None:
    (tmp_path / "home" / "protocols").mkdir(parents=True)
    own_file.rename(tmp_path / "home" / "protocols" / own_file.name)

    listed = protocol("list", home=tmp_path / "home").output

    assert "A_onze_gemeente, version 3: Investigation in our municipality" in listed
    assert all(f"{name}, version" in listed for name in shipped_protocols())


@pytest.mark.parametrize(
    "language, order, counted", [("en", "is in order.", "Steps:"), ("nl", "is in orde.", "Stappen:")]
)
def test_a_file_in_order_is_called_so_with_what_is_in_it(
    protocol: Protocol, own_file: Path, language: str, order: str, counted: str
) -> None:
    result = protocol("check", own_file, language=language)

    assert result.exit_code == 0
    assert order in result.output
    assert f"{counted} {len(shipped_protocols()['A_ambtenaren'].steps)};" in result.output


def test_figures_that_nothing_records_are_a_note(protocol: Protocol, own_file: Path) -> None:
    assert "Note" not in protocol("check", own_file).output
    own_file.write_text(f'{OWN}[[step]]\nid = "A20"\nrecord = []\n', encoding="utf-8")

    result = protocol("check", own_file)

    assert result.exit_code == 0
    assert "Note: no step records these figures of the annual report: 16 (" in result.output


def test_what_a_law_asks_for_and_a_file_lacks_is_a_note(protocol: Protocol, tmp_path: Path) -> None:
    file = tmp_path / "small.toml"
    file.write_text(SAMPLE, encoding="utf-8")

    english, dutch = protocol("check", file), protocol("check", file, language="nl")

    assert (english.exit_code, dutch.exit_code) == (0, 0)
    assert "Note: no step belongs to the acknowledgement within seven days (Wbk, article 2(2)(h))" in english.output
    assert "Let op: geen stap hoort bij de ontvangstbevestiging binnen zeven dagen" in dutch.output


def test_a_kept_file_that_cannot_be_read_any_more_is_named_beside_those_at_hand(
    protocol: Protocol, tmp_path: Path
) -> None:
    (tmp_path / "home" / "protocols").mkdir(parents=True)
    (tmp_path / "home" / "protocols" / "old.toml").write_text("format = 9", encoding="utf-8")

    result = protocol("list", home=tmp_path / "home")

    assert result.exit_code == 0
    assert "Cannot be read any more: old.toml: 'format' must be 1" in result.stderr
    assert all(f"{name}, version" in result.stdout for name in shipped_protocols())


def test_a_broken_file_is_refused_with_file_step_and_cure(protocol: Protocol, own_file: Path) -> None:
    own_file.write_text(f'{OWN}[[step]]\nid = "A20"\nnext = ["A99"]\n', encoding="utf-8")

    result = protocol("check", own_file)

    assert result.exit_code == 1
    assert "onze_gemeente.toml, step A20: 'next' names 'A99', which does not exist; use one of" in str(result.exception)


@pytest.mark.parametrize("command", ["check", "draw"])
@pytest.mark.parametrize(
    "content, complaint",
    [
        (None, "no protocol and no file"),
        (b" \n", "is empty."),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "is not a text."),
        (b"\xff\xfe\xfa", "is not TOML in UTF-8"),
        (b"just words", "is not TOML in UTF-8"),
    ],
)
def test_what_is_no_protocol_is_refused_in_a_sentence(
    protocol: Protocol, tmp_path: Path, command: str, content: bytes | None, complaint: str
) -> None:
    file = tmp_path / "x.toml"
    if content is not None:
        file.write_bytes(content)

    result = protocol(command, file)

    assert result.exit_code == 1
    assert complaint in str(result.exception)


def test_a_folder_is_no_protocol(protocol: Protocol, tmp_path: Path) -> None:
    result = protocol("check", tmp_path)

    assert isinstance(result.exception, CaseworkError)
    assert "is a folder." in str(result.exception)


@pytest.mark.parametrize("name", shipped_protocols())
def test_a_protocol_at_hand_is_drawn_by_its_id(protocol: Protocol, name: str) -> None:
    drawn = shipped_protocols()[name]

    dutch, english = protocol("draw", name, "--language", "nl").stdout, protocol("draw", name).stdout

    assert drawn.title.nl in texts(dutch)
    assert drawn.title.en in texts(english)


def test_a_file_is_drawn_into_a_file(protocol: Protocol, tmp_path: Path, own_file: Path) -> None:
    out = tmp_path / "muur.svg"
    out.write_text("an earlier drawing")

    result = protocol("draw", own_file, "--out", out)

    assert "Drawn:" in result.output
    assert "Investigation in our municipality" in texts(out.read_text(encoding="utf-8"))


def test_a_drawing_replaces_nothing_but_a_drawing(protocol: Protocol, own_file: Path) -> None:
    result = protocol("draw", "A_ambtenaren", "--out", own_file)

    assert "Nothing was written" in str(result.exception)
    assert own_file.read_text(encoding="utf-8") == OWN


def test_the_file_of_a_shipped_protocol_is_printed_to_copy_from(protocol: Protocol) -> None:
    shipped = shipped_protocols()["A_ambtenaren"]

    assert sha256(protocol("show", "A_ambtenaren").stdout_bytes).hexdigest() == shipped.digest
    assert "No protocol Z comes with this tool" in str(protocol("show", "Z").exception)


def test_the_schema_is_printed(protocol: Protocol) -> None:
    assert '"https://json-schema.org/draft/2020-12/schema"' in protocol("schema").stdout
