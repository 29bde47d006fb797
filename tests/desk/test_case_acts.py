# SPDX-License-Identifier: EUPL-1.2
"""`case show` and `case do` on the command line: what they record, from forms that come from a file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


class Do:
    """Does something in a case with a form from a file; what the file lacks is asked for."""

    def __init__(self, run: Run, file: Path) -> None:
        self.run, self.file = run, file

    def __call__(self, what: str, number: str, *, by: str = "anna", fails: bool = False, **form: Any) -> Result:
        lines = [f"{name} = {json.dumps(value)}" for name, value in form.items()]
        self.file.write_text("\n".join(lines), encoding="utf-8")
        return self.run(by, "case", "do", what, number, "--record", str(self.file), fails=fails)


@pytest.fixture
def do(run: Run, tmp_path: Path) -> Do:
    return Do(run, tmp_path / "form.toml")


def test_every_act_has_a_command_with_a_name_and_help() -> None:
    listed = CliRunner().invoke(cli, ["case", "do", "--help"]).output
    assert {"step", "follow", *ACTS} <= {line.split()[0] for line in listed.splitlines() if line.startswith("  ")}


def test_a_case_is_shown_with_its_steps_and_the_basis_of_its_clocks(run: Run, number: str) -> None:
    shown = run("anna", "case", "show", number).output
    assert "[its turn, but blocked] A01" in shown
    assert "[later] A03" in shown
    assert "article 2(2)(h)" in shown
    assert "2027-03-01: The latest reading" in shown


def test_what_was_recorded_is_read_back_in_full(run: Run, do: Do, number: str) -> None:
    do("note", number, text="Called the archive.")
    run("anna", "case", "acknowledge", number)
    run("anna", "case", "do", "step", number, "A01", typed="medewerker\nyes\nja\n.\n")
    shown = run("anna", "case", "show", number).output
    assert "What happened? Er verdwijnt geld." in shown
    assert ": Note\n      Note: Called the archive." in shown
    assert ": Step done: A01 Registration and acknowledgement\n      Who reports? Employee\n" in shown


def test_a_hold_is_placed_shown_and_lifted(world: World, run: Run, do: Do, number: str) -> None:
    do("hold", number, ground="A court case.")
    assert "There is a legal hold on this case" in run("anna", "case", "show", number).output
    (hold,) = cases(world)[number].case.holds
    assert isinstance(do("lift-hold", number, hold="other", reason="Over.", fails=True).exception, Refused)
    do("lift-hold", number, hold=hold, reason="Over.")
    assert "There is a legal hold" not in run("anna", "case", "show", number).output


def test_another_member_reviews_what_was_disclosed(world: World, run: Run, do: Do, number: str) -> None:
    told: dict[str, Any] = {
        "to": "112",
        "made": "2026-11-23",
        "told": "Fire.",
        "ground": "Tonight.",
        "reporter_told": "",
    }
    do("disclose", number, identity_told=False, **told)
    run("bram", "sync")
    shown = run("bram", "case", "show", number).output
    assert "Told outside because of danger to life on 2026-11-23, to: 112" in shown

    (made,) = cases(world)[number].case.disclosures
    review: dict[str, Any] = {"disclosure": made, "judgement": "not_justified", "remarks": "It could wait."}
    review["alone"] = ""
    assert do("review-disclosure", number, fails=True, **review).exception
    do("review-disclosure", number, by="bram", **review)
    assert "bram: Not justified It could wait." in run("bram", "case", "show", number).output


def test_a_step_is_left_out_with_the_consent_of_the_authority_alone(do: Do, number: str) -> None:
    refused = do("deviation", number, step="A01", grounds="No time.", consent=True, fails=True)
    assert isinstance(refused.exception, Refused)


def test_two_cases_are_joined_in_both_and_taken_apart_again(world: World, run: Run, do: Do, number: str) -> None:
    world.report("Nog een keer.")
    run("anna", "sync")
    (other,) = [line.split()[0] for line in run("anna", "cases").output.splitlines() if not line.startswith(number)]
    ids = {known: view.line.id for known, view in cases(world).items()}

    do("join", number, other=ids[other], leads=True, reason="The same supplier.")
    assert "The inquiry is done here." in run("anna", "case", "show", number).output
    assert "The inquiry is done there." in run("anna", "case", "show", other).output

    do("unjoin", other, other=ids[number], reason="Another one after all.")
    assert "Joined with:" not in run("anna", "case", "show", number).output


def test_a_case_follows_another_protocol_after_its_changes_were_told(world: World, run: Run, number: str) -> None:
    result = run("anna", "case", "do", "follow", number, typed="C_klacht_ongewenst_gedrag\nIt is a complaint.\n.\n")
    assert "New steps\n  C00 Complaint" in result.output
    assert "Steps that are no longer asked\n  A00" in result.output
    protocol = cases(world)[number].protocol
    assert protocol
    assert protocol.id == "C_klacht_ongewenst_gedrag"
