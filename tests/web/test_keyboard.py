# SPDX-License-Identifier: EUPL-1.2
"""The whole story without a mouse: Tab, arrows, Enter, Escape and typing."""

from playwright.sync_api import Page, expect

from support.reporter_page import TEXT, open_form, read_words
from support.reporter_site import LiveDesk

FAR = 60


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element has the focus, visibly."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return
    raise AssertionError(f"{selector} is not reached by Tab")


def press(page: Page, selector: str) -> None:
    tab_to(page, selector)
    page.keyboard.press("Enter")


def test_report_and_mailbox_need_no_mouse(page: Page, desk: LiveDesk) -> None:
    """Fact R14."""
    page.goto(desk.url())
    expect(page.locator(".verified")).to_be_visible()
    tab_to(page, "#what")
    page.keyboard.type(TEXT)
    press(page, "[data-action=next]")
    tab_to(page, "input[name=about]")
    page.keyboard.press("ArrowDown")
    press(page, "[data-action=next]")
    tab_to(page, "#excluded-carla")
    page.keyboard.press("Space")
    press(page, "[data-action=next]")
    press(page, "[data-action=check]")
    press(page, "[data-action=send]")
    words = read_words(page)
    press(page, "[data-action=confirm]")
    for _ in range(2):
        tab_to(page, "[role=combobox]")
        number = int(page.evaluate("document.activeElement.id").removeprefix("word-"))
        page.keyboard.type(words[number - 1])
    press(page, "button[type=submit]")
    expect(page.locator(".proof")).to_be_visible()
    press(page, ".address a")
    expect(page.locator(".verified")).to_be_visible()
    tab_to(page, "#word-1")
    page.keyboard.type(" ".join(words))
    press(page, "button[type=submit]")
    expect(page.locator(".thread")).to_be_visible()
    press(page, "[data-action=close]")
    expect(page.get_by_role("heading", name="De postbus is gesloten")).to_be_focused()
    sent = desk.report().record
    assert (sent.answers, sent.excluded) == ({"about": "position", "what": TEXT}, ("carla",))


def test_typing_help_is_chosen_with_arrows_and_left_with_escape(page: Page, desk: LiveDesk) -> None:
    page.goto(desk.url(page="mailbox"))
    expect(page.locator(".verified")).to_be_visible()
    first, second = page.locator("#word-1"), page.locator("#word-2")
    first.press_sequentially("aa")
    expect(page.get_by_role("option").first).to_be_visible()
    offered = page.get_by_role("option").all_inner_texts()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(first).to_have_value(offered[1])
    second.press_sequentially("bo")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("option")).to_have_count(0)
    expect(second).to_have_value("bo")


def test_error_summary_leads_to_the_field_without_a_trace_in_the_address(page: Page, desk: LiveDesk) -> None:
    page.goto(desk.url())
    expect(page.locator(".verified")).to_be_visible()
    tab_to(page, "#what")
    press(page, "button[type=submit]")
    expect(page.get_by_role("alert")).to_be_focused()
    press(page, "[role=alert] button")

    expect(page.locator("#what")).to_be_focused()
    assert page.url == desk.url()


def test_mistakes_of_the_last_attempt_go_while_the_next_is_checked(page: Page, desk: LiveDesk) -> None:
    page.context.route("**/words.en.*.txt", lambda _: None)
    open_form(page, desk.url(page="mailbox"))
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    for field in page.get_by_role("combobox").all():
        field.fill("zzqqq")
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_tab_goes_through_the_form_and_out_of_it(page: Page, desk: LiveDesk) -> None:
    page.goto(desk.url())
    expect(page.locator(".verified")).to_be_visible()
    tab_to(page, ".utrecht-skip-link")
    tab_to(page, ".foot a")
    tab_to(page, ".utrecht-skip-link")
