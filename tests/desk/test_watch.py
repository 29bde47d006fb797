# SPDX-License-Identifier: EUPL-1.2
"""A member, or an intake, that does something behind the others' backs is seen by them."""

import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest

from casework.errors import IncidentError
from casework.logs.grants import GrantTerms, write_grant
from casework.service.desk import Desk
from casework.sync import watch
from casework.views.drafts import MessageDraft
from crypto.answers import Page
from crypto.caselog import CaseKey
from crypto.epochs import recipients_hash
from crypto.logs import Meta, encode_frame, parse_frame
from crypto.records import sign_record
from crypto.seal import seal_to_reporter
from crypto.statements import Grant, Reply
from crypto.unseal import open_report
from support.desk_world import Reporter, World
from support.intake_simulator import StoredEntry


def write_past_the_others(world: World, tool: Desk, reporter: Reporter) -> None:
    """Have a member answer the reporter outside the case log, and name themself as the only reader."""
    session, (head, length) = tool._session, reporter.state()
    document = session.desk.document
    assert reporter.report
    reply = Reply(
        desk=world.desk,
        log=reporter.mailbox,
        seq=length + 1,
        prev=head,
        desk_version=document.version,
        desk_hash=document.hash,
        day=world.today,
        author=tool.member,
        language="nl",
        kind="message",
        about=None,
        readers=(tool.member,),
        content={"text": "Schrijf alleen nog aan mij."},
    )
    part = seal_to_reporter(sign_record(reply, session.keyring.secrets.identity), reporter.report.keys.reply_to)
    frame = encode_frame(Meta(reporter.mailbox), (part,))
    session.client.append(reporter.mailbox, frame, session.by_committee(reporter.mailbox, world.today), head)


def opening(world: World, tool: Desk, reporter: Reporter, seed: bytes, **changes: object) -> None:
    """Have a member open the case of a report by a grant of their own making."""
    assert reporter.report
    session, (head, length) = tool._session, reporter.state()
    frame = world.intake.logs[reporter.mailbox].entries[0].frame
    report = open_report(parse_frame(frame, reporter.mailbox), session.desks.known, session.reader())
    holders = changes.pop("holders", report.record.sealed_to)
    case = CaseKey.generate(world.desk)
    terms = GrantTerms("open", holders, case, seed, report.frame_hash)  # type: ignore[arg-type]
    page, secret = Page((), head, length), session.keyring.secrets
    frame = write_grant(session.desk, reporter.mailbox, page, terms, tool.member, secret.identity, world.today)
    reporter.append_as(reporter.committee_seed(), frame, head)


def messages(tool: Desk, case: str) -> list[str]:
    return [incident.message for incident in tool.case(case).incidents]


def test_a_message_past_the_others_is_shown_to_them(world: World) -> None:
    anna, bram, chris = world.synced("anna", "bram", "chris")
    reporter = world.report("Het gaat over Chris.")
    for tool in (anna, bram, chris):
        tool.sync()
    (line,) = anna.cases()

    write_past_the_others(world, chris, reporter)
    assert anna.sync().problems == []

    assert messages(anna, line.id) == [watch.INCIDENTS[watch.UNANNOUNCED]]
    assert messages(world.restart(anna), line.id) == [watch.INCIDENTS[watch.UNANNOUNCED]]


