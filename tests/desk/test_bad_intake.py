# SPDX-License-Identifier: EUPL-1.2
"""An intake, or somebody with its help, that lies: one lie at a time."""

import secrets
from dataclasses import replace
from datetime import date

import pytest

from casework.errors import (
    AnswerError,
    DayMismatchError,
    DeskRefusedError,
    IncidentError,
    LogSlowDownError,
    SlowDownError,
    UnknownCaseError,
    UnreachableError,
)
from casework.service.ceremony import first_document, new_root
from casework.service.desk import Desk
from crypto.desk import write_bundle
from crypto.logs import Meta, encode_frame
from crypto.seal import seal_to_members, seal_to_reporter
from crypto.signing import public_key
from support.desk_world import PROFILE, World
from support.intake_simulator import Refusal, StoredEntry


def opened(world: World) -> tuple[Desk, Desk, str, str]:
    """Return two members' tools, the only case and its mailbox."""
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")
    anna.sync()
    bram.sync()
    return anna, bram, anna.cases()[0].id, reporter.mailbox


def test_a_root_of_the_servers_own_is_refused(world: World) -> None:
    (anna,) = world.synced("anna")
    other_root, _ = new_root(2, 2)
    other = first_document(PROFILE, list(world.cards.values()), (), other_root)

    world.intake.alter_bundle = lambda _raw: write_bundle(world.today, [], other, [])

    with pytest.raises(DeskRefusedError, match="address"):
        anna.sync()


def test_an_older_document_is_refused(world: World) -> None:
    (anna,) = world.synced("anna")
    old = world.intake.bundle()
    world.revise(["anna", "bram"])
    anna.sync()

    world.intake.alter_bundle = lambda _raw: old

    with pytest.raises(DeskRefusedError, match="older"):
        anna.sync()


def test_an_intake_on_another_day_is_refused_before_anything_is_sent(world: World) -> None:
    (anna,) = world.synced("anna")
    world.intake.today = date(2026, 11, 26)
    world.intake.requests.clear()

    with pytest.raises(DayMismatchError):
        anna.sync()

    assert {method for method, _ in world.intake.requests} == {"GET"}


def test_a_swapped_frame_stops_that_case_and_no_other(world: World) -> None:
    anna, _, case, mailbox = opened(world)
    other = world.report("Een andere melding")
    world.restart(anna)

    def swap(log: str, entries: list[StoredEntry]) -> list[StoredEntry]:
        if log != mailbox:
            return entries
        return [replace(entry, frame=entry.frame[:-1] + bytes([entry.frame[-1] ^ 1])) for entry in entries]

    world.intake.alter_entries = swap
    tool = world.open_tools[-1]
    world.intake.place(mailbox, world.intake.logs[mailbox].entries[1].frame, "committee")
    result = tool.sync()

    assert [(problem.log, type(problem.error)) for problem in result.problems] == [(mailbox, IncidentError)]
    assert len(tool.cases()) == 2
    assert other.mailbox in {report.report for line in tool.cases() for report in tool.case(line.id).reports}
    assert tool.case(case).reports[0].answers == {"what": "Melding"}


def test_a_withheld_entry_is_an_incident(world: World) -> None:
    anna, bram, case, _ = opened(world)
    bram.declare(case, conflict=False)

    world.intake.alter_entries = lambda log, entries: entries[:-1] if log == case else entries

    (problem,) = anna.sync().problems
    assert isinstance(problem.error, IncidentError)


def test_a_log_that_vanished_is_an_incident_and_what_was_read_stays(world: World) -> None:
    anna, _, case, _ = opened(world)

    del world.intake.logs[case]

    (problem,) = anna.sync().problems
    assert isinstance(problem.error, IncidentError)
    assert anna.case(case).reports[0].answers == {"what": "Melding"}


def test_a_reply_that_no_member_wrote_is_not_taken_for_one(world: World) -> None:
    anna, _, case, mailbox = opened(world)
    reporter_key = world.intake.current().live(world.today)[0].recipient
    world.intake.place(mailbox, encode_frame(Meta(mailbox), (seal_to_reporter(b"{}", reporter_key),)), "committee")

    assert anna.sync().problems == []

    assert [item.kind for item in anna.case(case).timeline].count("message_placed") == 0


def test_an_entry_of_the_case_log_by_a_stranger_is_void_and_stops_nothing(world: World) -> None:
    anna, bram, case, _ = opened(world)
    world.intake.place(case, encode_frame(Meta(case), (secrets.token_bytes(1024 + 40),)), "member")

    bram.declare(case, conflict=False)
    assert anna.sync().problems == []

    assert [void.layer for void in anna.case(case).voids] == ["no-match"]
    assert [item.author.id for item in anna.case(case).timeline if item.kind == "conflict_declared"] == ["bram"]
    again = world.restart(anna)
    assert [void.layer for void in again.case(case).voids] == ["no-match"]


def test_a_message_that_nobody_can_open_is_void_and_the_next_one_counts(world: World) -> None:
    anna, _, case, mailbox = opened(world)
    live = world.intake.current().live(world.today)
    rubbish = seal_to_members(b"{}", live, [epoch.member for epoch in live])
    own = seal_to_reporter(b"{}", live[0].recipient)
    world.intake.place(mailbox, encode_frame(Meta(mailbox), (rubbish, own)), "reporter")
    anna.sync()

    assert [(void.log, void.layer) for void in anna.case(case).voids] == [("mailbox", "encoding")]


