# SPDX-License-Identifier: EUPL-1.2
"""Reads over HTTP: who sees which entries, in what portions (API.md, "Logs")."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from crypto.encoding import b64encode
from crypto.httpsig import verify_request
from crypto.logs import Meta, encode_frame
from intake import auth
from intake.logs import MAX_ANSWER
from intake.store.engine import SqliteDatabase
from intake.store.prepared import Prepared
from support.intake_service import IntakeService, answer, records
from support.sealed_desk import TODAY, SealedDesk, SealedLog, case_log, envelope, seed

BIG = 294_912
"""A padded length of which some fourteen entries fill an answer."""


@pytest.fixture
def log(intake: IntakeService, desk: SealedDesk) -> SealedLog:
    found = SealedLog(desk.id)
    intake.open(found)
    return found


def seen(intake: IntakeService, log: SealedLog, key: bytes, after: int = 0) -> list[int]:
    response = intake.read(log.id, key, after)
    assert response.status_code == 200
    return [info["seq"] for info, _ in records(response.data)]


def test_a_reader_gets_entries_as_they_came_with_what_the_intake_says_of_them(
    intake: IntakeService, log: SealedLog
) -> None:
    reply = log.reply()
    intake.add_entry(log, reply, log.committee)

    response = intake.read(log.id, log.login, after=1)

    ((info, frame),) = records(response.data)
    assert frame == reply
    assert info == {"seq": 2, "day": TODAY.isoformat(), "by": "committee", "head": b64encode(log.head)}
    assert response.headers["ETag"] == f'"{b64encode(log.head)}"'
    assert response.headers["Meldkluis-Length"] == "2"
    assert response.content_type == "application/octet-stream"


def test_reporter_and_committee_see_everything(intake: IntakeService, log: SealedLog) -> None:
    intake.add_entry(log, log.reply(), log.committee)
    intake.add_entry(log, log.message(), log.login)

    assert seen(intake, log, log.login) == seen(intake, log, log.committee) == [1, 2, 3]


def test_a_member_sees_the_first_entry_of_a_mailbox_only(
    intake: IntakeService, log: SealedLog, desk: SealedDesk
) -> None:
    intake.add_entry(log, log.reply(), log.committee)

    assert seen(intake, log, desk.identities["carla"]) == [1]
    assert seen(intake, log, desk.identities["carla"], after=1) == []


def test_a_retired_login_sees_the_first_entry_and_those_that_set_a_login(intake: IntakeService, log: SealedLog) -> None:
    intake.add_entry(log, log.message(), log.login)
    intake.add_entry(log, log.reply(3, new_login=(opener := seed())), log.committee)
    intake.add_entry(log, log.reply(), opener)

    assert seen(intake, log, log.committee) == [1, 3]
    assert seen(intake, log, opener) == [1, 2, 3, 4]


def test_a_case_is_shown_to_its_login_and_to_no_member(intake: IntakeService, desk: SealedDesk) -> None:
    case = case_log(desk.id)
    intake.open(case, key=desk.identities["anna"])

    ((info, _),) = records(intake.read(case.id, case.login).data)

    assert info["by"] == "member"
    assert intake.read(case.id, desk.identities["anna"]).status_code == 404


def test_what_one_may_not_see_has_the_answer_of_what_is_not_there(intake: IntakeService, log: SealedLog) -> None:
    other = SealedDesk()
    intake.add(other)
    unknown = intake.read(SealedLog(log.desk).id, log.login)

    for key in (seed(), other.identities["anna"]):
        response = intake.read(log.id, key)
        assert (response.status_code, response.data) == (404, unknown.data)
        assert dict(response.headers) == dict(unknown.headers)
    assert answer(unknown)["error"] == "unknown"


@contextmanager
def counted(intake: IntakeService, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], tuple[int, list[str]]]]:
    """Count what an answer costs: signatures verified, statements sent to the database."""
    verified: list[int] = []
    statements: list[str] = []

    def verify(*arguments: object) -> bytes:
        verified.append(1)
        return verify_request(*arguments)  # type: ignore[arg-type]

    def run(statement: Prepared, *arguments: object) -> object:
        statements.append(statement._sql)
        return original(statement, *arguments)  # type: ignore[arg-type]

    original = Prepared.run
    monkeypatch.setattr(auth, "verify_request", verify)
    monkeypatch.setattr(Prepared, "run", run)
    assert isinstance(intake.database, SqliteDatabase)
    for engine in intake.database.engines:
        event.listen(engine, "before_cursor_execute", lambda _c, _u, statement, *_: statements.append(statement))

    def taken() -> tuple[int, list[str]]:
        found = len(verified), list(statements)
        verified.clear()
        statements.clear()
        return found

    yield taken


def test_known_and_unknown_logs_cost_the_same_work(
    intake: IntakeService, log: SealedLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger, nowhere = seed(), SealedLog(log.desk)
    with counted(intake, monkeypatch) as taken:
        intake.read(log.id, stranger)
        known_read = taken()
        intake.read(nowhere.id, stranger)
        unknown_read = taken()
        intake.append(log, log.message(), stranger, log.head)
        known_append = taken()
        intake.append(nowhere, nowhere.message(), stranger, log.head)
        unknown_append = taken()

    assert known_read == unknown_read
    assert known_append == unknown_append
    assert known_read[0] == 1
    assert len(known_read[1]) == 1


def test_a_long_log_comes_in_portions(intake: IntakeService, log: SealedLog) -> None:
    for _ in range(16):
        intake.add_entry(log, encode_frame(Meta(log.id), (envelope(1, BIG),)), log.committee)

    first = intake.read(log.id, log.login)
    second = intake.read(log.id, log.login, after=len(records(first.data)))

    assert len(first.data) <= MAX_ANSWER
    assert [info["seq"] for info, _ in records(first.data) + records(second.data)] == list(range(1, 18))
    assert first.headers["Meldkluis-Length"] == "17"


@pytest.mark.parametrize(
    "query", ["", "?after=", "?after=-1", "?after=x", "?after=1&after=2", "?after=1&x=2", "?after=1e3"]
)
def test_another_query_is_refused(intake: IntakeService, log: SealedLog, query: str) -> None:
    response = intake.get(f"/logs/{log.id}/entries{query}", log.login)

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")


def test_a_read_needs_a_signature(intake: IntakeService, log: SealedLog) -> None:
    assert answer(intake.get(f"/logs/{log.id}/entries?after=0"))["error"] == "signature"


def test_a_signed_read_is_good_for_its_own_query_only(intake: IntakeService, log: SealedLog) -> None:
    signed = intake.get(f"/logs/{log.id}/entries?after=1", log.login).request.headers
    headers = {name: value for name, value in signed.items() if name.startswith(("Signature", "Meldkluis"))}

    assert answer(intake.get(f"/logs/{log.id}/entries?after=0", headers=headers))["error"] == "signature"
