# SPDX-License-Identifier: EUPL-1.2
"""Without JavaScript nothing can be typed, so nothing can leave unsealed, and other ways are shown.

One of them is a file that a stranger locks with a tool of their own, to recipients that this website hands out.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from crypto.age import decrypt
from support.node import run_node
from support.reporter_site import LiveDesk
from support.repository import ROOT

TITLES = [("nl", "Deze pagina heeft JavaScript nodig"), ("en", "This page needs JavaScript")]
FIELDS = "input, textarea, select, form, [contenteditable]"
LETTER = "Op 3 november is een factuur betaald.\n"
SEAL = (ROOT / "tests/support/stranger_seals.js").read_text()


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", ["", "mailbox"])
@pytest.mark.parametrize("language, title", TITLES)
def test_r03_page_without_script_has_no_field_and_names_other_ways(
    bare: Page, desk: LiveDesk, path: str, language: str, title: str
) -> None:
    bare.goto(desk.url(language, path))

    expect(bare.get_by_role("heading", name=title)).to_be_visible()
    expect(bare.get_by_role("link", name="www.huisvoorklokkenluiders.nl").first).to_be_visible()
    expect(bare.locator(FIELDS)).to_have_count(0)


def test_a_desk_is_reached_by_other_ways_without_a_script(bare: Page, desk: LiveDesk) -> None:
    bare.goto(desk.url())

    bare.get_by_role("link", name="Zo bereikt u dit meldpunt").click()

    expect(bare.get_by_text("0800 123 45 67")).to_be_visible()


def test_a_stranger_locks_a_letter_that_every_member_opens(bare: Page, desk: LiveDesk, tmp_path: Path) -> None:
    bare.goto(desk.url())
    bare.get_by_role("link", name="met een eigen programma").click()
    expect(bare.locator(FIELDS)).to_have_count(0)

    with bare.expect_download() as download:
        bare.get_by_role("link", name="recipients.txt").click()
    recipients = tmp_path / "recipients.txt"
    download.value.save_as(recipients)
    letter = run_node(SEAL, str(recipients), stdin=LETTER.encode())

    for identity in desk.identities.values():
        assert decrypt(letter, [identity]).decode() == LETTER


def test_no_form_has_an_address_to_post_to(page: Page, desk: LiveDesk) -> None:
    page.goto(desk.url())

    expect(page.locator("form")).to_have_count(1)
    assert page.locator("form[action], form[method], [formaction]").count() == 0


def test_one_can_type_after_three_requests_of_our_own_origin(page: Page, desk: LiveDesk) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(desk.url(), wait_until="commit")
    page.get_by_label("Wat is er gebeurd?").wait_for()
    before_the_worker = [url for url in asked if "/static/worker." not in url and "/desks/" not in url]

    assert len(before_the_worker) == 3
    assert all(url.startswith(desk.site.origin) for url in asked)
