# SPDX-License-Identifier: EUPL-1.2
"""A member's steps in their tool, by the addresses and names of its forms: they serve both languages."""

from collections.abc import Mapping, Sequence
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Page, expect

Answers = Mapping[str, str | Sequence[str]]


def enter(page: Page, address: str, code: str) -> None:
    """Type the code from the terminal."""
    page.goto(address)
    page.locator("#code").fill(code)
    page.locator("form[action$='/code'] button").click()
    expect(page.locator("form[action$='/sync']").first).to_be_visible()


def fetch_and_send(page: Page) -> None:
    """Synchronise from the case list and wait until it is done."""
    to_the_list(page)
    page.locator("form[action$='/sync'] button").first.click()
    expect(page.locator(".stages .last")).to_be_visible(timeout=30_000)
    expect(page.locator(".panel-good")).to_be_visible()


def open_case(page: Page) -> None:
    """Open the first case of the list."""
    to_the_list(page)
    page.locator(".case-link").first.click()
    expect(page.locator("#report")).to_be_visible()


def declare_no_interest(page: Page) -> None:
    """Declare, on the case page, that one has no interest in the report."""
    go(page, "declare")
    page.locator("input[name='conflict'][value='no']").check()
    page.locator("main form button").last.click()
    expect(page.locator("#report")).to_be_visible()


def write(page: Page, kind: str, answers: Answers) -> None:
    """Write a message to the reporter, read it once more, and send it."""
    go(page, f"write/{kind}")
    fill(page, answers)
    page.locator("button[name='go'][value='review']").click()
    page.locator("button[name='go'][value='send']").click()
    expect(page.locator("#report")).to_be_visible()


def complete(page: Page, step: str, answers: Answers) -> None:
    """Fill the record of a protocol step and record it."""
    go(page, f"steps/{step}")
    fill(page, answers)
    page.locator("main form button").last.click()
    expect(page.locator("#report")).to_be_visible()


def to_the_list(page: Page) -> None:
    """Go to the list of cases: the tool's own address, which is the first part of every path."""
    prefix = urlsplit(page.url).path.split("/")[1]
    page.goto(urljoin(page.url, f"/{prefix}/"))


def go(page: Page, place: str) -> None:
    """Go to a page below the case that is shown."""
    case = page.url.split("#")[0].split("?")[0].rstrip("/")
    page.goto(f"{case}/{place}")


def fill(page: Page, answers: Answers) -> None:
    """Fill fields by name: a list ticks boxes, a text chooses an option where there are some."""
    for name, answer in answers.items():
        if not isinstance(answer, str):
            for value in answer:
                page.locator(f"input[name='{name}'][value='{value}']").check()
            continue
        chosen = page.locator(f"input[type='radio'][name='{name}'][value='{answer}']")
        select = page.locator(f"select[name='{name}']")
        if chosen.count():
            chosen.check()
        elif select.count():
            select.select_option(answer)
        else:
            page.locator(f"[name='{name}']:visible").fill(answer)
