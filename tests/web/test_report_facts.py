# SPDX-License-Identifier: EUPL-1.2
"""What every reporter may count on, as far as the form shows it; R01 to R16 are the project's acceptance facts."""

import re
from collections.abc import Iterable
from io import BytesIO
from itertools import pairwise
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from crypto.errors import NoMatchError
from support.earlier_report import earlier_report
from support.markers import spellings
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

AUTHORITIES = ("ACM", "AFM", "ANVS", "AP", "DNB", "IGJ", "NVWA", "NZa", "Huis voor Klokkenluiders")
PERSONAL = ("email", "tel", "password", "url", "file")
QUESTIONS = """() => [...document.querySelectorAll("label, legend")]
    .filter((label) => !label.closest(".choice") && !label.closest("[data-if]"))
    .map((label) => label.textContent.trim().replace(/\\s+/g, " "))"""


def test_r01_nothing_but_what_happened_needs_an_answer(page: Page, desk: LiveDesk) -> None:
    report(page, desk.url())

    assert desk.report().record.answers == {"what": TEXT}


def test_r02_nothing_personal_is_demanded_before_sending(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())

    assert [field.get_attribute("id") for field in page.locator("[required]").all()] == ["what"]
    assert [kind for kind in PERSONAL if page.locator(f"input[type={kind}]").count()] == []
    assert page.context.cookies() == []


def listen(site: ReporterSite, monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Everything that arrives at the intake from now on: addresses, headers and bodies."""
    heard: list[bytes] = []
    answer = site.app.wsgi_app

    def hear(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        heard.append(repr(sorted(environ.items(), key=str)).encode() + body)
        return answer(environ | {"wsgi.input": BytesIO(body)}, start_response)

    monkeypatch.setattr(site.app, "wsgi_app", hear)
    return heard


def test_r04_nothing_readable_of_an_answer_leaves_the_browser(
    page: Page, site: ReporterSite, desk: LiveDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard = listen(site, monkeypatch)
    answers = {"what": "ZEEGROENE OLIFANT", "where": "PAARSE GIRAFFE", "who": "GERUITE ZEBRA", "name": "VIOLETTE LYNX"}
    open_form(page, desk.url())
    page.locator("#what").fill(answers["what"])
    next_step(page)
    page.locator("#where").fill(answers["where"])
    next_step(page)
    page.locator("#who").fill(answers["who"])
    next_step(page)
    page.get_by_label("Nee, wie mijn melding leest").check()
    page.locator("#name").fill(answers["name"])
    review_all(page)
    send(page)
    words = read_words(page)

    everything = b"\n".join(heard)
    assert desk.report().record.answers == answers | {"anonymity": "known"}
    assert desk.first_frame() in everything
    markers = (*answers.values(), " ".join(words))
    assert [marker for marker in markers if any(one in everything for one in spellings(marker))] == []


def test_r05_excluded_reader_cannot_open_the_report_and_its_size_tells_nothing(page: Page, site: ReporterSite) -> None:
    usual, excluding = site.desk(), site.desk()
    report(page, usual.url())
    open_form(page, excluding.url())
    page.locator("#what").fill(TEXT)
    next_step(page)
    next_step(page)
    page.get_by_label("Bram, lid").check()
    review_all(page)
    expect(page.locator(".people")).not_to_contain_text("Bram")
    send(page)
    read_words(page)

    assert excluding.report("carla").record.excluded == ("bram",)
    with pytest.raises(NoMatchError):
        excluding.report("bram")
    assert len(excluding.first_frame()) == len(usual.first_frame())


def test_r06_words_are_shown_once_and_stay_nowhere_in_the_page(page: Page, desk: LiveDesk) -> None:
    words = report(page, desk.url())

    shown = page.locator("body").inner_text().split()
    assert [pair for pair in pairwise(words) if " ".join(pair) in " ".join(shown)] == []
    page.go_back()
    page.go_forward()
    assert page.locator(".words").count() == 0


def test_r06_words_stay_in_sight_when_back_is_pressed_before_they_are_kept(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    review(page)
    send(page)
    words = read_words(page)
    page.go_back()

    expect(page.locator(".words li")).to_have_text(words)
    confirm(page, words)


def test_r11_whole_story_asks_nothing_of_another_origin(window: BrowserContext, page: Page, desk: LiveDesk) -> None:
    asked: list[str] = []
    window.on("request", lambda request: asked.append(request.url))
    report(page, desk.url())

    assert len(asked) > 3
    assert [url for url in asked if not url.startswith(f"{desk.site.origin}/")] == []


def test_r12_external_authorities_are_one_click_away_from_every_step(page: Page, desk: LiveDesk) -> None:
    open_form(page, desk.url())
    page.locator("#what").fill(TEXT)
    seen = []
    for go_on in (next_step, next_step, next_step, review_all):
        page.get_by_text("Melden bij een andere instantie").click()
        help_text = page.locator("#help").inner_text()
        seen.append([name for name in AUTHORITIES if name in help_text])
        assert "U mag ook rechtstreeks melden" in help_text
        expect(page.get_by_role("link", name="Bel 112")).to_be_visible()
        page.get_by_text("Melden bij een andere instantie").click()
        go_on(page)

    assert seen == [list(AUTHORITIES)] * 4
    expect(page.get_by_text("Melden bij een andere instantie")).to_be_visible()


@pytest.mark.parametrize("language, words", [("nl", "(niet verplicht)"), ("en", "(not required)")])
def test_r13_every_question_but_one_says_that_it_is_not_required(
    page: Page, desk: LiveDesk, language: str, words: str
) -> None:
    open_form(page, desk.url(language))

    without = [question for question in page.evaluate(QUESTIONS) if words not in question]
    assert without == ["Wat is er gebeurd?" if language == "nl" else "What happened?"]


def test_r14_error_is_summarised_on_top_and_told_at_the_field(page: Page, desk: LiveDesk) -> None:
    """Nothing here runs out of time: the form has no time limit, and says so."""
    open_form(page, desk.url())
    page.get_by_role("button", name="Volgende").click()

    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf wat er is gebeurd")
    field = page.get_by_label("Wat is er gebeurd?")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("^Fout: Schrijf wat er is gebeurd"))
    expect(page.get_by_text("U hebt zo veel tijd als u wilt.")).to_be_visible()


def test_r15_closed_desk_names_other_ways_and_its_mailboxes_still_open(page: Page, site: ReporterSite) -> None:
    desk = site.desk()
    words = earlier_report(desk)
    desk.revise(closes=site.day(-1))
    page.goto(desk.url())

    expect(page.get_by_role("heading", name="Dit meldpunt is gesloten")).to_be_visible()
    expect(page.locator(".utrecht-alert--warning").get_by_text("0800 123 45 67")).to_be_visible()
    expect(page.locator("#what")).to_be_hidden()
    expect(page.get_by_role("button", name="Volgende")).to_be_hidden()
    open_mailbox(page, desk.url(page="mailbox"), words)
