# SPDX-License-Identifier: EUPL-1.2
"""The invented year is a valid history, signed as a real one, and holds what somebody must have practised once."""

from collections.abc import Iterator
from datetime import date

import pytest

from casework.domain.case.events import (
    CaseReopened,
    ConflictDeclared,
    DeviationRecorded,
    DisclosureReviewed,
    Entry,
    Event,
    HoldPlaced,
    MemberExcluded,
    MessagePlaced,
    MessageReceived,
    ProtocolPinned,
    ReportsJoined,
    StepCompleted,
    Unread,
)
from casework.domain.case.parts import is_split_off, register_count
from casework.domain.case.vocabulary import CHANNELS
from casework.domain.judge.assess import Assessment, assess
from casework.domain.terms.term import ClockStatus
from casework.logs.evidence import check_evidence
from casework.practice import OPENING_DAY
from casework.practice.committee import DESK, MEMBER
from casework.practice.log import PracticeLog
from casework.practice.player import play
from casework.practice.story import invented_year, usual_words
from casework.protocols import open_shelf
from support.practising import fresh_desk, played

STORIES = {story.id: story for story in invented_year()}
LAST = date(2028, 12, 31)


def log_of(story: str) -> PracticeLog:
    return played()[story]


def judged(story: str, day: date = OPENING_DAY) -> Assessment:
    case = log_of(story).on(day).case
    return assess(open_shelf().of(case), case, day)


def entries(*stories: str) -> Iterator[tuple[str, Entry]]:
    for story in stories or STORIES:
        yield from ((story, entry) for entry in log_of(story).entries)


def events(*stories: str) -> Iterator[tuple[str, Event]]:
    yield from ((story, entry.event) for story, entry in entries(*stories) if not isinstance(entry.event, Unread))


def told_in(kind: type) -> set[str]:
    return {story for story, event in events() if isinstance(event, kind)}


def steps_of(story: str) -> list[tuple[str, str | None]]:
    return [(event.step, event.option) for _, event in events(story) if isinstance(event, StepCompleted)]


@pytest.mark.parametrize("story", STORIES)
def test_a_story_holds_no_entry_that_does_not_count(story: str) -> None:
    whole = judged(story, LAST)
    assert (whole.void, whole.irregular) == ({}, {})


@pytest.mark.parametrize("story", STORIES)
def test_what_a_reporter_says_is_signed_as_in_a_real_case(story: str) -> None:
    log = log_of(story)
    case = log.on(LAST).case
    for entry in log.entries:
        check_evidence(case, DESK, entry)


@pytest.mark.parametrize("story", STORIES)
def test_days_only_go_on(story: str) -> None:
    days = [entry.day for entry in log_of(story).entries]
    assert days == sorted(days)


def test_the_year_is_the_same_in_every_run() -> None:
    again = [play(story, open_shelf()).entries for story in STORIES.values()]
    assert again == [log_of(story).entries for story in STORIES]


def test_it_follows_every_protocol_and_uses_every_channel() -> None:
    assert {event.protocol for _, event in events() if isinstance(event, ProtocolPinned)} == set(open_shelf().newest)
    assert {story.report["channel"] for story in STORIES.values()} == set(CHANNELS)


def test_it_begins_in_january_2026_and_goes_on_into_2027() -> None:
    days = {entry.day for _, entry in entries()}
    assert (min(days).year, min(days).month) == (2026, 1)
    assert max(days) > OPENING_DAY


def test_a_member_with_an_interest_withdraws() -> None:
    interested = {event.member for _, event in events() if isinstance(event, ConflictDeclared) and event.conflict}
    assert interested == {event.member for _, event in events() if isinstance(event, MemberExcluded)} == {MEMBER}


def test_a_reporter_never_comes_back() -> None:
    assert steps_of("06-stilte").count(("A04", "geen_reactie")) == 2
    assert "06-stilte" not in told_in(MessageReceived)
    assert judged("06-stilte").closed


def test_an_acknowledgement_is_late() -> None:
    assert judged("10-datalek").reports[0].acknowledgement.status is ClockStatus.MET_LATE


def test_a_pair_is_joined_and_each_reporter_is_answered_alone() -> None:
    joined = {(story, event.other_case, event.leads) for story, event in events() if isinstance(event, ReportsJoined)}
    assert joined == {("07-parkeren", "08-boetes", True), ("08-boetes", "07-parkeren", False)}
    assert all(judged(story).reports[0].feedback.status is ClockStatus.MET_ON_TIME for story, _, _ in joined)


