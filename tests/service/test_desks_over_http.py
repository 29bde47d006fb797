# SPDX-License-Identifier: EUPL-1.2
"""Bundles, epochs and lists of new mailboxes over HTTP (API.md, "Desks")."""

import gzip
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from crypto.desk import read_bundle, read_history
from crypto.encoding import dump_json, parse_json
from crypto.epochs import live_members
from intake.store.records import DeskHistory
from support.intake_service import IntakeService, answer, small_site
from support.sealed_desk import TODAY, SealedDesk, SealedLog, case_log, seed

DAY = timedelta(days=1)


def revised(desk: SealedDesk) -> SealedDesk:
    """The same desk under the document that follows on its first."""
    return replace(desk, changes={"version": 2, "previous": desk.document_hash()})


def test_a_bundle_leads_from_the_address_to_the_live_members(intake: IntakeService, desk: SealedDesk) -> None:
    response = intake.get(f"/desks/{desk.id}")

    found = read_bundle(desk.id, response.data, TODAY)
    assert [epoch.member for epoch in found.live(TODAY)] == ["anna", "bram", "carla"]
    assert answer(response)["day"] == TODAY.isoformat()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_type == "application/json"


def test_a_bundle_is_compressed_for_who_asks(intake: IntakeService, desk: SealedDesk) -> None:
    plain = intake.get(f"/desks/{desk.id}")
    packed = intake.get(f"/desks/{desk.id}", headers={"Accept-Encoding": "gzip"})

    assert gzip.decompress(packed.data) == plain.data
    assert packed.headers["Vary"] == "Accept-Encoding"


def test_an_unknown_desk_is_unknown(intake: IntakeService) -> None:
    for path in (f"/desks/{SealedDesk().id}", "/desks/x"):
        assert answer(intake.get(path))["error"] == "unknown"


def test_two_desks_do_not_see_each_other(intake: IntakeService, desk: SealedDesk) -> None:
    other = SealedDesk()
    intake.add(other, ("anna", "bram"))
    log = SealedLog(other.id)
    intake.open(log, log.first(2))

    listed = answer(intake.get(f"/desks/{desk.id}/mailboxes?since={TODAY}", desk.identities["anna"]))
    crossed = intake.get(f"/desks/{other.id}/mailboxes?since={TODAY}", desk.identities["anna"])

    assert listed["days"] == []
    assert (crossed.status_code, answer(crossed)["error"]) == (404, "unknown")


def test_a_new_epoch_is_in_the_next_bundle(intake: IntakeService, desk: SealedDesk) -> None:
    statement = desk.epoch("anna", TODAY + DAY)
    intake.get(f"/desks/{desk.id}")

    responses = [intake.put_epoch(desk.id, statement, desk.identities["anna"]) for _ in range(2)]

    assert [response.status_code for response in responses] == [201, 200]
    assert parse_json(statement) in answer(intake.get(f"/desks/{desk.id}"))["epochs"]


def test_another_worker_sees_a_new_epoch_at_once(intake: IntakeService, desk: SealedDesk) -> None:
    other = IntakeService(intake.settings.data_folder, small_site())
    other.get(f"/desks/{desk.id}")

    intake.put_epoch(desk.id, desk.epoch("anna", TODAY + DAY), desk.identities["anna"])

    assert len(answer(other.get(f"/desks/{desk.id}"))["epochs"]) == 4
    other.close()


def test_an_epoch_that_is_over_leaves_the_bundle(intake: IntakeService, desk: SealedDesk) -> None:
    intake.today += 30 * DAY

    bundle = intake.get(f"/desks/{desk.id}")

    assert answer(bundle)["epochs"] == []
    assert live_members(desk.document(), read_bundle(desk.id, bundle.data, intake.today).epochs, intake.today) == ()


def test_the_history_leads_from_the_address_to_every_document_and_its_epochs(
    intake: IntakeService, desk: SealedDesk
) -> None:
    first_epochs = answer(intake.get(f"/desks/{desk.id}"))["epochs"]
    intake.add(revised(desk))
    intake.today += 35 * DAY

    response = intake.get(f"/desks/{desk.id}/history")

    found = read_history(desk.id, response.data, intake.today)
    assert [(one.document.version, len(one.epochs)) for one in found] == [(1, 3), (2, 3)]
    assert all(epoch in answer(response)["epochs"] for epoch in first_epochs)
    assert answer(response)["day"] == intake.today.isoformat()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.content_type == "application/json"


