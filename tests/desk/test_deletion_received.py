# SPDX-License-Identifier: EUPL-1.2
"""The reporter deletes the mailbox: what members see, keep and can still do (FORMAT.md section 7.7)."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from casework.domain.case.commands import TakeDecision
from casework.domain.case.events import MailboxDeleted
from casework.domain.errors import Refused
from casework.domain.judge.views import FinalFeedback
from casework.domain.problems import MAILBOX_DELETED
from casework.domain.terms.term import ClockStatus
from casework.errors import IncidentError
from casework.logs.evidence import check_evidence
from casework.logs.file_state import FileState
from casework.service.desk import Desk
from casework.sync.transfers import Outgoing
from casework.sync.watch import INCIDENTS, UNANNOUNCED
from casework.views.cases import CaseView
from casework.views.drafts import MessageDraft
from crypto.deletion import TYPE
from crypto.errors import BindingError, SignatureError
from crypto.logs import HASH_LENGTH
from crypto.signing import parse_statement, sign_statement
from support.desk_world import Reporter, World
from support.intake_simulator import StoredEntry

ANSWER = "We called the supplier."


@pytest.fixture
def anna(world: World) -> Desk:
    tool, _ = world.synced("anna", "bram")
    return tool


@pytest.fixture
def reporter(world: World, anna: Desk) -> Reporter:
    """Somebody who reported, got a message, and wrote once more."""
    found = world.report("A strange bill.")
    anna.write_message(view_of(anna).line.id, MessageDraft("message", ANSWER))
    found.send_message("And another one.")
    return found


def view_of(tool: Desk) -> CaseView:
    assert tool.sync().problems == []
    (line,) = tool.cases()
    return tool.case(line.id)


def told(view: CaseView) -> list[str]:
    return [text for item in view.timeline for text in item.texts.values()]


def test_a_case_tells_on_which_day_its_mailbox_was_deleted_and_keeps_what_was_said(
    world: World, anna: Desk, reporter: Reporter
) -> None:
    reporter.delete()

    view = view_of(anna)
    assert [(gone.report, gone.day) for gone in view.deletions] == [(reporter.mailbox, world.today)]
    assert view.line.deleted
    assert {"A strange bill.", ANSWER, "And another one."} <= set(told(view))
    assert view.incidents == ()


def test_a_deletion_is_recorded_once(anna: Desk, reporter: Reporter) -> None:
    reporter.delete()
    view_of(anna)

    events = [item.event for item in view_of(anna).timeline if isinstance(item.event, MailboxDeleted)]
    assert len(events) == 1


def test_somebody_who_comes_later_reads_the_case_without_the_replies(
    world: World, anna: Desk, reporter: Reporter
) -> None:
    reporter.delete()
    view_of(anna)

    late = world.open_tools[1]
    view = view_of(late)

    assert view.line.deleted
    assert ANSWER in told(view)
    lengths = [len(entry.frame) for entry in world.intake.logs[reporter.mailbox].entries]
    assert HASH_LENGTH in lengths


def test_a_mailbox_that_was_deleted_before_anybody_looked_is_still_opened(world: World, anna: Desk) -> None:
    reporter = world.report("A strange bill.")
    reporter.delete()

    view = view_of(anna)
    assert view.reports[0].answers["what"] == "A strange bill."
    assert view.line.deleted


def test_a_report_whose_reporter_wrote_rubbish_as_the_committee_and_deleted_it_is_still_opened(
    world: World, anna: Desk
) -> None:
    other = world.report("Another bill.")
    anna.sync()
    anna.write_message(anna.cases()[0].id, MessageDraft("message", ANSWER))
    envelope = next(entry.frame for entry in world.intake.logs[other.mailbox].entries if len(entry.frame) < 20_000)
    reporter = world.report("A strange bill.")
    head, _ = reporter.state()
    rubbish = envelope.replace(other.mailbox.encode(), reporter.mailbox.encode())
    assert reporter.append_as(reporter.committee_seed(), rubbish, head).status_code == 201
    reporter.delete()

    assert anna.sync().problems == []
    assert any(line.deleted for line in anna.cases())


@pytest.mark.parametrize("synced", [True, False], ids=["after the replies were seen", "before"])
def test_a_deletion_that_the_reporter_did_not_sign_is_an_incident(
    world: World, anna: Desk, reporter: Reporter, *, synced: bool
) -> None:
    tool = anna if synced else world.open_tools[1]
    reporter.delete(secrets.token_bytes(32))

    (problem,) = tool.sync().problems
    assert isinstance(problem.error, IncidentError)
    assert "the reporter did not sign" in str(problem.error)


def test_a_message_of_the_reporter_that_is_missing_is_an_incident_whatever_was_deleted(
    world: World, anna: Desk, reporter: Reporter
) -> None:
    reporter.delete()
    stored = world.intake.logs[reporter.mailbox].entries
    message = max(entry.seq for entry in stored if entry.by == "reporter" and len(entry.frame) > 20_000)

    def hide(log: str, entries: list[StoredEntry]) -> list[StoredEntry]:
        gone = [replace(one, frame=bytes(HASH_LENGTH)) if one.seq == message else one for one in entries]
        return gone if log == reporter.mailbox else entries

    world.intake.alter_entries = hide
    late = world.open_tools[1]
    (problem,) = late.sync().problems
    assert isinstance(problem.error, IncidentError)


def test_a_reply_that_nobody_announced_is_told_of_after_its_deletion_too(
    world: World, anna: Desk, reporter: Reporter
) -> None:
    view_of(anna)
    stored = world.intake.logs[reporter.mailbox]
    reply = next(entry for entry in stored.entries if entry.by == "committee" and not entry.sets_login)
    world.intake.place(reporter.mailbox, reply.frame, "committee")
    reporter.delete()

    assert [incident.message for incident in view_of(anna).incidents] == [INCIDENTS[UNANNOUNCED]]


def test_nothing_more_is_written_to_a_mailbox_that_was_deleted(anna: Desk, reporter: Reporter) -> None:
    reporter.delete()
    view = view_of(anna)

    with pytest.raises(Refused) as refused:
        anna.write_message(view.line.id, MessageDraft("message", "Are you there?"))

    assert refused.value.code == MAILBOX_DELETED.code
    assert "Are you there?" not in told(view_of(anna))


def test_a_message_that_was_under_way_is_kept_and_not_tried_for_ever(
    world: World, anna: Desk, reporter: Reporter
) -> None:
    case = view_of(anna).line.id
    world.intake.before = _refuse_after(reporter)
    anna.write_message(case, MessageDraft("message", "One more question."))
    world.intake.before = lambda _method, _path: None

    view = view_of(anna)
    requests = len(world.intake.requests)
    again = view_of(anna)

    assert "One more question." in told(view)
    assert again.unplaced == ()
    asked = world.intake.requests[requests:]
    assert ("POST", f"/logs/{reporter.mailbox}/entries") not in asked
    (written,) = [message for message in again.case.messages.values() if message.written.text == "One more question."]
    assert written.placed is None


def _refuse_after(reporter: Reporter) -> Callable[[str, str], None]:
    """Delete the mailbox right before a reply would reach it."""
    done: list[bool] = []

    def before(method: str, path: str) -> None:
        if not done and method == "POST" and reporter.mailbox in path:
            done.append(True)
            reporter.delete()

    return before


def test_a_placed_reply_whose_placing_was_not_recorded_before_the_deletion_counts(
    world: World, anna: Desk, reporter: Reporter
) -> None:
    case = view_of(anna).line.id
    world.intake.lose_answer = lambda method, path: method == "POST" and reporter.mailbox in path
    anna.write_message(case, MessageDraft("message", "Placed after all."))
    world.intake.lose_answer = lambda _method, _path: False
    reporter.delete()

    view = view_of(anna)
    (message,) = [one for one in view.case.messages.values() if one.written.text == "Placed after all."]
    assert message.placed is not None


def test_terms_that_nobody_can_meet_any_more_press_no_longer_and_feedback_is_peoples_decision(
    world: World, anna: Desk
) -> None:
    reporter = world.report("A strange bill.")
    view_of(anna)
    reporter.delete()
    view = view_of(anna)

    (report,) = view.assessment.reports
    assert report.acknowledgement.status is ClockStatus.EXCUSED
    assert report.feedback.status is ClockStatus.RUNNING
    anna.do(
        view.line.id, TakeDecision("anna", "feedback_impossible", "impossible", "Mailbox gone.", "", reporter.mailbox)
    )
    assert view_of(anna).assessment.reports[0].final_feedback is FinalFeedback.IMPOSSIBLE


def test_a_members_file_is_shown_as_gone_with_the_mailbox(world: World, anna: Desk, reporter: Reporter) -> None:
    case = view_of(anna).line.id
    blob = anna.files.attach(case, Outgoing("letter.txt", BytesIO(b"Dear reporter"), 13)).blob
    anna.write_message(case, MessageDraft("message", "See the letter.", files=(blob,)))
    reporter.delete()

    (file,) = view_of(anna).files
    assert file.state is FileState.DELETED


def test_nobody_can_record_a_deletion_that_the_reporter_did_not_sign(anna: Desk, reporter: Reporter) -> None:
    reporter.delete()
    view = view_of(anna)
    (entry,) = [entry for entry in view.case.entries if isinstance(entry.event, MailboxDeleted)]
    event = entry.event
    assert isinstance(event, MailboxDeleted)

    moved = replace(entry, event=replace(event, seq=event.seq + 1))
    with pytest.raises(BindingError):
        check_evidence(view.case, anna.overview().desk, moved)
    payload = parse_statement(event.statement.encode()).payload
    signed = sign_statement(TYPE, payload, secrets.token_bytes(32)).decode()
    with pytest.raises(SignatureError):
        check_evidence(view.case, anna.overview().desk, replace(entry, event=replace(event, statement=signed)))
