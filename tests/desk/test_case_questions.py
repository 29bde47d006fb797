# SPDX-License-Identifier: EUPL-1.2
"""The questions of `case do`: each says what it takes, and what cannot be recorded is asked again, not lost."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casework.domain.errors import Refused
from casework.errors import CaseworkError
from support.desk_world import World

Run = Callable[..., Result]


@pytest.fixture
def number(world: World, run: Run) -> str:
    """A case whose reporter had the acknowledgement, by its number."""
    run("anna", "sync")
    run("bram", "sync")
    world.report("Er verdwijnt geld.")
    run("anna", "sync")
    found = str(run("anna", "cases").output.split()[0])
    run("anna", "case", "acknowledge", found)
    return found


def test_a_question_shows_its_name_its_help_and_its_values(run: Run, number: str) -> None:
    asked = run("anna", "case", "do", "declare", number, typed="no\n").output
    assert "Do you have an interest in this report? [conflict] (yes or no)" in asked
    assert "For instance: you know the person concerned well" in asked
    assert "  medewerker: Employee" in run("anna", "case", "do", "step", number, "A01", typed="x\n", fails=True).output


def test_a_wrong_answer_is_told_and_asked_again(run: Run, number: str) -> None:
    typed = "collega\nmedewerker\nmaybe\nyes\nja\neen opmerking\n.\n"
    result = run("anna", "case", "do", "step", number, "A01", typed=typed)
    assert "‘Who reports?’ has an unknown choice." in result.output
    assert "Recorded in case" in result.output


def test_yes_and_no_may_be_typed_in_dutch(run: Run, number: str) -> None:
    assert "Vastgelegd" in run("anna", "case", "do", "declare", number, typed="Nee\n", language="nl").output
    assert "Vastgelegd" in run("anna", "case", "do", "declare", number, "--field", "conflict=nee", language="nl").output


def test_a_question_that_an_answer_makes_needless_is_not_asked(run: Run, number: str) -> None:
    assert "Which interest?" not in run("anna", "case", "do", "declare", number, typed="no\n").output
    assert "Which interest?" in run("anna", "case", "do", "declare", number, typed="yes\nMy neighbour.\n.\n").output


def test_a_step_that_is_not_named_is_chosen_from_those_whose_turn_it_is(run: Run, number: str) -> None:
    result = run("anna", "case", "do", "step", number, typed="A01\nmedewerker\nyes\nja\n.\n")
    assert "Which step?" in result.output
    assert "  A03:" not in result.output
    assert "Recorded in case" in result.output


def test_a_step_that_is_blocked_is_refused_before_anything_is_asked(world: World, run: Run, number: str) -> None:
    world.report("Nog een melding.")
    run("anna", "sync")
    (other,) = [line.split()[0] for line in run("anna", "cases").output.splitlines() if not line.startswith(number)]
    result = run("anna", "case", "do", "step", other, "A01", fails=True)
    assert isinstance(result.exception, Refused)
    assert "Who reports?" not in result.output


def test_enter_takes_the_answer_that_is_usual(run: Run, number: str) -> None:
    typed = "112\n\nFire.\n.\nTonight.\n.\nno\n\n"
    assert "> [2026-11-23]" in (result := run("anna", "case", "do", "disclose", number, typed=typed)).output
    assert "Recorded in case" in result.output


def test_a_text_is_not_taken_from_the_command_line(run: Run, number: str) -> None:
    refused = run("anna", "case", "do", "note", number, "--field", "text=Secret.", fails=True).exception
    assert isinstance(refused, CaseworkError)
    assert "text is a text. Nothing was recorded." in str(refused)


@pytest.mark.parametrize(
    "given, said",
    [("txet=", "There is no field txet here. Nothing was recorded. The fields are: text."), ("text", "no equals sign")],
)
def test_a_field_that_is_not_there_is_named(run: Run, number: str, given: str, said: str) -> None:
    assert said in str(run("anna", "case", "do", "note", number, "--field", given, fails=True).exception)


def test_an_unknown_name_in_the_file_is_refused(run: Run, number: str, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    form.write_text('tekst = "Een notitie."')
    refused = run("anna", "case", "do", "note", number, "--record", str(form), fails=True).exception
    assert "There is no field tekst here." in str(refused)


def test_what_was_given_wrong_is_refused_before_anything_is_asked(run: Run, number: str) -> None:
    result = run("anna", "case", "do", "step", number, "A01", "--field", "melder_groep=collega", fails=True)
    assert isinstance(result.exception, Refused)
    assert "[anoniem]" not in result.output


def test_a_choice_without_anything_to_choose_is_told(run: Run, number: str) -> None:
    refused = run("anna", "case", "do", "join", number, fails=True)
    assert "There is no other open case." in refused.output
    assert "There is nothing to choose from at “Which other case?”" in str(refused.exception)


def test_input_that_ends_too_early_records_nothing(run: Run, number: str) -> None:
    refused = run("anna", "case", "do", "note", number, fails=True).exception
    assert "The input ended before everything was answered. Nothing was recorded." in str(refused)


def test_what_a_colleague_wrote_is_inert_among_the_choices(run: Run, number: str) -> None:
    run("anna", "case", "do", "hold", number, typed="Court \u202e\n.\n")
    assert "\u202e" not in run("anna", "case", "do", "lift-hold", number, typed="x\n", fails=True).output