def test_a_report_that_nobody_can_open_is_counted_and_stops_nothing(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    broken = world.report("Onleesbaar")
    stored = world.intake.logs[broken.mailbox]
    frame = stored.entries[0].frame
    stored.entries.clear()
    world.intake.place(broken.mailbox, frame[:6000] + bytes(10) + frame[6010:], "reporter")
    world.report("Leesbaar")

    result = anna.sync()

    assert (result.opened, result.closed) == (1, 1)
    assert anna.overview().unopened == 1


def test_an_excluded_member_holds_no_key_to_the_case(world: World) -> None:
    anna, bram, chris = world.synced("anna", "bram", "chris")
    world.report("Het gaat over Chris.", excluded=("chris",))
    for tool in (chris, anna, bram, chris):
        tool.sync()

    assert len(anna.cases()) == len(bram.cases()) == 1
    assert chris.cases() == ()
    with pytest.raises(UnknownCaseError):
        chris.case(anna.cases()[0].id)


def test_a_grant_of_somebody_who_only_knows_the_reporters_seed_opens_no_case(world: World) -> None:
    """The reporter knows the first committee login; rubbish under it must not keep the committee out."""
    anna, bram, _ = world.synced("anna", "bram", "chris")
    reporter = world.report("Melding")
    live = world.intake.current().live(world.today)
    seed = secrets.token_bytes(32)
    rubbish = seal_to_members(b"{}", live, [epoch.member for epoch in live])
    frame = encode_frame(Meta(reporter.mailbox, committee_login=public_key(seed)), (rubbish,))
    assert reporter.append_as(reporter.committee_seed(), frame, reporter.state()[0]).status_code == 201

    anna.sync()
    bram.sync()

    assert [line.id for line in anna.cases()] == [line.id for line in bram.cases()]
    assert anna.case(anna.cases()[0].id).reports[0].answers == {"what": "Melding"}


def test_a_login_that_somebody_took_from_the_committee_is_set_anew(world: World) -> None:
    anna, bram, case, mailbox = opened(world)
    live = world.intake.current().live(world.today)
    rubbish = seal_to_members(b"{}", live, [epoch.member for epoch in live])
    stolen = public_key(secrets.token_bytes(32))
    log = world.intake.logs[mailbox]
    log.logins = {key: "retired" if role == "committee" else role for key, role in log.logins.items()}
    log.logins[stolen] = "committee"
    world.intake.place(mailbox, encode_frame(Meta(mailbox, committee_login=stolen), (rubbish,)), "committee")

    assert anna.sync().problems == []
    assert bram.sync().problems == []

    assert not anna.acknowledge(case).unplaced
    assert bram.sync().problems == []


def test_an_intake_that_does_not_answer_loses_nothing_of_a_message(world: World) -> None:
    anna, _, case, mailbox = opened(world)

    def cut(_method: str, path: str) -> bool:
        return mailbox in path

    world.intake.lose_answer = cut
    assert anna.acknowledge(case).unplaced
    with pytest.raises(UnreachableError):
        anna.sync()
    world.intake.lose_answer = lambda _method, _path: False
    anna.sync()

    assert not anna.case(case).unplaced


def test_too_many_requests_say_when_to_come_back(world: World) -> None:
    (anna,) = world.synced("anna")

    def refuse(_method: str, _path: str) -> None:
        raise Refusal(429, "slow_down")

    world.intake.before = refuse
    with pytest.raises(SlowDownError) as caught:
        anna.sync()
    assert caught.value.seconds == 60


def test_a_flooded_mailbox_keeps_only_its_own_reply_waiting(world: World) -> None:
    anna, _, flooded, mailbox = opened(world)
    world.report("Een andere melding")

    def refuse(method: str, path: str) -> None:
        if method == "POST" and mailbox in path:
            raise Refusal(429, "slow_down")

    world.intake.before = refuse
    assert anna.acknowledge(flooded).unplaced
    (problem,) = anna.sync().problems

    assert (problem.log, type(problem.error)) == (mailbox, LogSlowDownError)
    assert len(anna.cases()) == 2


def test_a_mailbox_of_a_case_that_is_shown_empty_is_an_incident(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    reporter = world.report("Melding")

    log = world.intake.logs[reporter.mailbox]
    reads: list[str] = []

    def hide(method: str, path: str) -> None:
        """Show an empty log when the mailbox is read the second time after its case was opened."""
        if method == "GET" and reporter.mailbox in path and len(log.entries) == 2:
            reads.append(path)
            if len(reads) == 2:
                log.entries.clear()

    world.intake.before = hide
    (problem,) = anna.sync().problems

    assert isinstance(problem.error, IncidentError)


def test_mailboxes_are_listed_page_by_page(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    world.intake.page = 2
    sent = {world.report(f"Melding {number}").mailbox for number in range(3)}
    world.pass_days(1)
    sent |= {world.report(f"Melding {number}").mailbox for number in range(3, 5)}

    assert anna.sync().opened == 5

    assert {view.report for line in anna.cases() for view in anna.case(line.id).reports} == sent
    assert anna.overview().synced == world.today


def test_pages_that_were_listed_stay_known_when_the_next_one_does_not_come(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    world.intake.page = 2
    for number in range(3):
        world.report(f"Melding {number}")
    asked: list[str] = []

    def lose_second(_method: str, path: str) -> bool:
        asked.extend([path] if path.endswith("mailboxes") else [])
        return path.endswith("mailboxes") and len(asked) == 2

    world.intake.lose_answer = lose_second
    with pytest.raises(UnreachableError):
        anna.sync()

    assert len(anna._session.vault.mailboxes("new")) == 2


def test_a_list_of_mailboxes_that_goes_round_in_circles_is_refused(world: World) -> None:
    (anna,) = world.synced("anna")
    world.intake.page = 0
    world.report("Melding")

    with pytest.raises(AnswerError):
        anna.sync()
