# SPDX-License-Identifier: EUPL-1.2
"""The reporter's steps in a browser, by what a person sees: labels, buttons and headings."""

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import FilePayload, Page, expect

TEXT = "Op 3 november is een factuur betaald voor werk dat niet is gedaan.\nIk zag de lijst zelf."


def open_form(page: Page, url: str) -> None:
    """Open the form and wait until the desk is verified."""
    page.goto(url)
    expect(page.locator(".verified")).to_be_visible()


def review(page: Page, text: str = TEXT) -> None:
    """Tell what happened on the first step, and go straight to the review."""
    page.get_by_label("Wat is er gebeurd?").fill(text)
    page.get_by_role("button", name="Nu controleren en versturen").click()
    expect(page.get_by_role("heading", name="Melding controleren")).to_be_focused()


def next_step(page: Page) -> str:
    """Go to the next step of the form; returns its heading."""
    before = page.locator("h1:visible").inner_text()
    page.get_by_role("button", name="Volgende").click()
    heading = page.locator("h1:visible")
    expect(heading).not_to_have_text(before)
    expect(heading).to_be_focused()
    return heading.inner_text()


def review_all(page: Page) -> None:
    """Go on through the steps that are left to the review."""
    while page.get_by_role("button", name="Volgende").is_visible():
        next_step(page)
    page.get_by_role("button", name="Melding controleren").click()
    expect(page.get_by_role("heading", name="Melding controleren")).to_be_focused()


def put_files(page: Page, files: Sequence[Path] | Sequence[FilePayload]) -> None:
    """Choose files, and wait until the page has said what is in them: before that it sends nothing."""
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator("[data-part=looking]")).to_have_count(0)


def connect_again(page: Page) -> None:
    """Give the parts of files their connection back, and have the page try at once."""
    expect(page.get_by_role("button", name="Nu opnieuw proberen")).to_be_visible()
    page.context.unroute("**/blobs/**")
    # By itself it tries after two seconds, and then the button is hidden: a real click might wait for it in vain.
    page.locator("[data-action=again]").dispatch_event("click")


def send(page: Page) -> None:
    page.get_by_role("button", name="Melding versturen").click()


def read_words(page: Page) -> list[str]:
    """The eight words, once the page shows them."""
    expect(page.get_by_role("heading", name="Schrijf deze acht woorden op")).to_be_focused()
    return page.locator(".words li").all_inner_texts()


def confirm(page: Page, words: list[str]) -> None:
    """Type the two words that are asked back."""
    page.get_by_role("button", name="Ik heb ze opgeschreven").click()
    for field in page.get_by_role("combobox").all():
        number = int((field.get_attribute("id") or "").removeprefix("word-"))
        field.fill(words[number - 1])
    page.get_by_role("button", name="Controleren en klaar").click()
    expect(page.get_by_role("heading", name="Uw melding is verstuurd")).to_be_focused()


def report(page: Page, url: str, text: str = TEXT) -> list[str]:
    """Send a report from the first page to the proof of sending; returns the eight words."""
    open_form(page, url)
    review(page, text)
    send(page)
    words = read_words(page)
    confirm(page, words)
    return words


def open_mailbox(page: Page, url: str, words: list[str]) -> None:
    """Open the mailbox by its words."""
    open_form(page, url)
    type_words(page, words)


def type_words(page: Page, words: list[str]) -> None:
    """Type the eight words and wait for the thread."""
    for number, word in enumerate(words, start=1):
        page.get_by_label(f"Woord {number}", exact=True).fill(word)
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.locator(".thread")).to_be_visible()


def delete_mailbox(page: Page) -> None:
    """Delete the open mailbox and wait until the page says that it is gone."""
    page.locator("summary", has_text="Uw postbus verwijderen").click()
    page.get_by_label("Ik wil mijn postbus verwijderen.").check()
    page.get_by_role("button", name="Postbus verwijderen").click()
    expect(page.get_by_role("heading", name="Uw postbus is verwijderd")).to_be_focused()
