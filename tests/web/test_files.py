# SPDX-License-Identifier: EUPL-1.2
"""Files go along with a report and with a message: announced, sealed, sent part by part, and whole at the other end."""

from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, Route, expect

from support.earlier_report import earlier_report
from support.markers import found_in
from support.reporter_page import confirm, connect_again, open_form, open_mailbox, put_files, read_words, review, send
from support.reporter_site import LiveDesk, ReporterSite

PART = 1_048_576
MARKER = "kwitantie-van-wethouder-merkteken"


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """A file of six parts whose bytes differ from place to place."""
    path = tmp_path / f"{MARKER}.bin"
    path.write_bytes(b"".join(number.to_bytes(4, "big") for number in range(5 * PART // 4 + 1000)))
    return path


def choose(page: Page, *paths: Path) -> None:
    put_files(page, paths)
    expect(page.locator(".files .file-list > li")).to_have_count(len(paths))


def send_with(page: Page, desk: LiveDesk, *paths: Path) -> list[str]:
    """Send a report that announces these files; the upload has begun."""
    open_form(page, desk.url())
    review(page)
    choose(page, *paths)
    send(page)
    return read_words(page)


def send_without_an_answer(page: Page, button: str) -> None:
    """Press a button; the intake stores what is sent, and the page never hears of it."""

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.context.route("**/logs/*/entries", lose_answer)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Wij weten niet")
    page.context.unroute("**/logs/*/entries")


def arrived(page: Page) -> None:
    expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen")


def cut_after(page: Page, count: int) -> None:
    """Let so many parts through; after that there is no connection for parts."""
    passed: list[str] = []

    def answer(route: Route) -> None:
        passed.append(route.request.url)
        route.continue_() if len(passed) <= count else route.abort()

    page.context.route("**/blobs/**", answer)


def test_file_of_a_report_arrives_whole_and_signed(page: Page, desk: LiveDesk, large: Path) -> None:
    words = send_with(page, desk, large)
    arrived(page)
    expect(page.locator("#view + .uploads details:not([open])")).to_contain_text(large.name)
    confirm(page, words)
    (attachment,) = desk.message().attachments
    assert attachment.name == large.name
    assert desk.file(attachment) == large.read_bytes()


def test_text_has_arrived_before_the_first_part_is_sent(page: Page, desk: LiveDesk, large: Path) -> None:
    page.context.route("**/blobs/**", lambda route: route.abort())
    send_with(page, desk, large)
    (attachment,) = desk.report().record.attachments
    assert attachment.root is None
    expect(page.locator(".uploads")).to_contain_text("Uw tekst is aangekomen")


def test_upload_goes_on_by_itself_after_the_connection_was_cut(page: Page, desk: LiveDesk, large: Path) -> None:
    cut_after(page, 2)
    send_with(page, desk, large)
    expect(page.locator(".uploads")).to_contain_text("er is nu geen verbinding met het meldpunt")
    connect_again(page)
    arrived(page)
    (attachment,) = desk.message().attachments
    assert desk.file(attachment) == large.read_bytes()


def test_paused_upload_sends_nothing_until_it_goes_on(page: Page, desk: LiveDesk, large: Path) -> None:
    cut_after(page, 0)
    send_with(page, desk, large)
    expect(page.locator(".uploads")).to_contain_text("er is nu geen verbinding met het meldpunt")
    page.get_by_role("button", name="Pauzeren").click()
    expect(page.locator(".uploads")).to_contain_text("Gepauzeerd")
    page.context.unroute("**/blobs/**")
    page.get_by_role("button", name="Verdergaan").click()
    arrived(page)


def test_file_that_is_given_up_is_never_signed_for(page: Page, desk: LiveDesk, large: Path, tmp_path: Path) -> None:
    small = tmp_path / "klein.txt"
    small.write_text("een regel", "utf-8")
    cut_after(page, 1)
    send_with(page, desk, large, small)
    expect(page.locator(".uploads")).to_contain_text("er is nu geen verbinding met het meldpunt")
    page.get_by_role("button", name=f"Niet versturen {large.name}").click()
    connect_again(page)
    arrived(page)
    assert [attachment.name for attachment in desk.message().attachments] == [small.name]


def test_leaving_is_guarded_while_files_are_on_their_way(page: Page, desk: LiveDesk, large: Path) -> None:
    page.context.route("**/blobs/**", lambda route: route.abort())
    confirm(page, send_with(page, desk, large))
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("about:blank")
    assert asked == ["beforeunload"]


def test_file_goes_along_with_a_message_in_the_mailbox(page: Page, desk: LiveDesk, large: Path) -> None:
    words = earlier_report(desk)
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_label("Schrijf een bericht").fill("Hierbij het bestand.")
    choose(page, large)
    page.get_by_role("button", name="Versturen", exact=True).click()
    arrived(page)
    (attachment,) = desk.message().attachments
    assert desk.file(attachment) == large.read_bytes()


def test_removed_file_does_not_go_along(page: Page, desk: LiveDesk, large: Path) -> None:
    open_form(page, desk.url())
    review(page)
    choose(page, large)
    page.get_by_role("button", name=f"Bestand uit de lijst halen {large.name}").click()
    send(page)
    read_words(page)
    assert desk.report().record.attachments == ()


def test_intake_holds_neither_name_nor_content_of_a_file(
    page: Page, desk: LiveDesk, site: ReporterSite, tmp_path: Path
) -> None:
    path = tmp_path / f"{MARKER}.txt"
    path.write_text(f"inhoud {MARKER} " * 1000, "utf-8")
    send_with(page, desk, path)
    arrived(page)
    kept = [found for found in site.folder.rglob("*") if found.is_file()]
    assert any(found.stat().st_size > PART // 64 for found in kept)
    assert found_in(kept, {"name": MARKER}) == []


def test_files_of_a_report_that_had_arrived_go_although_the_text_was_changed(
    page: Page, desk: LiveDesk, large: Path, tmp_path: Path
) -> None:
    later = tmp_path / "later gekozen.txt"
    later.write_text("een regel", "utf-8")
    open_form(page, desk.url())
    review(page)
    choose(page, large)
    send_without_an_answer(page, "Melding versturen")
    page.get_by_role("button", name="Terug").click()
    review(page, "een andere tekst")
    put_files(page, [later])
    send(page)
    words = read_words(page)

    notice = page.locator(".utrecht-alert--warning")
    notice.locator("summary").click()
    expect(notice).to_contain_text("een andere tekst")
    expect(notice).to_contain_text(f"Bestand dat niet meegaat\n{later.name}", use_inner_text=True)
    arrived(page)
    confirm(page, words)
    assert [one.name for one in desk.report().record.attachments] == [large.name]
    (attachment,) = desk.message().attachments
    assert desk.file(attachment) == large.read_bytes()


def test_changed_message_follows_the_one_that_had_arrived_and_its_file_goes_once(
    page: Page, desk: LiveDesk, large: Path
) -> None:
    words = earlier_report(desk)
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_label("Schrijf een bericht").fill("Hierbij het bestand.")
    choose(page, large)
    send_without_an_answer(page, "Versturen")
    page.get_by_label("Schrijf een bericht").fill("Hierbij het goede bestand.")
    page.get_by_role("button", name="Versturen", exact=True).click()

    expect(page.get_by_text("Een eerdere versie ervan was toch al aangekomen.").first).to_be_visible()
    arrived(page)
    signed = desk.message()
    assert (signed.seq, signed.kind) == (4, "files")
    (attachment,) = signed.attachments
    assert desk.file(attachment) == large.read_bytes()
