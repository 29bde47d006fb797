# SPDX-License-Identifier: EUPL-1.2
"""The table of headers is on every answer, whatever went wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from intake import headers
from intake.store.interface import BusyError
from support.intake_service import IntakeService, answer, small_site
from support.sealed_desk import ORIGIN, SealedDesk, SealedLog

ONION = "http://" + "a" * 56 + ".onion"

ANSWERS: dict[str, tuple[Callable[[IntakeService, SealedDesk], TestResponse], int]] = {
    "report page": (lambda intake, desk: intake.get(f"/{desk.id}/nl/"), 200),
    "mailbox page": (lambda intake, desk: intake.get(f"/{desk.id}/en/mailbox"), 200),
    "redirect": (lambda intake, _: intake.get("/"), 302),
    "no such page": (lambda intake, _: intake.get("/nothing/here/at/all"), 404),
    "script": (lambda intake, _: intake.get("/static/page.1.js"), 200),
    "no such script": (lambda intake, _: intake.get("/static/page.9.js"), 404),
    "bundle": (lambda intake, desk: intake.get(f"/desks/{desk.id}"), 200),
    "no such desk": (lambda intake, _: intake.get("/desks/x"), 404),
    "health": (lambda intake, _: intake.get("/health"), 200),
    "no precondition": (lambda intake, desk: intake.post(SealedLog(desk.id).id, b"x", {}), 428),
    "no signature": (lambda intake, desk: intake.get(f"/desks/{desk.id}/mailboxes?since=2026-11-22"), 401),
    "too large": (lambda intake, desk: intake.post(SealedLog(desk.id).id, bytes(600_000), {}), 413),
    "other method": (lambda intake, desk: intake.client.delete(f"/desks/{desk.id}"), 405),
    "options": (lambda intake, _: intake.client.options("/"), 405),
}


@pytest.mark.parametrize("ask, status", ANSWERS.values(), ids=ANSWERS.keys())
def test_every_answer_has_the_table(
    intake: IntakeService,
    desk: SealedDesk,
    ask: Callable[[IntakeService, SealedDesk], TestResponse],
    status: int,
) -> None:
    response = ask(intake, desk)

    assert response.status_code == status
    given = {name: response.headers.getlist(name) for name in headers.HEADERS}
    expected = {name: [value] for name, value in headers.HEADERS.items()}
    if status in {200, 302, 404} and not response.is_json:
        expected["Cache-Control"] = given["Cache-Control"]
    assert given == expected
    assert len(given["Cache-Control"]) == 1
    assert "Set-Cookie" not in response.headers


def test_a_fault_of_ours_has_them_and_says_nothing(intake: IntakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake.store, "ping", lambda: 1 / 0)

    response = intake.get("/health")

    assert (response.status_code, answer(response)["error"]) == (500, "fault")
    assert response.headers["Content-Security-Policy"] == headers.PAGE_CSP
    assert "division" not in response.text


def test_a_busy_store_says_when_to_come_back(intake: IntakeService, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy() -> None:
        raise BusyError

    monkeypatch.setattr(intake.store, "ping", busy)

    response = intake.get("/health")

    assert (response.status_code, answer(response)["error"]) == (503, "busy")
    assert int(response.headers["Retry-After"]) > 0


def test_the_policy_starts_from_nothing_and_allows_no_inline_code() -> None:
    assert headers.PAGE_CSP.startswith("default-src 'none'; ")
    for policy in (headers.PAGE_CSP, headers.WORKER_CSP):
        assert "unsafe" not in policy
        assert "require-trusted-types-for 'script'" in policy
        assert "frame-ancestors 'none'" in policy
    assert "trusted-types meldkluis" in headers.PAGE_CSP


def test_the_worker_has_a_policy_of_its_own(intake: IntakeService) -> None:
    response = intake.get("/static/worker.2.js")

    assert response.headers.getlist("Content-Security-Policy") == [headers.WORKER_CSP]


def test_strict_transport_is_for_https_origins_alone(tmp_path: Path) -> None:
    intake = IntakeService(tmp_path, small_site(), origins=(ORIGIN, ONION))

    secure, onion = (intake.client.get("/health", base_url=origin) for origin in (ORIGIN, ONION))

    assert "Strict-Transport-Security" in secure.headers
    assert "Strict-Transport-Security" not in onion.headers
    intake.close()


def test_other_methods_are_refused_in_json(intake: IntakeService) -> None:
    response = intake.client.post("/")

    assert (response.status_code, answer(response)["error"]) == (405, "method")
    assert response.headers["Allow"] == "GET, HEAD"
