# SPDX-License-Identifier: EUPL-1.2
"""Without JavaScript nothing can be typed, so nothing can leave unsealed, and other ways are shown.

One of them is a file that a stranger locks with a tool of their own, to recipients that this website hands out.
"""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from babel.dates import format_date
from playwright.sync_api import Browser, Page, Playwright, expect

from crypto.age import decrypt
from crypto.handover import letter_id
from support.browser import SAFEST, firefox
from support.letters import strangers_letter
from support.markers import found_in
from support.reporter_page import open_form
from support.reporter_site import LiveDesk

TITLES = [("nl", "Het formulier is niet geladen"), ("en", "The form did not load")]
FIELDS = "input, textarea, select, form, [contenteditable]"
LETTER = "Op 3 november is een factuur betaald.\n"
TEXT_FIELDS = "input:not([type=file]), textarea, select, [contenteditable]"
MARKER = "Dat was de wethouder, en niemand anders."


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


@pytest.mark.parametrize("path", ["", pytest.param("mailbox", marks=pytest.mark.slow)])
@pytest.mark.parametrize("language, title", [TITLES[0], pytest.param(*TITLES[1], marks=pytest.mark.slow)])
def test_a_page_whose_script_does_not_arrive_names_other_ways(
    page: Page, desk: LiveDesk, path: str, language: str, title: str
) -> None:
    page.context.route("**/*.js", lambda route: route.abort())
    page.goto(desk.url(language, path))
    told = page.get_by_role("heading", name=title)

    expect(told).to_be_hidden()
    expect(told).to_be_visible()
    expect(page.locator('.without-script a[href="desk.txt"]')).to_be_visible()


def test_a_page_whose_script_arrives_does_not_say_that_it_did_not(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())

    expect(page.locator(".without-script")).to_have_count(0)


def test_a_desk_is_reached_by_other_ways_without_a_script(bare: Page, desk: LiveDesk) -> None:
    bare.goto(desk.url())

    bare.get_by_role("link", name="Zo bereikt u dit meldpunt").click()

    expect(bare.get_by_text("0800 123 45 67")).to_be_visible()


def test_a_stranger_locks_a_letter_that_every_member_opens(bare: Page, desk: LiveDesk, tmp_path: Path) -> None:
    bare.goto(desk.url())
    bare.get_by_role("link", name="met een eigen programma").click()

    with bare.expect_download() as download:
        bare.get_by_role("link", name="recipients.txt").click()
    recipients = tmp_path / "recipients.txt"
    download.value.save_as(recipients)
    letter = strangers_letter(recipients, LETTER.encode())

    for identity in desk.identities.values():
        assert decrypt(letter, [identity]).decode() == LETTER


@pytest.fixture
def locked(bare: Page, desk: LiveDesk, tmp_path: Path) -> Path:
    """A letter to the recipients that the page hands out."""
    recipients, locked = tmp_path / "recipients.txt", tmp_path / "report.age"
    recipients.write_bytes(bare.request.get(desk.url("nl", "recipients.txt")).body())
    locked.write_bytes(strangers_letter(recipients, LETTER.encode()))
    return locked


def send(page: Page, desk: LiveDesk, file: Path, language: str = "nl") -> None:
    page.goto(desk.url(language, "without_script"))
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button").click()


def test_the_form_for_locked_files_has_no_field_for_a_text(bare: Page, desk: LiveDesk) -> None:
    bare.goto(desk.url("nl", "without_script"))

    expect(bare.locator(TEXT_FIELDS)).to_have_count(0)
    expect(bare.locator("input")).to_have_count(1)


@pytest.mark.parametrize("language, title", [("nl", "Uw bestand is aangekomen"), ("en", "Your locked file is here")])
def test_a_locked_file_is_kept_and_its_number_told(
    bare: Page, desk: LiveDesk, locked: Path, language: str, title: str
) -> None:
    send(bare, desk, locked, language)

    kept_on = format_date(desk.site.day(0), "d MMMM y", language)
    expect(bare.get_by_text(kept_on)).to_be_visible()
    digest = sha256(locked.read_bytes())
    expect(bare.get_by_role("heading", name=title)).to_be_visible()
    assert bare.locator("pre.template").inner_text().replace(" ", "").strip() == digest.hexdigest()
    (kept,) = desk.site.client.letters(desk.id, desk.as_member())
    assert kept.letter == letter_id(desk.id, digest.digest())


def test_a_file_that_is_not_locked_is_refused_and_kept_nowhere(bare: Page, desk: LiveDesk, tmp_path: Path) -> None:
    mistake = tmp_path / "report.txt"
    mistake.write_text(MARKER * 30_000)

    send(bare, desk, mistake)

    expect(bare.get_by_role("heading", name="Uw bestand is niet aangenomen")).to_be_visible()
    expect(bare.get_by_text("Het bestand zit niet op slot")).to_be_visible()
    expect(bare.get_by_text("Wat u stuurde is niet bewaard.")).to_be_visible()
    assert found_in((path for path in desk.site.folder.rglob("*") if path.is_file()), {"mistake": MARKER}) == []


@pytest.mark.slow
def test_firefox_at_the_safest_level_sends_a_locked_file(
    playwright: Playwright, require_firefox: None, desk: LiveDesk, locked: Path
) -> None:
    with firefox(playwright, SAFEST) as browser:
        page = browser.new_page()
        page.goto(desk.url("nl", "without_script"))
        page.locator("input[type=file]").set_input_files(locked)

        # Waiting needs the page's timers, which do not run; these ask once.
        with page.expect_navigation():
            page.evaluate("document.querySelector('main button').click()")

        assert page.evaluate("document.querySelector('h1').textContent") == "Uw bestand is aangekomen"


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
