# SPDX-License-Identifier: EUPL-1.2
"""What a reporter sees and can do in their mailbox beside answering; each deed is an entry of its own."""

from datetime import date, timedelta

import pytest
from babel.dates import format_date
from playwright.sync_api import Page, expect

from support.earlier_report import earlier_report
from support.reporter_page import TEXT, open_form, open_mailbox, report
from support.reporter_site import LiveDesk

ACCOUNT = "U zag op 3 november dat de factuur was betaald."


@pytest.fixture
def words(desk: LiveDesk) -> list[str]:
    return earlier_report(desk)


def come_back(page: Page, desk: LiveDesk, words: list[str]) -> None:
    open_mailbox(page, desk.url(page="mailbox"), words)


def unfold(page: Page, title: str) -> None:
    page.locator("summary", has_text=title).click()


def told(page: Page) -> list[str]:
    """What the thread says of each entry, in order."""
    return page.locator(".entry-head strong").all_inner_texts()


def in_words(day: date) -> str:
    return format_date(day, "d MMMM y", "nl")


def test_the_door_of_the_mailbox_says_that_an_excluded_member_is_in_the_list_too(page: Page, desk: LiveDesk) -> None:
    page.goto(desk.url(page="mailbox"))
    unfold(page, "Wie lezen bij dit meldpunt?")

    expect(page.get_by_text("Die kan uw melding niet openen, ook al staat de naam hier.")).to_be_visible()
    expect(page.get_by_text("Alleen deze mensen kunnen openen")).to_have_count(0)


def test_r08_contact_details_are_given_and_taken_back_as_entries_of_their_own(
    page: Page, desk: LiveDesk, words: list[str]
) -> None:
    come_back(page, desk, words)
    unfold(page, "Contactgegevens geven of terugnemen")
    page.get_by_role("button", name="Contactgegevens versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf hoe de commissie u kan bereiken.")
    page.get_by_label("Hoe kan de commissie u bereiken?").fill("06 12345678, na zes uur")
    page.get_by_role("button", name="Contactgegevens versturen").click()
    expect(page.get_by_text("Uw contactgegevens zijn verstuurd op").first).to_be_visible()
    given = desk.message()
    assert (given.kind, given.answers) == ("contact", {"name": "", "reach": "06 12345678, na zes uur"})

    unfold(page, "Contactgegevens geven of terugnemen")
    page.get_by_role("button", name="Contactgegevens terugnemen").click()
    expect(page.get_by_text("Uw contactgegevens zijn teruggenomen op").first).to_be_visible()
    assert desk.message().answers == {"name": "", "reach": ""}
    assert told(page) == ["Uw melding", "U hebt contactgegevens gegeven", "U hebt uw contactgegevens teruggenomen"]


def test_r09_withdrawn_report_is_kept_and_said_to_be_kept(page: Page, desk: LiveDesk, words: list[str]) -> None:
    come_back(page, desk, words)
    unfold(page, "Uw melding intrekken")
    expect(page.get_by_text("Uw melding wordt daarmee niet verwijderd.")).to_be_visible()
    page.get_by_role("button", name="Melding intrekken").click()
    expect(page.get_by_role("alert")).to_contain_text("Vink aan dat u uw melding wilt intrekken.")
    page.get_by_label("Waarom trekt u uw melding in?").fill("Ik ben bang.")
    page.get_by_label("Ik wil mijn melding intrekken.").check()
    page.get_by_role("button", name="Melding intrekken").click()

    expect(page.get_by_role("heading", name="U hebt deze melding ingetrokken op")).to_be_visible()
    message = desk.message()
    assert (message.kind, message.answers) == ("withdrawal", {"reason": "Ik ben bang."})
    assert desk.report().record.answers["what"] == TEXT
    page.reload()
    come_back(page, desk, words)
    expect(page.get_by_role("heading", name="U hebt deze melding ingetrokken op")).to_be_visible()
    expect(page.locator("summary", has_text="Uw melding intrekken")).to_be_hidden()


