# SPDX-License-Identifier: EUPL-1.2
"""Who gets in: a code that is typed, this computer's own address, our own forms, and nobody after the lock."""

import re

import pytest

from casework.web.gate import RENEW_SECONDS
from support.desk_pages import HERE, PREFIX, Pages


def test_without_the_code_every_page_leads_to_the_code(pages: Pages) -> None:
    for path in ("/", "/today", "/status", "/sync", "/cases/x", "/cases/x/steps/A01", "/cases/x/write/question"):
        answer = pages.get(path)
        assert (answer.status_code, answer.location) == (303, f"{PREFIX}/code"), path


def test_the_code_that_the_terminal_shows_lets_the_browser_in(pages: Pages) -> None:
    assert pages.enter().location == f"{PREFIX}/"
    assert pages.get("/").status_code == 200


def test_the_code_may_be_typed_small_and_without_its_line(pages: Pages) -> None:
    assert pages.post("/code", {"code": pages.codes[-1].lower().replace("-", " ")}).status_code == 303


def test_a_code_works_once(inside: Pages) -> None:
    stranger = inside.client.application.test_client()
    inside.client, own = stranger, inside.client
    assert inside.enter().status_code == 422
    inside.client = own
    assert inside.get("/").status_code == 200


def test_the_fifth_wrong_code_makes_the_right_one_useless_and_shows_another(pages: Pages) -> None:
    first = pages.codes[-1]
    for _ in range(5):
        assert pages.post("/code", {"code": "AAAA-AAAA"}).status_code == 422
    assert len(pages.codes) == 2
    assert pages.post("/code", {"code": first}).status_code == 422
    assert pages.enter().status_code == 303


def test_the_code_never_stands_in_a_page_or_address(pages: Pages) -> None:
    answer = pages.enter()
    assert pages.codes[-1] not in answer.text + str(answer.location) + pages.get("/").text


def test_a_code_in_the_address_is_no_code(pages: Pages) -> None:
    assert pages.get(f"/?code={pages.codes[-1]}").location == f"{PREFIX}/code"
    assert pages.get("/").location == f"{PREFIX}/code"


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:9999", "127.0.0.1", "127.0.0.1.evil"])
def test_another_host_name_gets_nothing(inside: Pages, host: str) -> None:
    answer = inside.client.get(f"{PREFIX}/", base_url=HERE, headers={"Host": host})
    assert answer.status_code == 421
    assert "case-link" not in answer.text


def test_localhost_is_this_computer_too(pages: Pages) -> None:
    assert pages.client.get(f"{PREFIX}/code", base_url="http://localhost:8765").status_code == 200


@pytest.mark.parametrize("path", ["/lock", "/sync", "/language", "/code/new", "/cases/x/note"])
def test_a_form_without_its_token_does_nothing(inside: Pages, path: str) -> None:
    assert inside.post(path, {"language": "nl"}, csrf=False).status_code == 403
    assert inside.get("/").status_code == 200
    assert 'lang="en"' in inside.get("/").text
    assert len(inside.codes) == 1


def test_a_token_of_another_browser_does_nothing(inside: Pages) -> None:
    stranger = inside.client.application.test_client()
    answer = stranger.post(f"{PREFIX}/lock", base_url=HERE, data={"csrf": inside.csrf()})
    assert answer.status_code == 403
    assert inside.get("/").status_code == 200


