# SPDX-License-Identifier: EUPL-1.2
"""A case that follows another protocol, or a newer version of its own: what stands, and what is asked again."""

import pytest

from casework.domain.case.commands import FollowProtocol, RecordDeviation
from casework.domain.case.events import ProtocolPinned
from casework.domain.judge.assess import assess
from casework.domain.judge.moving import follow, plan_move
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import read_own, shipped_protocols
from support.casebook import ANNA, PROTOCOL, Casebook, D
from support.scenario import ON, go, walked
from support.scenario_roads import A_ROADS

PROTOCOLS = shipped_protocols()
TO_TRIAGE = "acknowledge A01 declare A02 "
TO_THE_PLAN = TO_TRIAGE + "A03=feitenonderzoek A05 A06=feitenonderzoek_intern A09=intern"
B_FROM_A = "B01 B02=burgemeester_regisseur B02k=geinformeerd B03=geen_vermoeden feedback B16=niet_nodig B17"
C_FROM_A = "C00=ondertekende_klacht C01 C02=opgelost C04k=geinformeerd feedback C11n=niet_nodig C12"
ONWARD = [
    ("politieke_ambtsdrager", "B_politieke_ambtsdragers", B_FROM_A),
    ("klacht_ongewenst_gedrag", "C_klacht_ongewenst_gedrag", C_FROM_A),
]
VERSION_2 = """
extends = "A_ambtenaren"
id = "A_ambtenaren"
version = 2
"""
ANOTHER_STEP = """
[[step]]
id = "A05b"
title = { nl = "Tweede lezer", en = "Second reader" }
help = { nl = "Laat een collega meelezen.", en = "Have a colleague read along." }
phase = "assess"
actors = ["meldpunt"]
parallel_to = ["A05"]
optional = true
record = [{ name = "lezer", type = "text", label = { nl = "Wie las mee?", en = "Who read along?" } }]
"""
FEWER_OUTCOMES = """
[[step]]
id = "A06"
calls = []
record = [{ name = "besluit_op", type = "day", label = { nl = "Besloten op", en = "Decided on" } }]
option = [
  { value = "sepot", label = { nl = "Stoppen", en = "Stop" }, next = ["A17"] },
  { value = "onderzoek", label = { nl = "Onderzoek", en = "Investigation" }, next = ["A07", "A09", "A16"] },
]
"""
WITHOUT_A_STEP = """
remove = ["A08"]
"""


def newer(*changes: str) -> InvestigationProtocol:
    return read_own((VERSION_2 + "".join(changes)).encode(), "ours.toml")


def moved(book: Casebook, to: InvestigationProtocol, on: str = ON) -> Casebook:
    book.do(follow(ANNA, book.case, book.protocol, to, "It belongs there."), on=on)
    book.protocol = to
    return book


@pytest.mark.parametrize("outcome,to,onwards", ONWARD)
def test_a_case_that_belongs_to_another_protocol_is_handled_there_to_its_end(
    outcome: str, to: str, onwards: str
) -> None:
    book = walked(PROTOCOL, f"{TO_TRIAGE} A02x={outcome}")
    before = book.judged(ON)
    assert before.onward == to
    after = moved(book, PROTOCOLS[to]).judged(ON)
    assert after.onward is None
    assert after.reports == before.reports
    assert {view.step.id for view in after.steps} == PROTOCOLS[to].steps.keys()
    assert {view.state for view in after.steps if view.completions} == set()
    go(book, onwards)
    assert book.judged(ON).closed
    assert not book.judged(ON).irregular


@pytest.mark.parametrize("to", ["B_politieke_ambtsdragers", "C_klacht_ongewenst_gedrag", "D_tijdelijke_commissie"])
def test_of_another_protocol_nothing_stands_and_everything_is_new(to: str) -> None:
    move = plan_move(walked(PROTOCOL, TO_THE_PLAN).case, PROTOCOL, PROTOCOLS[to])
    assert move.kept == ()
    assert [step.id for step in move.again] == ["A01", "A02", "A03", "A05", "A06", "A09"]
    assert {step.id for step in move.new} == PROTOCOLS[to].steps.keys()
    assert {step.id for step in move.gone} == PROTOCOL.steps.keys()


def test_under_a_newer_version_all_that_was_done_stands() -> None:
    book = walked(PROTOCOL, TO_THE_PLAN)
    before = book.judged(ON)
    after = moved(book, newer(ANOTHER_STEP)).judged(ON)
    known = {view.step.id: view.state for view in after.steps if view.step.id != "A05b"}
    assert known == {view.step.id: view.state for view in before.steps}
    assert after.clocks == before.clocks


def test_a_newer_version_may_ask_for_another_step() -> None:
    book = walked(PROTOCOL, TO_TRIAGE)
    move = plan_move(book.case, PROTOCOL, newer(ANOTHER_STEP))
    assert (move.again, [step.id for step in move.new], move.gone) == ((), ["A05b"], ())
    go(moved(book, newer(ANOTHER_STEP)), "A03=vooronderzoek A05b A05")
    assert book.judged(ON).step("A05b").state is StepState.DONE