def test_o02_account_is_corrected_and_both_versions_remain(page: Page, desk: LiveDesk, words: list[str]) -> None:
    desk.reply("transcript", ACCOUNT)
    come_back(page, desk, words)
    expect(page.locator(".verdict")).to_contain_text("De commissie vraagt u dit verslag van")
    page.get_by_role("button", name="Reageren op dit verslag").click()
    page.get_by_role("button", name="Mijn reactie versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies of u akkoord bent met het verslag.")
    page.get_by_label("Niet helemaal: ik verbeter het").check()
    expect(page.get_by_label("Het verslag zoals het moet zijn")).to_have_value(ACCOUNT)
    page.get_by_label("Het verslag zoals het moet zijn").fill(ACCOUNT.replace("3", "4"))
    page.get_by_role("button", name="Mijn reactie versturen").click()

    expect(page.locator(".verdict")).to_contain_text("u een verbetering gestuurd")
    expect(page.locator(".typed")).to_contain_text(ACCOUNT)
    message = desk.message()
    assert (message.kind, message.answers["verdict"]) == ("transcript", "correct")
    assert message.answers["text"] == ACCOUNT.replace("3", "4")
    assert message.about is not None


@pytest.mark.parametrize(
    "choice, verdict, sentence",
    [
        ("Ja, ik ben akkoord", "agree", "was u akkoord met dit verslag"),
        ("Nee, ik ben niet akkoord", "disagree", "niet akkoord bent met dit verslag"),
    ],
)
def test_o02_reporter_agrees_or_disagrees_with_an_account(
    page: Page, desk: LiveDesk, words: list[str], choice: str, verdict: str, sentence: str
) -> None:
    desk.reply("transcript", ACCOUNT)
    come_back(page, desk, words)
    page.get_by_role("button", name="Reageren op dit verslag").click()
    page.get_by_label(choice).check()
    page.get_by_role("button", name="Mijn reactie versturen").click()

    expect(page.locator(".verdict")).to_contain_text(sentence)
    expect(page.get_by_role("button", name="Reactie wijzigen")).to_be_visible()
    assert desk.message().answers == {"verdict": verdict, "text": ""}


def test_r07_both_promised_days_stand_there_and_whether_they_were_met(
    page: Page, desk: LiveDesk, words: list[str]
) -> None:
    today = desk.site.today
    due = today + timedelta(days=60)
    come_back(page, desk, words)
    expect(page.locator('[data-slot="acknowledgement"]')).to_contain_text(in_words(today + timedelta(days=7)))
    expect(page.locator('[data-slot="feedback"]')).to_contain_text("Uiterlijk op")
    desk.reply("acknowledgement", "Ontvangen.", received=today.isoformat(), feedback_due=due.isoformat())
    page.get_by_role("button", name="Nieuwe berichten ophalen").click()

    expect(page.locator('[data-slot="acknowledgement"]')).to_contain_text(f"Ontvangen op {in_words(today)}")
    expect(page.locator('[data-slot="feedback"]')).to_contain_text(in_words(due))


def test_r10_a_proof_with_text_hash_and_day_is_saved_from_the_page(page: Page, desk: LiveDesk) -> None:
    report(page, desk.url())
    with page.expect_download() as saving:
        page.get_by_role("button", name="Bewijs bewaren").click()
    proof = saving.value.path().read_text(encoding="utf-8")
    stored = desk.frame_hash()

    assert saving.value.suggested_filename == "aantekeningen.html"
    assert TEXT.splitlines()[0] in proof
    assert f"controlecode (SHA-256): {stored}" in proof
    assert in_words(desk.site.today) in proof
    assert desk.id in proof
    assert "<script" not in proof


