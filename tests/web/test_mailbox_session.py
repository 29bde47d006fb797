# SPDX-License-Identifier: EUPL-1.2
"""R14: the mailbox closes itself after a while, says so before, can be kept open, and eats nothing that was typed."""

import pytest
from playwright.sync_api import Page, expect

from support.earlier_report import earlier_report
from support.reporter_page import open_mailbox, type_words
from support.reporter_site import LiveDesk

UNTIL_WARNING_MS = 13 * 60_000 + 2_000
UNTIL_END_MS = 2 * 60_000
DRAFT = "Het was op een dinsdag, want"


@pytest.fixture
def opened(page: Page, desk: LiveDesk) -> list[str]:
    """The words of a mailbox that is open, on a clock that the test moves."""
    words = earlier_report(desk)
    desk.reply("message", "Dank voor uw melding.")
    page.clock.install()
    open_mailbox(page, desk.url(page="mailbox"), words)
    return words


def test_r14_the_end_is_announced_and_put_off_by_a_button(page: Page, opened: list[str]) -> None:
    page.locator("#message").fill(DRAFT)
    page.clock.fast_forward(UNTIL_WARNING_MS)
    expect(page.get_by_role("alertdialog", name="Bent u er nog?")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alertdialog")).to_have_count(0)
    expect(page.locator("#message")).to_be_focused()
    page.clock.fast_forward(UNTIL_END_MS)

    expect(page.locator(".thread")).to_be_visible()


def test_r14_half_typed_answer_comes_back_with_the_words(page: Page, opened: list[str]) -> None:
    page.locator("#message").fill(DRAFT)
    end(page)
    expect(page.get_by_text("Wat u hebt getypt en nog niet had verstuurd, is bewaard.")).to_be_visible()
    assert DRAFT not in page.content()
    assert "Dank voor uw melding." not in page.content()
    expect(page.locator(".verified")).to_be_visible()
    type_words(page, opened)

    expect(page.locator("#message")).to_have_value(DRAFT)


def test_half_typed_answer_does_not_come_back_in_another_mailbox(page: Page, desk: LiveDesk, opened: list[str]) -> None:
    page.locator("#message").fill(DRAFT)
    end(page)
    expect(page.locator(".verified")).to_be_visible()
    type_words(page, earlier_report(desk))

    expect(page.locator("#message")).to_have_value("")


def test_closing_oneself_forgets_what_was_typed(page: Page, opened: list[str]) -> None:
    page.locator("#message").fill(DRAFT)
    page.get_by_role("button", name="Postbus sluiten").click()
    page.get_by_role("button", name="Sluiten zonder te versturen").click()
    page.clock.fast_forward(UNTIL_WARNING_MS + UNTIL_END_MS)

    expect(page.get_by_role("heading", name="De postbus is gesloten")).to_be_visible()


def end(page: Page) -> None:
    """Let so much time pass, without a sign of life, that the mailbox closes itself."""
    page.clock.fast_forward(UNTIL_WARNING_MS)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    page.clock.fast_forward(UNTIL_END_MS)
    expect(page.get_by_role("heading", name="De postbus is vanzelf gesloten")).to_be_visible()