def test_a_step_that_the_newer_version_has_no_more_is_lost_and_its_record_stays_readable() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=feitenonderzoek A05 A08=veiligstellen")
    move = plan_move(book.case, PROTOCOL, newer(WITHOUT_A_STEP))
    assert ([step.id for step in move.again], [step.id for step in move.gone]) == (["A08"], ["A08"])
    length = len(book.entries)
    judged = moved(book, newer(WITHOUT_A_STEP)).judged(ON)
    assert "A08" not in {view.step.id for view in judged.steps}
    assert len(judged.case.entries) == length + 1
    assert not judged.void


def test_a_step_whose_outcome_is_no_more_is_done_again_and_what_followed_on_it_stands() -> None:
    book = walked(PROTOCOL, TO_THE_PLAN)
    to = newer(FEWER_OUTCOMES)
    assert [step.id for step in plan_move(book.case, PROTOCOL, to).again] == ["A06"]
    judged = moved(book, to).judged(ON)
    assert (judged.step("A06").state, judged.step("A09").state) == (StepState.OPEN, StepState.DONE)
    assert judged.step("A11").state is StepState.BLOCKED


def test_a_moved_case_goes_on_to_its_end() -> None:
    book = moved(walked(PROTOCOL, TO_THE_PLAN), newer(ANOTHER_STEP))
    go(book, A_ROADS["unfounded"].partition("A09=intern")[2])
    assert book.judged(ON).closed
    assert not book.judged(ON).irregular


def test_a_case_moves_more_than_once() -> None:
    book = moved(moved(walked(PROTOCOL, TO_THE_PLAN), newer(ANOTHER_STEP)), newer(WITHOUT_A_STEP))
    assert [step for step, view in states(book).items() if view is StepState.DONE] == [
        *("A00", "A01", "A02", "A03", "A05", "A06", "A09")
    ]


def test_what_any_move_did_not_keep_does_not_stand() -> None:
    second, third = newer(ANOTHER_STEP), newer(WITHOUT_A_STEP)
    book = walked(PROTOCOL, TO_TRIAGE)
    book.append(ProtocolPinned(second.id, second.version, second.digest, "It is better.", ("A01", "A02")), ON)
    book.append(ProtocolPinned(third.id, third.version, third.digest, "Still better.", ("A01",)), ON)
    book.protocol = third
    assert (states(book)["A01"], states(book)["A02"]) == (StepState.DONE, StepState.OPEN)


def states(book: Casebook) -> dict[str, StepState]:
    return {view.step.id: view.state for view in book.judged(ON).steps}


def test_what_was_left_out_with_consent_is_asked_again() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=feitenonderzoek")
    book.do(RecordDeviation(ANNA, "A05", "Urgent", "gemeentesecretaris"), on=ON)
    assert states(moved(book, newer(ANOTHER_STEP)))["A05"] is StepState.OPEN


def test_the_clocks_of_the_reports_are_judged_also_where_the_newer_version_is_not_at_hand() -> None:
    book = walked(PROTOCOL, TO_THE_PLAN)
    before = book.judged("2026-12-24")
    moved(book, newer(ANOTHER_STEP))
    judged = assess(PROTOCOL, book.case, D("2026-12-24"))
    assert judged.reports == before.reports
    assert judged.steps == ()
    assert [notice.code for notice in judged.notices] == ["other_protocol"]


def moving(to: InvestigationProtocol, reason: str = "Newer", kept: tuple[str, ...] = ()) -> FollowProtocol:
    return FollowProtocol(ANNA, to.id, to.version, to.digest, kept, reason)


def test_a_case_does_not_move_without_a_reason_nor_to_where_it_is_nor_with_what_was_not_done() -> None:
    book = walked(PROTOCOL, TO_TRIAGE)
    assert book.refusal(moving(newer(), reason=" ")) == "missing_text"
    assert book.refusal(moving(PROTOCOL)) == "same_protocol"
    assert book.refusal(moving(newer(), kept=("A01", "A03"))) == "not_done"
    assert book.refusal(moving(newer(), kept=("A01", "A02"))) == "accepted"


def test_a_closed_case_moves_only_when_it_was_reopened() -> None:
    assert walked(PROTOCOL, A_ROADS["dismissed"]).refusal(moving(newer())) == "case_closed"


def test_only_its_own_protocol_judges_what_is_done_next() -> None:
    book = moved(walked(PROTOCOL, TO_TRIAGE), newer(ANOTHER_STEP))
    book.protocol = PROTOCOL
    assert book.refusal(book.completion("A03", "vooronderzoek", on=ON)) == "other_protocol"


def test_a_move_names_what_was_left_out_and_its_consent_is_asked_anew() -> None:
    book = walked(PROTOCOL, TO_TRIAGE + "A03=feitenonderzoek")
    book.do(RecordDeviation(ANNA, "A05", "Urgent", PROTOCOL.deviation_authority), on=ON)
    to = newer(ANOTHER_STEP)
    move = plan_move(book.case, PROTOCOL, to)
    assert [step.id for step in move.left_out] == ["A05"]
    assert "A05" not in move.kept
    assert moved(book, to).judged(ON).step("A05").state is StepState.OPEN


def test_a_move_of_a_case_that_followed_everything_names_nothing_left_out() -> None:
    assert plan_move(walked(PROTOCOL, TO_THE_PLAN).case, PROTOCOL, newer(ANOTHER_STEP)).left_out == ()
    assert plan_move(walked(PROTOCOL, TO_THE_PLAN).case, None, newer(ANOTHER_STEP)).left_out == ()
