# SPDX-License-Identifier: EUPL-1.2
"""`case show` and `case do` on the command line: every act of a case, its form asked for or given."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from casework.acts import ACTS
from casework.cli.main import cli
from casework.domain.errors import Refused
from casework.views.cases import CaseView
from support.desk_world import World

Run = Callable[..., Result]


@pytest.fixture
def number(world: World, run: Run) -> str:
    """A case of which Anna and Bram hold the key, by its number."""
    run("anna", "sync")
    run("bram", "sync")
    world.report("Er verdwijnt geld.")
    run("anna", "sync")
    run("bram", "sync")
    return run("anna", "cases").output.split()[0]


def cases(world: World) -> dict[str, CaseView]:
    """Anna's cases, by their numbers."""
    tool = world.tool("anna")
    try:
        return {line.number: tool.case(line.id) for line in tool.cases()}
    finally:
        tool.close()


def do(run: Run, what: str, number: str, *fields: str, by: str = "anna", **more: object) -> Result:
    given = [part for field in fields for part in ("--field", field)]
    return run(by, "case", "do", what, number, *given, **more)


def test_every_act_has_a_command_with_a_name_and_help() -> None:
    listed = CliRunner().invoke(cli, ["case", "do", "--help"]).output
    assert {"step", "follow", *ACTS} <= {line.split()[0] for line in listed.splitlines() if line.startswith("  ")}


def test_a_case_is_shown_with_its_steps_and_the_basis_of_its_clocks(run: Run, number: str) -> None:
    shown = run("anna", "case", "show", number).output
    assert "[its turn, but blocked] A01" in shown
    assert "[later] A03" in shown
    assert "article 2(2)(h)" in shown
    assert "2027-03-01: The latest reading" in shown


def test_a_hold_is_placed_shown_and_lifted(world: World, run: Run, number: str) -> None:
    do(run, "hold", number, "ground=A court case.")
    assert "There is a legal hold on this case" in run("anna", "case", "show", number).output
    (hold,) = cases(world)[number].case.holds
    assert isinstance(do(run, "lift-hold", number, "hold=other", "reason=Over.", fails=True).exception, Refused)
    do(run, "lift-hold", number, f"hold={hold}", "reason=Over.")
    assert "There is a legal hold" not in run("anna", "case", "show", number).output


def test_what_is_not_given_is_asked_for(run: Run, number: str) -> None:
    result = do(run, "declare", number, typed="no\n")
    assert "Do you have an interest in this report?" in result.output
    assert "Recorded in case" in result.output


def test_a_question_that_an_answer_makes_needless_is_not_asked(run: Run, number: str) -> None:
    assert "Which interest?" not in do(run, "declare", number, typed="no\n").output
    assert "Which interest?" in do(run, "declare", number, typed="yes\nMy neighbour.\n.\n").output


def test_a_form_can_come_from_a_file(run: Run, number: str, tmp_path: Path) -> None:
    form = tmp_path / "form.toml"
    form.write_text('to = "112"\nmade = "2026-11-23"\ntold = "Fire."\nground = "Tonight."\nidentity_told = false\n')
    run("anna", "case", "do", "disclose", number, "--record", str(form), "--field", "reporter_told=")
    run("bram", "sync")
    shown = run("bram", "case", "show", number).output
    assert "Told outside because of danger to life on 2026-11-23, to: 112" in shown


def test_another_member_reviews_what_was_disclosed(world: World, run: Run, number: str) -> None:
    fields = ("to=112", "made=2026-11-23", "told=Fire.", "ground=Tonight.", "identity_told=no", "reporter_told=")
    do(run, "disclose", number, *fields)
    run("bram", "sync")
    (told,) = cases(world)[number].case.disclosures
    review = (f"disclosure={told}", "judgement=not_justified", "remarks=It could wait.")
    assert isinstance(do(run, "review-disclosure", number, *review, fails=True).exception, Refused)
    do(run, "review-disclosure", number, *review, by="bram")
    assert "bram: Not justified It could wait." in run("bram", "case", "show", number).output


def test_a_step_is_left_out_with_the_consent_of_the_authority_alone(run: Run, number: str) -> None:
    refused = do(run, "deviation", number, "step=A01", "grounds=No time.", "consent=yes", fails=True)
    assert isinstance(refused.exception, Refused)


def test_two_cases_are_joined_in_both_and_taken_apart_again(world: World, run: Run, number: str) -> None:
    world.report("Nog een keer.")
    run("anna", "sync")
    (other,) = [line.split()[0] for line in run("anna", "cases").output.splitlines() if not line.startswith(number)]
    ids = {known: view.line.id for known, view in cases(world).items()}

    do(run, "join", number, f"other={ids[other]}", "leads=yes", "reason=The same supplier.")
    assert "The inquiry is done here." in run("anna", "case", "show", number).output
    assert "The inquiry is done there." in run("anna", "case", "show", other).output

    do(run, "unjoin", other, f"other={ids[number]}", "reason=Another one after all.")
    assert "Joined with" not in run("anna", "case", "show", number).output


def test_what_a_colleague_wrote_is_inert_among_the_choices(run: Run, number: str) -> None:
    do(run, "hold", number, "ground=Court \u202e")
    assert "\u202e" not in do(run, "lift-hold", number, typed="x\n", fails=True).output