def test_a_complaint_is_adjourned_and_decided_within_the_longer_term() -> None:
    assert ("C09v", None) in steps_of("04-pesterijen")
    decision = next(clock for clock in judged("04-pesterijen").clocks if clock.term.name == "C09")
    assert (decision.due, decision.status) == (date(2026, 6, 8), ClockStatus.MET_ON_TIME)


def test_children_are_in_danger_and_two_others_review_who_told() -> None:
    told = judged("05-zwembad")
    assert "minors" in told.flags
    reviewers = [entry.author for _, entry in entries() if isinstance(entry.event, DisclosureReviewed)]
    assert sorted(reviewers) == ["lid", "voorzitter"]
    assert told_in(HoldPlaced) == {"05-zwembad"}


def test_a_notice_is_postponed_and_then_given() -> None:
    notices = [option for step, option in steps_of("05-zwembad") if step == "A10"]
    assert notices == ["uitgesteld", "uitgesteld", "geinformeerd"]


def test_the_police_is_told() -> None:
    reports = {("A16", "aangifte"), ("B14", "aangifte")}
    assert {story for story in STORIES if reports & set(steps_of(story))} == {
        "01-facturen",
        "05-zwembad",
        "13-raadslid",
    }


def test_a_step_is_left_out_with_consent_and_the_report_says_so() -> None:
    assert told_in(DeviationRecorded) == {"09-vergunning"}
    report = judged("09-vergunning").step("A14").completions[-1].event
    assert isinstance(report, StepCompleted)
    assert "A05" in str(report.record["afwijkingen"])


def test_a_case_is_opened_again() -> None:
    assert told_in(CaseReopened) == {"02-geschenk"}
    assert judged("02-geschenk", date(2026, 11, 1)).closed
    assert not judged("02-geschenk").closed


def test_a_withdrawn_report_waits_for_a_decision() -> None:
    assert [problem.code for problem in judged("17-stage").notices] == ["withdrawn"]


def test_a_case_is_moved_to_another_protocol() -> None:
    pinned = [event.protocol for _, event in events("12-kantine") if isinstance(event, ProtocolPinned)]
    assert pinned == ["A_ambtenaren", "C_klacht_ongewenst_gedrag"]


def test_on_the_opening_day_some_cases_are_closed_some_late_some_to_do_and_some_in_time() -> None:
    cases = [judged(story) for story in STORIES if log_of(story).on(OPENING_DAY).case.reports]
    closed = [case for case in cases if case.closed]
    late = [case for case in cases if case.overdue]
    running = [case for case in cases if case.owed and not case.overdue]
    met = {clock.status for case in cases for clock in case.clocks}
    assert len(closed) >= 5
    assert len(late) >= 2
    assert len(running) >= 4
    assert {ClockStatus.MET_ON_TIME, ClockStatus.MET_LATE} <= met


def test_something_still_arrives_after_the_opening_day() -> None:
    assert not log_of("16-hired").on(OPENING_DAY).case.reports


def test_no_usual_word_is_for_a_field_that_no_protocol_has() -> None:
    asked = {
        name
        for protocol in open_shelf().newest.values()
        for step in protocol.steps.values()
        for field in step.record
        for name in (field.name, *(column.name for column in field.columns))
    }
    assert usual_words().keys() - asked == set()


def test_messages_are_placed_on_the_day_on_which_they_are_written() -> None:
    assert all(entry.event.placed == entry.day for _, entry in entries() if isinstance(entry.event, MessagePlaced))


def test_p09_a_report_about_two_people_is_one_report_in_two_cases() -> None:
    whole, part = (log_of(story).on(OPENING_DAY).case for story in ("18-bouwtoezicht", "19-winkelpand"))
    assert register_count((whole, part)) == (1, 2)
    assert whole.parts == ["19-winkelpand"]
    assert is_split_off(part, "19-winkelpand", whole)
    assert whole.pinned != part.pinned


def test_the_reporter_of_a_split_report_is_answered_in_the_first_case_alone() -> None:
    desk = fresh_desk()
    whole, part = (desk.case(story).assessment for story in ("18-bouwtoezicht", "19-winkelpand"))
    assert "feedback" in [clock.term.name for clock in whole.owed]
    assert [clock.term.name for clock in part.owed] == ["B02k", "B05"]
