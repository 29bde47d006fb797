# SPDX-License-Identifier: EUPL-1.2
"""Ways through views that one meets rarely; `reporter_tour.py` has them in its list."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from playwright.sync_api import FilePayload, Page, Route, expect

from crypto.document import Recovery
from crypto.recipients import Identity
from support.earlier_report import earlier_report
from support.reporter_page import next_step, open_mailbox, put_files, review, review_all, send
from support.reporter_site import POLICY, LiveDesk, ReporterSite

MAILBOX_WARNS_MS = 13 * 60_000 + 2_000
MAILBOX_ENDS_MS = 2 * 60_000


def first_version_counts(page: Page, site: ReporterSite) -> Iterator[str]:
    """A desk that cannot be checked at first, files, an answer that gets lost, and words that are not kept."""
    desk = _other_rules(site)
    page.context.route("**/desks/**", lambda route: route.abort())
    page.goto(desk.url())
    review(page)
    yield "review before the desk was checked"
    page.context.unroute("**/desks/**")
    page.get_by_role("button", name="Opnieuw controleren").click()
    expect(page.locator(".people .who").first).to_be_visible()
    page.get_by_role("button", name="Terug").click()
    expect(page.locator(".verified")).to_be_visible()
    page.evaluate("document.querySelectorAll('.desk details').forEach((details) => { details.open = true; })")
    yield "desk with a recovery key"
    next_step(page)
    yield next_step(page) + ", where nobody can be left out"
    review_all(page)
    choose_files(page)
    yield "review with files"
    for button in reversed(page.get_by_role("button", name="Bestand uit de lijst halen").all()):
        button.click()
    page.context.route("**/logs/**", _lose_answer)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    page.context.unroute("**/logs/**")
    page.get_by_role("button", name="Wijzigen “Wat is er gebeurd?”").click()
    page.get_by_label("Wat is er gebeurd?").fill("een andere tekst")
    page.get_by_role("button", name="Nu controleren en versturen").click()
    send(page)
    expect(page.get_by_role("heading", name="Uw eerste versie is verstuurd")).to_be_visible()
    yield "words of the first version"
    page.get_by_role("button", name="Ik kan de woorden niet bewaren").click()
    page.get_by_role("button", name="Verder zonder de woorden").click()
    expect(page.locator(".proof")).to_be_visible()
    yield "proof of sending without words"


def mailbox_in_use(page: Page, site: ReporterSite) -> Iterator[str]:
    """All kinds of entries, a mistake in each form, files on their way, and a report that is withdrawn."""
    desk = site.desk()
    words = earlier_report(desk)
    today = site.today
    desk.reply("acknowledgement", "Ontvangen.", received=today.isoformat(), feedback_due=f"{today + timedelta(60)}")
    file = ("een brief van de commissie met een lange naam.pdf", bytes(range(256)))
    desk.reply("transcript", "U zag op 3 november dat de factuur was betaald.", files=[file])
    desk.reply("feedback", "Zo staat het ervoor.", assessment="Het klopt.", follow_up="Onderzoek.", stage="interim")
    desk.reply("message", "Vertrouw mij.", forged=True)
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.get_by_role("button", name="Reageren op dit verslag").click()
    page.get_by_label("Niet helemaal: ik verbeter het").check()
    page.evaluate("document.querySelectorAll('main details').forEach((details) => { details.open = true; })")
    page.get_by_role("button", name="Contactgegevens versturen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("button", name="Melding intrekken").click()
    expect(page.get_by_role("alert").filter(has_text="Vink aan")).to_be_visible()
    yield "mailbox with everything unfolded and mistakes"
    page.get_by_label("Ik wil mijn melding intrekken.").check()
    page.get_by_role("button", name="Melding intrekken").click()
    expect(page.get_by_role("heading", name="U hebt deze melding ingetrokken op")).to_be_visible()
    yield "report that is withdrawn"
    page.context.route("**/blobs/**", lambda route: route.abort())
    page.locator("#message").fill("Hierbij de bestanden.")
    choose_files(page)
    page.get_by_role("button", name="Versturen", exact=True).click()
    expect(page.get_by_role("button", name="Nu opnieuw proberen")).to_be_visible()
    page.get_by_role("button", name="Postbus sluiten").click()
    expect(page.get_by_role("heading", name="Uw bestanden zijn nog onderweg")).to_be_visible()
    yield "closing while files are on their way"
    page.get_by_role("button", name="Sluiten zonder deze bestanden").click()
    page.context.unroute("**/blobs/**")


def mailbox_deleted(page: Page, site: ReporterSite) -> Iterator[str]:
    """A mailbox that is deleted: without the tick, without an answer, and done."""
    desk = site.desk()
    words = earlier_report(desk)
    desk.reply("message", "Wij zoeken het uit.")
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.locator("summary", has_text="Uw postbus verwijderen").click()
    button = page.get_by_role("button", name="Postbus verwijderen")
    button.click()
    expect(page.get_by_role("alert").filter(has_text="Vink aan")).to_be_visible()
    yield "deleting the mailbox, not confirmed"
    page.get_by_label("Ik wil mijn postbus verwijderen.").check()
    page.context.route("**/logs/**", lambda route: route.abort())
    button.click()
    expect(page.get_by_role("heading", name="Het is niet zeker dat de postbus is verwijderd")).to_be_visible()
    yield "deleting the mailbox, without an answer"
    page.context.unroute("**/logs/**")
    button.click()
    expect(page.get_by_role("heading", name="Uw postbus is verwijderd")).to_be_focused()
    yield "mailbox that is deleted"


def mailbox_left_alone(page: Page, site: ReporterSite) -> Iterator[str]:
    """The mailbox that asks whether one is still there, and then closes itself."""
    desk = site.desk()
    words = earlier_report(desk)
    page.clock.install()
    open_mailbox(page, desk.url(page="mailbox"), words)
    page.locator("#message").fill("Het was op een dinsdag, want")
    page.clock.fast_forward(MAILBOX_WARNS_MS)
    expect(page.get_by_role("alertdialog")).to_be_visible()
    yield "mailbox that is about to close"
    page.clock.fast_forward(MAILBOX_ENDS_MS)
    expect(page.get_by_role("heading", name="De postbus is vanzelf gesloten")).to_be_visible()
    yield "mailbox that closed itself"


def _other_rules(site: ReporterSite) -> LiveDesk:
    """A desk that lets nobody be left out, confirms receipt at once, and has a recovery key."""
    recovery = Recovery(Identity.generate().recipient(), {"nl": "de griffier en de notaris"}, 2, 3)
    return site.desk(policy=replace(POLICY, exclusion=False, receipt_is_ack=True, recovery=recovery))


def choose_files(page: Page) -> None:
    """Choose one with hidden data, one without, and one of which that cannot be told."""
    files: list[FilePayload] = [
        {"name": "met-gegevens.png", "mimeType": "image/png", "buffer": picture(b"Author\0iemand")},
        {"name": "zonder-gegevens.png", "mimeType": "image/png", "buffer": picture()},
        {"name": "brief.txt", "mimeType": "text/plain", "buffer": b"een regel"},
    ]
    put_files(page, files)
    expect(page.locator(".files .file-list > li")).to_have_count(len(files))


def picture(remark: bytes = b"") -> bytes:
    """One black pixel, with a remark in a `tEXt` chunk if there is one."""
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"\0\0")),
        (b"IEND", b""),
    ]
    if remark:
        chunks.insert(1, (b"tEXt", remark))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )


def _lose_answer(route: Route) -> None:
    route.fetch()
    route.abort()
