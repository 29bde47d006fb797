# SPDX-License-Identifier: EUPL-1.2
"""Whatever fails, the typed text stays, the page says what happened, and trying again works."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from support.earlier_report import earlier_report
from support.reporter_page import TEXT, open_form, open_mailbox, read_words, review, send
from support.reporter_site import LiveDesk, ReporterSite, error_body, other_bundle

Answer = Callable[[Route], None]


def refuse(status: int, code: str, headers: dict[str, str] | None = None) -> Answer:
    """Answer as the intake does when it refuses."""

    def answer(route: Route) -> None:
        route.fulfill(status=status, content_type="application/json", body=error_body(code), headers=headers or {})

    return answer


FAILURES: dict[str, tuple[Answer, str]] = {
    "network": (lambda route: route.abort(), "Wij weten niet of uw melding is aangekomen"),
    "clock": (refuse(401, "signature"), "De datum op uw apparaat klopt niet"),
    "busy": (refuse(503, "busy"), "Probeer het over een minuut opnieuw"),
    "slow down": (refuse(429, "slow_down", {"Retry-After": "17"}), "Wacht 17 seconden"),
    "too large": (refuse(413, "too_large"), "Maak de tekst korter"),
}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name == "network" else pytest.mark.slow) for name in FAILURES]
)
def test_failed_report_keeps_the_text_and_can_be_sent_again(page: Page, desk: LiveDesk, name: str) -> None:
    failure, sentence = FAILURES[name]
    open_form(page, desk.url())
    review(page)
    page.context.route("**/logs/**", failure)
    send(page)

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text(sentence)
    expect(page.locator(".answers")).to_contain_text(TEXT.splitlines()[0])
    page.context.unroute("**/logs/**")
    send(page)
    read_words(page)
    assert desk.report().record.answers["what"] == TEXT


def test_retry_after_a_lost_answer_makes_no_second_report(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.context.route("**/logs/**", lose_answer)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Wij weten niet")
    page.context.unroute("**/logs/**")
    send(page)
    read_words(page)

    assert len(desk.mailboxes()) == 1


def test_text_changed_after_a_lost_answer_is_said_not_to_be_sent(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)

    def lose_answer(route: Route) -> None:
        route.fetch()
        route.abort()

    page.context.route("**/logs/**", lose_answer)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Wij weten niet")
    page.context.unroute("**/logs/**")
    page.get_by_role("button", name="Terug").click()
    review(page, "een andere tekst")
    send(page)
    read_words(page)

    expect(page.get_by_role("heading", name="Uw eerste versie is verstuurd")).to_be_visible()
    expect(page.locator(".utrecht-alert--warning")).to_contain_text("een andere tekst")
    assert desk.report().record.answers["what"] == TEXT


def test_unreachable_desk_lets_one_type_and_check_again(page: Page, desk: LiveDesk) -> None:
    page.context.route("**/desks/**", lambda route: route.abort())
    page.goto(desk.url())
    expect(page.get_by_role("heading", name="Wij konden dit meldpunt nog niet controleren")).to_be_visible()
    review(page)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Daarom kunt u nog niets versturen")
    page.context.unroute("**/desks/**")
    page.get_by_role("button", name="Terug").click()
    page.get_by_role("button", name="Opnieuw controleren").click()

    expect(page.locator(".verified")).to_be_visible()
    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value(TEXT)


def test_false_desk_is_named_and_nothing_can_be_sent_to_it(page: Page, site: ReporterSite, desk: LiveDesk) -> None:
    bundle = other_bundle(site, desk)
    page.context.route("**/desks/**", lambda route: route.fulfill(content_type="application/json", body=bundle))
    page.goto(desk.url())
    expect(page.get_by_role("heading", name="Gebruik deze pagina niet")).to_be_visible()
    review(page)
    send(page)

    expect(page.get_by_text("Dit is geen meldpunt dat te vertrouwen is.")).to_be_visible()
    assert desk.mailboxes() == []
    page.get_by_role("button", name="Terug").click()
    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value(TEXT)


@pytest.mark.parametrize(
    "live, days, title",
    [
        (("anna",), {}, "Dit meldpunt kan nu geen meldingen aannemen"),
        (None, {"closes": -1}, "Dit meldpunt is gesloten"),
        (None, {"opens": 5}, "Dit meldpunt is nog niet open"),
    ],
)
def test_desk_that_takes_no_reports_says_where_to_go(
    page: Page, site: ReporterSite, live: tuple[str, ...] | None, days: dict[str, int], title: str
) -> None:
    changes = {name: site.day(count) for name, count in days.items()}
    desk = site.desk(live, **changes)
    page.goto(desk.url())

    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator(".utrecht-alert--warning").get_by_text("0800 123 45 67")).to_be_visible()
    expect(page.get_by_role("link", name="Bel 112")).to_be_visible()
    expect(page.get_by_label("Wat is er gebeurd?")).to_be_hidden()


def test_an_address_without_a_desk_offers_no_form(page: Page, desk: LiveDesk) -> None:
    page.context.route("**/desks/**", refuse(404, "unknown"))
    page.goto(desk.url())

    expect(page.get_by_role("heading", name="Op dit adres is geen meldpunt")).to_be_visible()
    expect(page.get_by_role("alert").get_by_role("link", name="www.huisvoorklokkenluiders.nl")).to_be_visible()
    expect(page.get_by_label("Wat is er gebeurd?")).to_be_hidden()
    expect(page.get_by_text("Wat u hebt getypt")).to_be_hidden()


def test_desk_that_turns_out_to_be_closed_leaves_the_typed_text(page: Page, site: ReporterSite) -> None:
    desk = site.desk(closes=site.day(-1))
    page.context.route("**/desks/**", lambda route: route.abort())
    page.goto(desk.url())
    page.get_by_label("Wat is er gebeurd?").fill(TEXT)
    expect(page.get_by_role("button", name="Opnieuw controleren")).to_be_visible()
    page.context.unroute("**/desks/**")
    page.get_by_role("button", name="Opnieuw controleren").click()
    expect(page.get_by_role("heading", name="Dit meldpunt is gesloten")).to_be_visible()
    review(page)
    send(page)

    expect(page.get_by_text("Dit meldpunt neemt nu geen meldingen aan.")).to_be_visible()
    page.get_by_role("button", name="Terug").click()
    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value(TEXT)


def test_reader_who_joined_after_the_page_was_shown_is_named_before_sending(page: Page, site: ReporterSite) -> None:
    desk = site.desk(("anna", "bram"))
    open_form(page, desk.url())
    review(page)
    desk.publish()
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("zijn net veranderd")
    assert "Carla," in page.locator(".people .who").all_inner_texts()
    send(page)
    read_words(page)

    assert desk.report().record.sealed_to == ("anna", "bram", "carla")


def test_failed_answer_stays_in_the_box_and_can_be_sent_again(page: Page, desk: LiveDesk) -> None:
    words = earlier_report(desk)
    open_mailbox(page, desk.url(page="mailbox"), words)
    box = page.get_by_label("Schrijf een bericht")
    box.fill("Nog iets dat ik weet.")
    page.context.route("**/logs/**", lambda route: route.abort())
    page.get_by_role("button", name="Versturen", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Wij weten niet of uw bericht is aangekomen")
    expect(box).to_have_value("Nog iets dat ik weet.")
    page.context.unroute("**/logs/**")
    page.get_by_role("button", name="Versturen", exact=True).click()

    expect(page.get_by_text("Uw bericht is verstuurd op").first).to_be_visible()
    assert desk.message().answers == {"text": "Nog iets dat ik weet."}


def test_wrong_word_is_named_before_any_slow_work(page: Page, desk: LiveDesk) -> None:
    asked: list[str] = []
    open_form(page, desk.url(page="mailbox"))
    page.on("request", lambda request: asked.append(request.url))
    for number in range(1, 9):
        page.get_by_label(f"Woord {number}", exact=True).fill("qqqzz" if number == 3 else "")
    page.get_by_role("button", name="Postbus openen").click()

    expect(page.get_by_role("alert")).to_contain_text("“qqqzz” (woord 3) staat niet in onze lijst.")
    expect(page.get_by_label("Woord 3", exact=True)).to_have_attribute("aria-invalid", "true")
    assert not any("/logs/" in url for url in asked)


def test_unknown_words_get_one_answer_that_names_all_causes(page: Page, desk: LiveDesk) -> None:
    words = earlier_report(desk)
    open_form(page, desk.url(page="mailbox"))
    for number, word in enumerate(reversed(words), start=1):
        page.get_by_label(f"Woord {number}", exact=True).fill(word)
    page.get_by_role("button", name="Postbus openen").click()

    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Bij deze woorden hoort geen postbus")
    expect(alert.get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_label("Woord 1", exact=True)).to_have_value(words[-1])


def test_leaving_is_questioned_while_a_text_or_the_words_would_be_lost(page: Page, desk: LiveDesk) -> None:
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append("asked")
        dialog.dismiss()  # type: ignore[attr-defined]  # a Dialog

    page.on("dialog", stay)
    open_form(page, desk.url())
    page.get_by_label("Wat is er gebeurd?").fill(TEXT)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_label("Wat is er gebeurd?")).to_have_value(TEXT)
    review(page)
    send(page)
    words = read_words(page)
    page.get_by_role("link", name="English").click()

    assert page.locator(".words li").all_inner_texts() == words
    assert asked == ["asked", "asked"]