def test_the_bundle_has_nothing_of_what_only_the_history_needs(intake: IntakeService, desk: SealedDesk) -> None:
    before = len(intake.get(f"/desks/{desk.id}").data)
    intake.add(revised(desk))

    bundle = intake.get(f"/desks/{desk.id}")

    assert {epoch.desk_version for epoch in read_bundle(desk.id, bundle.data, TODAY).epochs} == {2}
    assert len(bundle.data) < before + 100


def test_the_history_is_made_once_for_each_change_of_the_desk(
    intake: IntakeService, desk: SealedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []
    read = intake.store.history

    def counted(desk: str, today: date) -> DeskHistory | None:
        reads.append(desk)
        return read(desk, today)

    monkeypatch.setattr(intake.store, "history", counted)

    for _ in range(3):
        intake.get(f"/desks/{desk.id}/history")
    intake.put_epoch(desk.id, desk.epoch("anna", TODAY + DAY), desk.identities["anna"])
    shown = [answer(intake.get(f"/desks/{desk.id}/history")) for _ in range(3)]

    assert [len(one["epochs"]) for one in shown] == [4, 4, 4]
    assert len(reads) == 2


def test_there_is_no_history_of_an_unknown_desk(intake: IntakeService) -> None:
    for path in (f"/desks/{SealedDesk().id}/history", "/desks/x/history"):
        assert answer(intake.get(path))["error"] == "unknown"


def test_a_third_epoch_of_a_member_is_a_conflict(intake: IntakeService, desk: SealedDesk) -> None:
    statuses = [
        intake.put_epoch(desk.id, desk.epoch("anna", TODAY + days * DAY), desk.identities["anna"]).status_code
        for days in (1, 2)
    ]

    assert statuses == [201, 409]


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"desk_version": 2}, "desk"),
        ({"desk_hash": bytes(32)}, "desk"),
        ({"desk": "a" * 26}, "desk"),
        ({"seal_until": TODAY + 29 * DAY}, "desk"),
        ({"seal_until": TODAY - DAY}, "desk"),
        ({"destroy_at": TODAY + 57 * DAY}, "desk"),
        ({"signer": seed()}, "signature"),
    ],
    ids=["version", "document", "desk", "sealing too long", "ends before it starts", "destroyed too late", "signer"],
)
def test_an_epoch_that_breaks_a_rule_is_refused(
    intake: IntakeService, desk: SealedDesk, changes: dict[str, object], code: str
) -> None:
    before = intake.get(f"/desks/{desk.id}").data

    response = intake.put_epoch(desk.id, desk.epoch("anna", **changes), desk.identities["anna"])  # type: ignore[arg-type]

    assert answer(response)["error"] == code
    assert intake.get(f"/desks/{desk.id}").data == before


def test_an_epoch_is_sent_by_its_own_member(intake: IntakeService, desk: SealedDesk) -> None:
    statement = desk.epoch("anna", TODAY + DAY)

    for key in (desk.identities["bram"], seed()):
        assert answer(intake.put_epoch(desk.id, statement, key))["error"] == "signature"


def test_an_epoch_of_a_stranger_is_refused(intake: IntakeService, desk: SealedDesk) -> None:
    stranger = replace(desk, identities={"dora": seed(), **desk.identities})
    statement = stranger.epoch("dora", desk_hash=desk.document_hash())

    response = intake.put_epoch(desk.id, statement, stranger.identities["dora"])

    assert (response.status_code, answer(response)["error"]) == (403, "desk")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"type":"x","payload":"","sig":""}', b"\xff"])
def test_bytes_that_are_no_statement_are_refused(intake: IntakeService, desk: SealedDesk, body: bytes) -> None:
    assert answer(intake.put_epoch(desk.id, body, desk.identities["anna"]))["error"] == "malformed"