def test_messages_that_members_wrote_in_the_open_are_no_incident(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    reporter = world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    anna.acknowledge(line.id)
    reporter.send_message("Dank")
    bram.write_message(line.id, MessageDraft("question", "Waar was dat?"))
    anna.sync()
    bram.sync()

    assert anna.case(line.id).incidents == bram.case(line.id).incidents == ()


@pytest.mark.parametrize("holders", [("bram", "chris"), ("chris",)])
def test_an_opening_that_leaves_a_reader_out_is_not_the_case(world: World, holders: tuple[str, ...]) -> None:
    anna, bram, chris = world.synced("anna", "bram", "chris")
    for tool in (anna, bram, chris):
        tool.sync()
    reporter = world.report("Het gaat over Chris.")
    opening(world, chris, reporter, secrets.token_bytes(32), holders=holders)

    for tool in (bram, anna, bram):
        tool.sync()

    assert len(anna.cases()) == 1
    assert [line.id for line in bram.cases()] == [line.id for line in anna.cases()]


def test_an_opening_that_names_a_reader_and_is_not_sealed_to_them_is_not_the_case(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bram, chris = world.synced("anna", "bram", "chris")
    for tool in (anna, bram, chris):
        tool.sync()
    reporter = world.report("Het gaat over Chris.")
    included = [epoch for epoch in world.intake.current().live(world.today) if epoch.member != "anna"]
    less = {"sealed_to": ("bram", "chris"), "recipients_hash": recipients_hash(included)}

    with monkeypatch.context() as patch:
        patch.setattr("casework.logs.grants.Grant", lambda **values: Grant(**(values | less)))
        opening(world, chris, reporter, secrets.token_bytes(32))

    for tool in (bram, anna, bram):
        tool.sync()

    assert len(anna.cases()) == 1
    assert [line.id for line in bram.cases()] == [line.id for line in anna.cases()]


def test_an_opening_without_a_login_is_not_the_case(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would leave everybody who takes it for the opening without a way into the mailbox."""
    anna, bram = world.synced("anna", "bram")
    anna.sync()
    reporter = world.report("Melding")

    with monkeypatch.context() as patch:
        patch.setattr("casework.logs.grants.Grant", lambda **values: Grant(**(values | {"committee_seed": None})))
        patch.setattr("casework.logs.grants.Meta", lambda log, **_login: Meta(log))
        opening(world, bram, reporter, secrets.token_bytes(32))

    assert len(world.intake.logs[reporter.mailbox].entries) == 2
    assert anna.sync().problems == []
    assert len(anna.cases()) == 1


def test_a_second_opening_is_shown_on_the_case(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    anna.sync()
    reporter = world.report("Melding")
    anna.sync()
    (line,) = anna.cases()

    opening(world, bram, reporter, secrets.token_bytes(32))
    anna.sync()

    assert messages(anna, line.id) == [watch.INCIDENTS[watch.SECOND_OPENING]]


@pytest.mark.parametrize("arrived", [date(2026, 11, 26), date(9999, 12, 31)])
def test_an_entry_that_arrives_in_days_to_come_is_an_incident(world: World, arrived: date) -> None:
    anna, _ = world.synced("anna", "bram")
    reporter = world.report("Melding")

    def later(log: str, entries: list[StoredEntry]) -> list[StoredEntry]:
        return [replace(entry, day=arrived) for entry in entries] if log == reporter.mailbox else entries

    world.intake.alter_entries = later
    (problem,) = anna.sync().problems
    world.intake.alter_entries = lambda _log, entries: entries

    assert isinstance(problem.error, IncidentError)
    assert anna.sync().problems == []
    assert len(anna.cases()) == 1


@pytest.mark.parametrize("arrived", [date.min, date(2026, 11, 1)])
def test_an_arrival_long_before_the_signature_is_not_believed_and_shown(world: World, arrived: date) -> None:
    anna, _ = world.synced("anna", "bram")
    reporter = world.report("Melding")

    def earlier(log: str, entries: list[StoredEntry]) -> list[StoredEntry]:
        return [replace(entry, day=arrived) for entry in entries] if log == reporter.mailbox else entries

    world.intake.alter_entries = earlier
    anna.sync()

    (line,) = anna.cases()
    assert line.received == world.today - timedelta(days=1)
    assert messages(anna, line.id) == [watch.INCIDENTS[watch.DAY]]


def test_an_arrival_the_day_before_or_long_after_the_signature_is_believed(world: World) -> None:
    anna, _ = world.synced("anna", "bram")
    world.intake.today -= timedelta(days=1)
    world.report("Melding")
    world.intake.today += timedelta(days=1)
    anna.sync()

    (line,) = anna.cases()
    assert line.received == world.today - timedelta(days=1)
    assert messages(anna, line.id) == []
