# SPDX-License-Identifier: EUPL-1.2
"""Ways through all views of the reporter's side: each yields the name of a view while the page shows it.

Who adds a view adds one `yield` here, and every rule that holds for all views holds for that one too.
"""

from collections.abc import Callable, Iterator

from playwright.sync_api import Page, expect

from support.files_tour import files_on_their_way
from support.letter_tour import letters
from support.reporter_detours import first_version_counts, mailbox_deleted, mailbox_in_use, mailbox_left_alone
from support.reporter_page import next_step, open_form, open_mailbox, read_words, review_all, send
from support.reporter_site import ReporterSite, other_bundle

LONG = "x" * 200


def whole_story(page: Page, site: ReporterSite) -> Iterator[str]:
    """From the first question to the closed mailbox, with a mistake wherever one can be made."""
    desk = site.desk()
    open_form(page, desk.url())
    page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")
    yield "form with everything unfolded"
    page.get_by_role("button", name="Volgende").click()
    yield "form with an error"
    yield from _steps(page)
    yield from _sending(page)
    words = read_words(page)
    yield "words"
    page.get_by_role("button", name="Ik kan de woorden niet bewaren").click()
    yield "going on without words"
    page.get_by_role("button", name="Woorden weer laten zien").click()
    yield from _confirming(page, words)
    open_form(page, desk.url(page="mailbox"))
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "mailbox entry with errors"
    desk.reply("question", "Wie tekende de factuur? " + LONG)
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_role("textbox").fill("half")
    page.get_by_role("button", name="Postbus sluiten").click()
    yield "mailbox with a text that was not sent"
    page.get_by_role("button", name="Sluiten zonder te versturen").click()
    yield "closed mailbox"


def _steps(page: Page) -> Iterator[str]:
    """From the first step to the review, over every part that appears on the way."""
    page.get_by_label("Wat is er gebeurd?").fill("Anna zei een heel lang woord: " + LONG)
    yield next_step(page)
    yield next_step(page)
    page.get_by_role("button", name="Anna (lid) mag dit niet lezen").click()
    page.get_by_label("Bram, lid").check()
    yield "one reader is left"
    page.get_by_label("Carla, lid").check()
    page.get_by_role("button", name="Volgende").click()
    yield "nobody is left"
    page.get_by_label("Anna, lid").uncheck()
    next_step(page)
    page.get_by_label("Nee, wie mijn melding leest").check()
    yield "last step with contact details"
    review_all(page)
    page.get_by_text("Vragen die u openliet").click()
    yield "review"


def _sending(page: Page) -> Iterator[str]:
    page.context.route("**/logs/**", lambda route: route.abort())
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    yield "review with a failure"
    page.context.unroute("**/logs/**")
    send(page)


def _confirming(page: Page, words: list[str]) -> Iterator[str]:
    page.get_by_role("button", name="Ik heb ze opgeschreven").click()
    page.get_by_role("combobox").first.press_sequentially("aa")
    expect(page.get_by_role("listbox").first).to_be_visible()
    yield "typing help"
    page.get_by_role("combobox").first.press("Escape")
    page.get_by_role("button", name="Controleren en klaar").click()
    yield "confirming with an error"
    for field in page.get_by_role("combobox").all():
        field.fill(words[int((field.get_attribute("id") or "").removeprefix("word-")) - 1])
    page.get_by_role("button", name="Controleren en klaar").click()
    expect(page.locator(".proof")).to_be_visible()
    with page.expect_download():
        page.get_by_role("button", name="Bewijs bewaren").click()
    yield "proof of sending, which was saved"


def refusals(page: Page, site: ReporterSite) -> Iterator[str]:
    """A desk that takes nothing, one that is false or not there, one that cannot be reached, and unknown words."""
    page.goto(site.desk(("anna",)).url("en"))
    expect(page.locator(".utrecht-alert--warning")).to_be_visible()
    yield "desk that takes no reports"
    page.goto(f"{site.origin}/{'a' * 26}/nl/")
    expect(page.locator(".utrecht-alert--error")).to_be_visible()
    yield "desk that is not there"
    desk = site.desk()
    bundle = other_bundle(site, desk)
    page.context.route("**/desks/**", lambda route: route.fulfill(content_type="application/json", body=bundle))
    page.goto(desk.url())
    expect(page.locator(".utrecht-alert--error")).to_be_visible()
    yield "desk that is false"
    page.context.unroute("**/desks/**")
    page.context.route("**/desks/**", lambda route: route.abort())
    page.goto(desk.url())
    expect(page.locator(".utrecht-alert--warning")).to_be_visible()
    yield "desk that cannot be reached"
    page.context.unroute("**/desks/**")
    open_form(page, desk.url(page="mailbox"))
    for field in page.get_by_role("combobox").all():
        field.fill("aanbod")
    page.get_by_role("button", name="Postbus openen").click()
    expect(page.get_by_role("alert").get_by_role("listitem")).to_have_count(4)
    yield "mailbox that is not there"


def pages_to_read(page: Page, site: ReporterSite) -> Iterator[str]:
    """What has no field, in both languages."""
    desk = site.desk()
    for language in ("nl", "en"):
        for name in ("promises", "privacy", "accessibility", "without_script"):
            page.goto(desk.url(language, name))
            yield f"{name} ({language})"
    page.goto(f"{site.origin}/")
    yield "front door"
    page.goto(f"{site.origin}/nowhere/at/all")
    yield "wrong address"


Tour = Callable[[Page, ReporterSite], Iterator[str]]
TOURS: tuple[Tour, ...] = (
    whole_story,
    first_version_counts,
    mailbox_in_use,
    mailbox_deleted,
    mailbox_left_alone,
    files_on_their_way,
    refusals,
    pages_to_read,
    letters,
)