@pytest.mark.parametrize(
    "header", [{"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}]
)
def test_a_form_from_another_site_does_nothing_even_with_a_token(inside: Pages, header: dict[str, str]) -> None:
    assert inside.post("/lock", headers=header).status_code == 403
    assert inside.get("/").status_code == 200


def test_the_session_is_a_cookie_of_this_port_that_no_script_reads(pages: Pages) -> None:
    cookie = pages.enter().headers["Set-Cookie"]
    assert cookie.startswith("meldkluis-8765=")
    assert {"HttpOnly", "SameSite=Strict", f"Path={PREFIX}/"} <= set(cookie.split("; "))


def test_typing_the_code_gives_another_session_than_before(pages: Pages) -> None:
    before = pages.get("/code").headers["Set-Cookie"]
    assert pages.enter().headers["Set-Cookie"] != before


@pytest.mark.parametrize("path", ["/", "/code", "/nothing", "/static/desk.css", "/status"])
def test_every_answer_has_the_strict_headers(inside: Pages, path: str) -> None:
    with inside.get(path) as answer:
        headers = answer.headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_refusal_has_the_strict_headers_too(pages: Pages) -> None:
    assert pages.post("/lock", csrf=False).headers["Cache-Control"] == "no-store"


def test_locking_ends_the_session_and_closes_the_desk(inside: Pages) -> None:
    inside.post("/lock")
    assert inside.gate.is_shut
    assert inside.get("/").location == f"{PREFIX}/code"
    inside.world.tool("anna")


def test_nobody_there_for_a_while_locks_the_desk(inside: Pages) -> None:
    inside.seconds[0] = inside.gate.idle_seconds - 1
    assert inside.get("/").status_code == 200
    inside.seconds[0] += inside.gate.idle_seconds
    assert inside.get("/").location == f"{PREFIX}/code"
    assert inside.gate.is_shut


def test_somebody_who_types_is_not_locked_out(inside: Pages) -> None:
    csrf = inside.csrf()
    for _ in range(3):
        inside.seconds[0] += inside.gate.idle_seconds - 1
        assert inside.post("/stay", {"csrf": csrf}, csrf=False).status_code == 204
    assert inside.get("/").status_code == 200


def test_a_form_that_comes_after_the_lock_stands_filled_in_after_the_next_code(inside: Pages) -> None:
    case = inside.received("Something happened.")
    inside.post("/lock")
    answer = inside.post(f"/cases/{case}/note", {"text": "Half a thought"})
    assert answer.location == f"{PREFIX}/code"
    assert "kept" in inside.get("/code").text
    inside.gate.admit(inside.world.tool("anna"))
    assert inside.enter().location == f"{PREFIX}/cases/{case}/note"
    assert "Half a thought" in inside.get(f"/cases/{case}/note").text


def test_another_browser_never_sees_what_was_being_typed(inside: Pages) -> None:
    case = inside.received("Something happened.")
    inside.post("/lock", {"next": f"/cases/{case}/note", "text": "Half a thought"})
    inside.gate.admit(inside.world.tool("anna"))
    inside.client = inside.client.application.test_client()
    assert inside.enter().location == f"{PREFIX}/"
    assert "Half a thought" not in inside.get(f"/cases/{case}/note").text


def test_the_language_can_be_chosen_before_the_code(pages: Pages) -> None:
    assert pages.post("/language", {"language": "nl", "next": "/code"}).location == f"{PREFIX}/code"
    assert "Typ de code" in pages.get("/code").text


def test_choosing_a_language_leads_nowhere_else(inside: Pages) -> None:
    for there in ("https://evil.example/", "//evil.example/", "/\\evil.example"):
        assert inside.post("/language", {"language": "nl", "next": there}).location == f"{PREFIX}/"


def test_a_new_code_is_shown_only_twice_a_minute(pages: Pages) -> None:
    assert pages.post("/code/new").status_code == 303
    for _ in range(3):
        answer = pages.post("/code/new")
        assert answer.status_code == 429
        assert "less than half a minute ago" in answer.text
    assert len(pages.codes) == 2
    pages.seconds[0] += RENEW_SECONDS
    assert pages.post("/code/new").status_code == 303
    assert pages.enter().status_code == 303


def test_nobody_makes_codes_while_a_member_is_in(inside: Pages) -> None:
    inside.client, own = inside.client.application.test_client(), inside.client
    assert inside.post("/code/new").status_code == 429
    assert "open in another window" in inside.get("/code").text
    inside.client = own
    assert inside.get("/").status_code == 200
    assert len(inside.codes) == 1


@pytest.mark.parametrize(
    "path", ["/", "/code", "/static/desk.css", "/favicon.ico", "/x4k/code", "/x4kqq/code", "/X4KQ/"]
)
def test_whoever_does_not_know_the_prefix_learns_nothing(inside: Pages, path: str) -> None:
    answer = inside.client.get(path, base_url=HERE)
    assert (answer.status_code, answer.data, "Set-Cookie" in answer.headers) == (404, b"", False)
    assert inside.client.post(path, base_url=HERE).status_code == 404


def test_every_address_on_a_page_stands_below_the_prefix(inside: Pages) -> None:
    case = inside.received("Something happened.")
    for path in ("/", "/today", "/status", f"/cases/{case}", f"/cases/{case}/note"):
        found = re.findall(r'(?:href|src|action|data-stay)="(/[^"]*)"', inside.get(path).text)
        assert found
        assert [address for address in found if not address.startswith(f"{PREFIX}/")] == [], path


def test_the_address_works_without_its_last_slash(pages: Pages) -> None:
    assert pages.get("").location == f"{PREFIX}/"