def test_r10_the_saved_proof_fits_a_narrow_telephone(page: Page, desk: LiveDesk) -> None:
    report(page, desk.url())
    with page.expect_download() as saving:
        page.get_by_role("button", name="Bewijs bewaren").click()
    paper = page.context.new_page()
    paper.set_viewport_size({"width": 320, "height": 640})
    paper.set_content(saving.value.path().read_text(encoding="utf-8"))

    expect(paper.get_by_role("main").get_by_role("heading", level=1)).to_be_visible()
    assert paper.evaluate("document.documentElement.scrollWidth") <= 320


def test_r10_the_mailbox_lists_day_and_hash_of_what_was_sent(page: Page, desk: LiveDesk, words: list[str]) -> None:
    come_back(page, desk, words)
    unfold(page, "Een bewijs bewaren van wat u hebt gestuurd")
    expect(page.locator(".seal")).to_have_text([desk.frame_hash()])
    with page.expect_download() as saving:
        page.get_by_role("button", name="Deze lijst bewaren").click()

    assert desk.frame_hash() in saving.value.path().read_text(encoding="utf-8")


def test_what_a_member_wrote_who_has_left_since_can_be_read(page: Page, desk: LiveDesk, words: list[str]) -> None:
    desk.reply("message", "Ik vertrek, mijn collega neemt het over.")
    desk.dismiss("anna")
    come_back(page, desk, words)

    expect(page.locator(".entry").nth(1)).to_contain_text("Ik vertrek, mijn collega neemt het over.")
    expect(page.locator(".entry").nth(1)).to_contain_text("Anna,")
    expect(page.locator('[data-slot="changes"]')).to_contain_text("Sinds uw laatste bericht gestopt met meelezen: Anna")
    assert page.locator('[data-slot="readers"] .who').all_inner_texts() == ["Bram,", "Carla,"]


def test_r06_one_answer_for_unknown_words_names_every_cause(page: Page, desk: LiveDesk) -> None:
    page.goto(desk.url(page="mailbox"))
    expect(page.locator(".verified")).to_be_visible()
    for number in range(1, 9):
        page.get_by_label(f"Woord {number}", exact=True).fill("aanbod")
    page.get_by_role("button", name="Postbus openen").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(4)


def test_a_mailbox_is_deleted_and_its_words_open_nothing_more(page: Page, desk: LiveDesk, words: list[str]) -> None:
    desk.reply("message", "Wij zoeken het uit.", files=[("brief.pdf", b"een brief")])
    come_back(page, desk, words)
    unfold(page, "Uw postbus verwijderen")
    expect(page.get_by_text("Uw melding blijft bij de commissie")).to_be_visible()
    button = page.get_by_role("button", name="Postbus verwijderen")
    button.click()
    expect(page.get_by_role("alert")).to_contain_text("Vink aan dat u uw postbus wilt verwijderen.")
    page.get_by_label("Ik wil mijn postbus verwijderen.").check()
    button.click()

    expect(page.get_by_role("heading", name="Uw postbus is verwijderd")).to_be_focused()
    expect(page.get_by_text("Wij zoeken het uit.")).to_be_hidden()
    (deletion,), gone = desk.deleted()
    assert (deletion.deletion.of, gone) == ((2,), [2])
    assert desk.report().record.answers["what"] == TEXT
    open_form(page, desk.url(page="mailbox"))
    for number, word in enumerate(words, start=1):
        page.get_by_label(f"Woord {number}", exact=True).fill(word)
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.get_by_role("alert")).to_contain_text("de postbus is verwijderd")


def test_a_message_that_comes_meanwhile_is_shown_before_anything_is_deleted(
    page: Page, desk: LiveDesk, words: list[str]
) -> None:
    come_back(page, desk, words)
    desk.reply("message", "Wij weten het nu.")
    unfold(page, "Uw postbus verwijderen")
    page.get_by_label("Ik wil mijn postbus verwijderen.").check()
    page.get_by_role("button", name="Postbus verwijderen").click()

    expect(page.get_by_role("heading", name="De postbus is niet verwijderd")).to_be_visible()
    expect(page.get_by_text("Wij weten het nu.")).to_be_visible()
    assert desk.deleted() == ([], [])
