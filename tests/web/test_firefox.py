# SPDX-License-Identifier: EUPL-1.2
"""The main story in Firefox ESR, with what Tor Browser sets at its levels, and on a telephone that is only touched."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page, Playwright, expect

from support.browser import SAFER, SAFEST, STANDARD, Prefs, firefox
from support.reporter_page import open_form, open_mailbox, read_words, report, review, send
from support.reporter_site import LiveDesk

TEXT = "Er is een factuur betaald voor werk dat niet is gedaan: 日本語, العربية, ß."
PATIENCE_MS = 30_000
QUESTION = "Welke factuur was het?"
ANSWER = "De eerste van mei."


@contextmanager
def firefox_page(playwright: Playwright, prefs: Prefs) -> Iterator[Page]:
    with firefox(playwright, prefs) as running:
        context = running.new_context(locale="nl-NL", viewport={"width": 400, "height": 800})
        context.set_default_timeout(PATIENCE_MS)
        yield context.new_page()


@pytest.fixture(autouse=True)
def more_patience() -> Iterator[None]:
    """Without compiled code, keys take a while on a busy machine."""
    expect.set_options(timeout=4 * PATIENCE_MS)
    yield
    expect.set_options(timeout=PATIENCE_MS)


@pytest.mark.usefixtures("require_firefox")
def test_a_report_is_sent_and_answered_in_firefox(playwright: Playwright, desk: LiveDesk) -> None:
    with firefox_page(playwright, STANDARD) as page:
        words = report(page, desk.url(), TEXT)
        desk.reply("question", QUESTION)
        open_mailbox(page, desk.url("nl", "mailbox"), words)
        expect(page.get_by_text(QUESTION)).to_be_visible()
        page.get_by_label("Uw antwoord op de vraag").fill(ANSWER)
        page.get_by_role("button", name="Versturen").click()
        expect(page.get_by_text("Uw bericht is verstuurd").first).to_be_visible()

    assert desk.message().answers["text"] == ANSWER


@pytest.mark.slow
@pytest.mark.usefixtures("require_firefox")
def test_a_report_is_sent_without_compiled_code(playwright: Playwright, desk: LiveDesk) -> None:
    with firefox_page(playwright, SAFER) as page:
        assert page.evaluate("typeof WebAssembly") == "undefined"
        open_form(page, desk.url())
        review(page, TEXT)
        send(page)

        assert len(read_words(page)) == 8

    assert desk.report().record.answers["what"] == TEXT


@pytest.mark.usefixtures("require_firefox")
def test_at_the_safest_level_no_script_runs_and_nothing_can_be_typed(playwright: Playwright, desk: LiveDesk) -> None:
    with firefox_page(playwright, SAFEST) as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(desk.url())

        # Waiting needs the page's timers, which do not run; this asks once.
        told = ".without-script h2"
        shown = page.evaluate(f"document.querySelector('{told}').checkVisibility({{visibilityProperty: true}})")

        assert shown
        assert page.locator("input, textarea, select, form").count() == 0

    assert [url for url in asked if url.endswith(".js") or "/desks/" in url] == []


def test_a_report_is_sent_by_touch_alone(browser: Browser, desk: LiveDesk) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True, locale="nl-NL", device_scale_factor=2
    )
    page = context.new_page()
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").tap()
    page.keyboard.insert_text(TEXT)
    page.get_by_role("button", name="Nu controleren en versturen").tap()
    page.get_by_role("button", name="Melding versturen").tap()

    assert len(read_words(page)) == 8
    assert desk.report().record.answers["what"] == TEXT
    context.close()
