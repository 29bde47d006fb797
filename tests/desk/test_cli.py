# SPDX-License-Identifier: EUPL-1.2
"""The command line, from making keys to the acknowledgement, as a secretary types it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casework.cli.terminal import plain
from casework.errors import DateToConfirmError, UnknownCaseError
from support.desk_world import World
from support.intake_simulator import ORIGIN

Run = Callable[..., Result]


def test_a_report_is_worked_from_sync_to_the_first_step(world: World, run: Run) -> None:
    run("anna", "sync")
    run("bram", "sync")
    reporter = world.report("Er verdwijnt geld.\nAl maanden.")
    assert "New cases: 1. New messages: 0." in run("anna", "sync").output

    number = run("anna", "cases").output.split()[0]
    assert "Er verdwijnt geld." in run("anna", "case", "show", number).output
    assert "due on 2026-11-30" in run("anna", "today").output
    assert "stands in the reporter's mailbox" in run("anna", "case", "acknowledge", number).output
    fields = ["--field", "melder_groep=medewerker", "--field", "anoniem=yes", "--field", "wbk_melder=onbekend"]
    assert "Recorded" in run("anna", "case", "do", "step", number, "A01", *fields, "--field", "opmerking=").output
    assert "A02" in run("anna", "case", "show", number).output

    (acknowledgement,) = reporter.replies()
    assert acknowledgement.content["received"] == "2026-11-23"


def test_a_reply_is_typed_and_never_an_argument(world: World, run: Run) -> None:
    run("anna", "sync")
    run("bram", "sync")
    reporter = world.report("Melding")
    run("anna", "sync")
    number = run("anna", "cases").output.split()[0]

    run("anna", "case", "reply", number, "--kind", "question", typed="Wanneer was dat?\nEn waar?\n.\nniet meer\n")

    assert [reply.content["text"] for reply in reporter.replies()] == ["Wanneer was dat?\nEn waar?"]


def test_a_step_asks_for_what_was_not_given(world: World, run: Run) -> None:
    run("anna", "sync")
    run("bram", "sync")
    world.report("Melding")
    run("anna", "sync")
    number = run("anna", "cases").output.split()[0]
    run("anna", "case", "acknowledge", number)

    result = run("anna", "case", "do", "step", number, "A01", typed="medewerker\nyes\nja\neen opmerking\n.\n")

    assert "Who reports?" in result.output
    assert "Recorded" in result.output


def test_a_record_can_come_from_a_file(world: World, run: Run, tmp_path: Path) -> None:
    run("anna", "sync")
    run("bram", "sync")
    world.report("Melding")
    run("anna", "sync")
    number = run("anna", "cases").output.split()[0]
    run("anna", "case", "acknowledge", number)
    record = tmp_path / "a01.toml"
    record.write_text('melder_groep = "inwoner"\nanoniem = true\nwbk_melder = "nee"\nopmerking = ""\n')

    assert "Recorded" in run("anna", "case", "do", "step", number, "A01", "--record", str(record)).output


def test_empty_lists_say_so(world: World, run: Run) -> None:
    run("anna", "sync")

    assert "There are no cases." in run("anna", "cases").output
    assert "Nothing is owed." in run("anna", "today").output


def test_members_speak_dutch_unless_asked_otherwise(world: World, run: Run) -> None:
    assert "Nieuwe zaken: 0." in run("anna", "sync", language="nl").output


def test_status_tells_when_the_next_key_goes(world: World, run: Run) -> None:
    run("anna", "sync")

    assert "Next key is destroyed on 2027-01-18." in run("anna", "status").output


def test_an_unknown_case_is_one_clear_error(world: World, run: Run) -> None:
    run("anna", "sync")

    assert isinstance(run("anna", "case", "show", "2026-NIETS", fails=True).exception, UnknownCaseError)


def test_a_date_that_jumped_is_asked_about_and_only_that_date_goes_on(world: World, run: Run) -> None:
    run("anna", "sync")
    world.pass_days(40)

    refused = run("anna", "status", typed="2026-11-23\n", fails=True)
    assert isinstance(refused.exception, DateToConfirmError)
    assert "You are anna" in run("anna", "status", typed=f"{world.today.isoformat()}\n").output


def test_a_desk_is_made_and_changed_on_the_command_line(world: World, run: Run, tmp_path: Path) -> None:
    profile = tmp_path / "profile.toml"
    profile.write_text(
        "issued = 2026-11-01\nexpires = 2027-10-31\nlanguages = ['nl']\ncontact = 'x'\n"
        "[name]\nnl = 'Meldpunt'\n[policy]\nnames_shown = false\nexclusion = true\nreceipt_is_ack = false\n"
    )
    cards = [str(tmp_path / f"{name}.card") for name in ("dora", "evert")]
    for name, card in zip(("dora", "evert"), cards, strict=True):
        names = ["--name", name.title(), "--role-nl", "lid", "--role-en", "member"]
        assert "fingerprint" in run(name, "init", name, *names, "--card", card).output

    first = str(tmp_path / "desk.json")
    made = run("dora", "desk", "new", str(profile), *cards, "--out", first, typed="y\n").output
    lines = made.splitlines()
    shares = [lines[place + 1] for place, line in enumerate(lines) if line.startswith("Share ")]
    second = str(tmp_path / "desk2.json")
    typed = "y\n" + "\n".join(shares[1:]) + "\n\n"
    revised = run("dora", "desk", "revise", str(profile), *cards, "--before", first, "--out", second, typed=typed)

    assert len(shares) == 3
    assert "give it to the operator" in revised.output
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and shares[0].encode() in path.read_bytes()]


def test_joining_takes_the_ten_words_of_the_poster(world: World, run: Run) -> None:
    (world.home("anna").folder / "settings.json").unlink()
    words = run("bram", "status").output.splitlines()[1].split()

    assert "You joined" in run("anna", "join", ORIGIN, *words).output


@pytest.mark.parametrize("trick", ["\x1b[2J\x1b[H", "\u202e", "\x07", "\u200b"])
def test_a_text_cannot_move_the_cursor_or_turn_the_line(trick: str) -> None:
    assert plain(f"a{trick}b").isprintable() or "\ufffd" in plain(f"a{trick}b")
    assert trick not in plain(f"a{trick}b")