def test_an_epoch_for_an_expired_document_says_what_to_do(intake: IntakeService, desk: SealedDesk) -> None:
    intake.today += 301 * DAY

    response = intake.put_epoch(desk.id, desk.epoch("anna", intake.today), desk.identities["anna"])

    assert answer(response)["error"] == "desk"
    assert "new one" in answer(response)["message"]


def test_an_epoch_over_the_limit_is_too_large(intake: IntakeService, desk: SealedDesk) -> None:
    response = intake.put_epoch(desk.id, dump_json("x" * 70_000), desk.identities["anna"])

    assert (response.status_code, answer(response)["error"]) == (413, "too_large")


def test_members_list_new_mailboxes_by_day(intake: IntakeService, desk: SealedDesk) -> None:
    todays, tomorrows = [SealedLog(desk.id)], [SealedLog(desk.id) for _ in range(3)]
    for log in todays:
        intake.open(log)
    intake.today += DAY
    for log in tomorrows:
        intake.open(log)
    intake.open(case_log(desk.id), key=desk.identities["anna"])

    listed = answer(intake.get(f"/desks/{desk.id}/mailboxes?since={TODAY}", desk.identities["bram"]))

    assert listed["day"] == intake.today.isoformat()
    assert {day["day"]: sorted(day["logs"]) for day in listed["days"]} == {
        TODAY.isoformat(): [log.id for log in todays],
        intake.today.isoformat(): sorted(log.id for log in tomorrows),
    }


def test_the_order_within_a_day_is_that_of_the_ids(intake: IntakeService, desk: SealedDesk) -> None:
    logs = [SealedLog(desk.id) for _ in range(12)]
    for log in logs:
        intake.open(log)

    listed = answer(intake.get(f"/desks/{desk.id}/mailboxes?since={TODAY}", desk.identities["anna"]))

    assert listed["days"][0]["logs"] == sorted(log.id for log in logs)


def test_a_long_list_is_read_page_by_page(
    intake: IntakeService, desk: SealedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intake.desks.PAGE", 2)
    opened = {intake.today + number * DAY: [SealedLog(desk.id) for _ in range(3)] for number in range(2)}
    for day, logs in opened.items():
        intake.today = day
        for log in logs:
            intake.open(log)
    path = f"/desks/{desk.id}/mailboxes?since={TODAY}"
    pages: list[dict[str, Any]] = []

    while not pages or pages[-1]["more"]:
        pages.append(answer(intake.get(path, desk.identities["anna"])))
        last = pages[-1]["days"][-1]
        path = f"/desks/{desk.id}/mailboxes?since={last['day']}&after={last['logs'][-1]}"

    listed = [(day["day"], log) for page in pages for day in page["days"] for log in day["logs"]]
    assert [sum(len(day["logs"]) for day in page["days"]) for page in pages] == [2, 2, 2]
    assert listed == sorted((day.isoformat(), log.id) for day, logs in opened.items() for log in logs)


def test_only_members_list_mailboxes(intake: IntakeService, desk: SealedDesk) -> None:
    path = f"/desks/{desk.id}/mailboxes?since={TODAY}"

    assert answer(intake.get(path, seed()))["error"] == "unknown"
    assert answer(intake.get(path))["error"] == "signature"


def test_members_still_list_and_read_when_the_document_expired(intake: IntakeService, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    intake.open(log)
    intake.today += 301 * DAY

    listed = intake.get(f"/desks/{desk.id}/mailboxes?since={TODAY}", desk.identities["anna"])

    assert answer(listed)["days"] == [{"day": TODAY.isoformat(), "logs": [log.id]}]
    assert intake.read(log.id, desk.identities["anna"]).status_code == 200


@pytest.mark.parametrize(
    "query", ["", "?since=", "?since=today", "?since=2026-02-30", "?since=2026-11-22&x=1", "?since=2026-11-22&after=x"]
)
def test_another_query_is_refused(intake: IntakeService, desk: SealedDesk, query: str) -> None:
    response = intake.get(f"/desks/{desk.id}/mailboxes{query}", desk.identities["anna"])

    assert (response.status_code, answer(response)["error"]) == (400, "malformed")
