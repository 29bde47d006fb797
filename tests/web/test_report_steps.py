# SPDX-License-Identifier: EUPL-1.2
"""The steps of the report form: going on and back, leaving readers out, giving a name, sending early, and lengths."""

from dataclasses import replace

from playwright.sync_api import Page, expect

from support.reporter_page import TEXT, next_step, open_form, read_words, review, review_all, send
from support.reporter_site import POLICY, LiveDesk, ReporterSite

# As they stand in JSON and UTF-8, three bytes each: the most that one report may hold of them.
WIDE = "漢" * 66_600


def test_back_of_the_browser_goes_one_step_back_and_loses_nothing(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator("#what").fill(TEXT)
    next_step(page)
    page.locator("#where").fill("Vergunningen")
    next_step(page)
    page.go_back()

    expect(page.get_by_role("heading", name="Meer over wat er is gebeurd")).to_be_focused()
    expect(page.locator("#where")).to_have_value("Vergunningen")
    page.go_back()
    expect(page.locator("#what")).to_have_value(TEXT)
    page.go_forward()
    expect(page.locator("#where")).to_have_value("Vergunningen")


def test_history_tells_nothing_but_how_far_one_went(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    title = page.title()
    page.locator("#what").fill(TEXT)
    seen = []
    while page.get_by_role("button", name="Volgende").is_visible():
        next_step(page)
        seen.append((page.url, page.title(), page.evaluate("history.state")))

    assert seen == [(desk.url(), title, place) for place in (1, 2, 3)]


def test_page_that_is_loaded_again_on_the_way_begins_at_the_first_step(page: Page, desk: LiveDesk) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    open_form(page, desk.url())
    page.locator("#what").fill(TEXT)
    next_step(page)
    page.reload()
    expect(page.locator("#what")).to_have_value("")
    page.go_back()

    expect(page.get_by_role("heading", name="Iets melden")).to_be_visible()


def test_report_can_be_sent_from_any_step_once_it_says_what_happened(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.get_by_role("button", name="Nu controleren en versturen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.locator("#what").fill(TEXT)
    next_step(page)
    next_step(page)
    page.locator("#who").fill("Het hoofd")
    page.get_by_role("button", name="Nu controleren en versturen").click()
    send(page)
    read_words(page)

    assert desk.report().record.answers == {"what": TEXT, "who": "Het hoofd"}


def test_review_leads_to_a_question_and_the_changed_answer_is_sent(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)
    page.get_by_text("Vragen die u openliet").click()
    page.get_by_role("button", name="Wanneer was dit?").click()
    expect(page.locator("#when")).to_be_focused()
    page.locator("#when").fill("in mei")
    page.get_by_role("button", name="Nu controleren en versturen").click()
    send(page)
    read_words(page)

    assert desk.report().record.answers == {"what": TEXT, "when": "in mei"}


def test_report_of_the_greatest_length_in_wide_letters_arrives_whole(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator("#what").fill(WIDE + "漢" * 100)
    page.get_by_role("button", name="Nu controleren en versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze tekst is te lang")
    review(page, WIDE)
    send(page)
    read_words(page)

    assert desk.report().record.answers == {"what": WIDE}


def test_reader_whose_name_was_typed_can_be_left_out_at_the_check(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page, "Ik zag dat CÁRLA het deed.")
    page.get_by_role("button", name="Carla (lid) mag dit niet lezen").click()

    expect(page.get_by_text("Door u uitgesloten, en kan het niet openen: Carla (lid).")).to_be_visible()
    expect(page.get_by_role("button", name="Wijzigen wie dit leest")).to_be_focused()
    send(page)
    read_words(page)
    assert desk.report().record.sealed_to == ("anna", "bram")


def test_name_that_belongs_to_no_reader_offers_nothing(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page, "Annabel en Abram deden het.")

    expect(page.locator(".people")).to_contain_text("Anna")
    expect(page.get_by_text("In uw tekst staat een naam")).to_have_count(0)


def test_leaving_everybody_out_is_refused_with_other_ways(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator("#what").fill(TEXT)
    next_step(page)
    next_step(page)
    page.get_by_label("Anna, lid").check()
    page.get_by_label("Bram, lid").check()
    expect(page.get_by_text("Dan leest maar één persoon uw melding: Carla (lid).")).to_be_visible()
    page.get_by_label("Carla, lid").check()
    page.get_by_role("button", name="Nu controleren en versturen").click()

    expect(page.get_by_role("alert")).to_contain_text("Er is niemand over die uw melding kan lezen.")
    expect(page.locator(".utrecht-alert--warning").get_by_text("0800 123 45 67")).to_be_visible()


def test_choice_of_readers_survives_a_new_reader(page: Page, site: ReporterSite) -> None:
    desk = site.desk(("anna", "bram"))
    open_form(page, desk.url())
    page.locator("#what").fill(TEXT)
    next_step(page)
    next_step(page)
    page.get_by_label("Bram, lid").check()
    review_all(page)
    desk.publish()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("zijn net veranderd")
    expect(page.get_by_text("Door u uitgesloten, en kan het niet openen: Bram (lid).")).to_be_visible()
    send(page)
    read_words(page)

    assert desk.report().record.sealed_to == ("anna", "carla")


def test_desk_that_hides_names_and_forbids_leaving_out_says_where_to_go(page: Page, site: ReporterSite) -> None:
    desk = site.desk(policy=replace(POLICY, names_shown=False, exclusion=False))
    open_form(page, desk.url())
    page.locator("#what").fill("Anna was erbij.")
    next_step(page)
    next_step(page)

    expect(page.get_by_text("Bij dit meldpunt kunt u niemand uitsluiten.")).to_be_visible()
    expect(page.get_by_label("Anna")).to_have_count(0)
    review_all(page)
    expect(page.locator(".people .who").first).to_have_text("")
    expect(page.locator(".people li")).to_have_text(["lid 1", "lid 2", "lid 3"])


def test_contact_details_go_along_only_while_one_wants_to_be_known(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator("#what").fill(TEXT)
    for _ in range(3):
        next_step(page)
    expect(page.locator("#name")).to_be_hidden()
    page.get_by_label("Nee, wie mijn melding leest").check()
    page.get_by_label("Uw naam").fill("J. de Melder")
    page.get_by_label("Dat beslis ik later").check()
    expect(page.locator("#name")).to_be_hidden()
    review_all(page)
    expect(page.locator(".answers")).not_to_contain_text("J. de Melder")
    page.get_by_role("button", name="Wijzigen “Wilt u anoniem blijven?”").click()
    page.get_by_label("Nee, wie mijn melding leest").check()
    page.get_by_label("Hoe kunnen wij u bereiken?").fill("06 12 34 56 78, na zessen")
    page.get_by_role("button", name="Melding controleren").click()
    send(page)
    read_words(page)

    assert desk.report().record.answers == {
        "what": TEXT,
        "anonymity": "known",
        "name": "J. de Melder",
        "reach": "06 12 34 56 78, na zessen",
    }


def test_desks_own_words_stand_in_place_of_the_general_ones(page: Page, site: ReporterSite) -> None:
    own = {"protection": "Bij ons geldt een eigen regeling.", "privacy": "Onze FG is Piet."}
    desk = site.desk(texts={name: {"nl": text} for name, text in own.items()})
    open_form(page, desk.url())
    page.get_by_text("Hoe bent u beschermd?").click()
    page.locator("#help").get_by_text("Privacy", exact=True).click()

    expect(page.get_by_text("Bij ons geldt een eigen regeling.")).to_be_visible()
    expect(page.get_by_text("Hebt u goede redenen om te denken")).to_have_count(0)
    expect(page.get_by_text("Onze FG is Piet.")).to_be_visible()
