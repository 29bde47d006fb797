# SPDX-License-Identifier: EUPL-1.2
"""A report from the first question to the answer in the mailbox, in a real browser against a real intake."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from crypto.desk import desk_words
from crypto.wordlist import word_list
from support.earlier_report import earlier_report
from support.reporter_page import (
    TEXT,
    confirm,
    next_step,
    open_form,
    open_mailbox,
    read_words,
    report,
    review,
    review_all,
    send,
)
from support.reporter_site import LiveDesk, ReporterSite


def test_report_with_nothing_but_what_happened_reaches_the_members(page: Page, desk: LiveDesk) -> None:
    report(page, desk.url())

    assert desk.report().record.answers == {"what": TEXT}


def test_every_answer_reaches_the_members_as_it_was_typed(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").fill(TEXT)
    next_step(page)
    page.get_by_label("Geld: fraude, diefstal of omkoping").check()
    page.get_by_label("Wanneer was dit?").fill("begin november")
    page.get_by_label("Waar was dit").fill("Vergunningen")
    page.get_by_label("Hebt u dit al eerder gemeld?").fill("Aan mijn chef")
    next_step(page)
    page.get_by_label("Wie zijn erbij").fill("<b>het hoofd</b>")
    page.get_by_label("Wie weet ervan").fill("Iedereen van de afdeling")
    next_step(page)
    page.get_by_label("Ik werk er", exact=True).check()
    page.get_by_label("Bent u bang").fill("Ja, voor mijn baan")
    page.get_by_label("In een gesprek").check()
    page.get_by_label("Ja, per telefoon").check()
    page.get_by_label("In welke taal").select_option("en")
    review_all(page)
    send(page)
    read_words(page)

    assert desk.report().record.answers == {
        "what": TEXT,
        "about": "financial",
        "when": "begin november",
        "where": "Vergunningen",
        "told": "Aan mijn chef",
        "who": "<b>het hoofd</b>",
        "witnesses": "Iedereen van de afdeling",
        "relation": "employee",
        "detriment": "Ja, voor mijn baan",
        "channel": "meeting",
        "talk": "yes",
        "reply_language": "en",
    }


def test_page_shows_the_name_number_and_words_that_stand_on_the_poster(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.get_by_text("Vergelijk het met de poster").click()

    assert page.locator(".ten li").all_inner_texts() == list(desk_words(desk.id, word_list("nl")))
    expect(page.locator("#desk-name")).to_have_text("Meldpunt Voorbeeldstad")
    assert desk.id in page.locator(".id").inner_text().replace(" ", "")


def test_review_names_everybody_who_can_open_the_report(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)

    assert page.locator(".people .who").all_inner_texts() == ["Anna,", "Bram,", "Carla,"]


def test_proof_of_sending_gives_both_dates_and_is_not_called_an_acknowledgement(
    page: Page, site: ReporterSite, desk: LiveDesk
) -> None:
    report(page, desk.url("nl"))

    proof = page.locator(".proof").inner_text()
    assert "Verzendbewijs" in proof
    assert "Het is niet de ontvangstbevestiging" in proof
    due = site.today + timedelta(days=7)
    assert f"Uiterlijk op {due.day} " in page.locator(".steps").inner_text()


def test_wrong_word_from_paper_is_found_while_the_words_can_still_be_shown(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)
    send(page)
    words = read_words(page)
    page.get_by_role("button", name="Ik heb ze opgeschreven").click()
    page.get_by_role("combobox").first.fill("onzin")
    page.get_by_role("button", name="Controleren en klaar").click()

    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("button", name="Woorden weer laten zien").click()
    assert read_words(page) == words
    confirm(page, words)


def test_who_cannot_keep_the_words_is_told_what_is_lost_and_may_go_on(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)
    send(page)
    read_words(page)
    page.get_by_role("button", name="Ik kan de woorden niet bewaren").click()
    expect(page.get_by_text("U kunt de ontvangstbevestiging, vragen en de uitkomst niet lezen.")).to_be_visible()
    page.get_by_role("button", name="Verder zonder de woorden").click()

    expect(page.get_by_text("U hebt de woorden niet bewaard.")).to_be_visible()


def test_reporter_reads_the_acknowledgement_and_answers_a_question(page: Page, desk: LiveDesk) -> None:
    words = report(page, desk.url())
    desk.reply("acknowledgement", "Wij hebben uw melding.", received="2026-11-22", feedback_due="2027-02-22")
    desk.reply("question", "Wie tekende de factuur?")
    open_mailbox(page, desk.url(page="mailbox"), words)

    expect(page.get_by_text("Er zijn 2 nieuwe berichten.")).to_be_visible()
    expect(page.locator(".entry").nth(1)).to_contain_text("Ontvangstbevestiging")
    expect(page.locator(".entry").nth(2)).to_contain_text("Anna, lid")
    page.get_by_label(re.compile("Uw antwoord op de vraag van")).fill("Het afdelingshoofd.")
    page.get_by_role("button", name="Versturen", exact=True).click()

    expect(page.get_by_text("Uw bericht is verstuurd op").first).to_be_visible()
    expect(page.get_by_label("Schrijf een bericht")).to_have_value("")
    assert desk.message().answers == {"text": "Het afdelingshoofd."}


def test_closed_mailbox_leaves_nothing_of_itself_in_the_page(page: Page, desk: LiveDesk) -> None:
    words = report(page, desk.url())
    desk.reply("question", "Wie tekende de factuur?")
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_role("button", name="Postbus sluiten").click()

    expect(page.get_by_role("heading", name="De postbus is gesloten")).to_be_focused()
    content = page.content()
    assert "Wie tekende" not in content
    # A word may be the page's own as well: `label` is on our list.
    served = page.request.get(page.url).text()
    assert [word for word in words if word in content and word not in served] == []


def test_mailbox_asks_before_it_drops_a_half_typed_answer(page: Page, desk: LiveDesk) -> None:
    words = earlier_report(desk)
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_label("Schrijf een bericht").fill("Nog iets")
    page.get_by_role("button", name="Postbus sluiten").click()
    page.get_by_role("button", name="Terug naar mijn tekst").click()

    expect(page.get_by_label("Schrijf een bericht")).to_be_focused()
    expect(page.get_by_label("Schrijf een bericht")).to_have_value("Nog iets")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_words_open_the_mailbox_in_either_language(page: Page, desk: LiveDesk, language: str) -> None:
    words = earlier_report(desk)
    open_form(page, desk.url(language, "mailbox"))
    page.get_by_role("combobox").first.focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text", text);
            const paste = { clipboardData: data, cancelable: true, bubbles: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }""",
        "\n".join(f"{number}. {word}" for number, word in enumerate(words, start=1)),
    )
    page.locator("button[type=submit]").click()

    expect(page.locator(".thread")).to_be_visible()
