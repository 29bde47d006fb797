# SPDX-License-Identifier: EUPL-1.2
"""The main job from end to end, told once: the walkthrough shows it, the end-to-end tests judge by it.

A reporter tells something on a telephone and keeps eight words; two members fetch it, weigh it by the protocol,
acknowledge and ask; the reporter comes back and answers with a photo; both members read the answer; at last the
reporter deletes the mailbox, and the members see that.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, FilePayload, Page, expect

from demo.stage import Stage
from support import member_page as member
from support import reporter_page as reporter
from support.files_with_traces import photo

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 900}

TOLD = {
    "what": "De wethouder gunde het groenonderhoud aan het bedrijf van zijn zwager.\nIk zag de offertes zelf.",
    "when": "Begin november 2026",
    "where": "Team Inkoop",
    "who": "De wethouder en het hoofd Inkoop",
}
QUESTION = "Weet u nog op welke dag de offertes zijn geopend?"
ANSWER = "Op 3 november, in de middag. Het hoofd Inkoop was erbij. Op de foto staat de lijst."
PHOTO = "lijst-met-offertes.jpg"
A01 = {"melder_groep": "medewerker", "anoniem": "yes", "wbk_melder": "onbekend"}
A02 = {"behandelaars": ["voorzitter", "secretaris"], "uitsluitingen": "Niemand: geen van ons kent de betrokkenen."}
A03 = {
    "concreetheid": "voldoende",
    "concreetheid_reden": "Zegt wat, wanneer, waar en wie.",
    "betrouwbaarheid": "voldoende",
    "betrouwbaarheid_reden": "De melder zag de stukken zelf.",
    "onderzoekwaardigheid": "voldoende",
    "onderzoekwaardigheid_reden": "De stukken bestaan en zijn te controleren.",
    "kwalificatie": "integriteitsschending",
    "soort": "belangen",
    "kwalificatie_reden": "Schijn van belangenverstrengeling bij een gunning.",
    "ernst": "ernstig",
    "ernst_reden": "Ernstig als het waar is: het gaat om gemeenschapsgeld.",
    "spoed": "binnenkort",
    "spoed_reden": "Matig: het contract loopt al.",
    "benadelingsrisico": "middel",
    "benadelingsrisico_reden": "Weinig mensen zagen de offertes.",
    "bescherming": "Wij noemen in geen enkel stuk wie de offertes zag.",
    "minderjarigen": "no",
    "strafbaar_feit": "no",
    "gegevens_later": "no",
    "betrokkene_groep": "ambtenaar",
    "option": "nadere_vragen",
}

Tell = Callable[[str, Page], None]


def in_silence(_title: str, _page: Page) -> None:
    """Show nothing: for tests that only judge."""


@dataclass
class Story:
    """The persons' windows, and what is told of each scene to who watches."""

    stage: Stage
    browser: Browser
    tell: Tell = in_silence
    told: dict[str, str] = field(default_factory=lambda: dict(TOLD))
    question: str = QUESTION
    answer: str = ANSWER
    words: list[str] = field(default_factory=list)
    chair: Page = field(init=False)
    secretary: Page = field(init=False)

    def run(self) -> None:
        """All of it, in order."""
        self.report()
        self.open_tools()
        self.acknowledge_and_ask()
        self.take_first_steps()
        self.read_and_answer()
        self.see_the_answer()
        self.end()

    def report(self) -> None:
        """The reporter tells, checks, sends, and keeps the words."""
        page = self._window(PHONE)
        reporter.open_form(page, self._address(""))
        self.tell("reporter-opens-the-form", page)
        page.locator("#what").fill(self.told["what"])
        self.tell("reporter-has-told-what-happened", page)
        reporter.next_step(page)
        page.locator("#about-position").check()
        for name in ("when", "where"):
            page.locator(f"#{name}").fill(self.told[name])
        self.tell("reporter-has-told-more", page)
        reporter.next_step(page)
        page.locator("#who").fill(self.told["who"])
        self.tell("reporter-sees-who-can-be-left-out", page)
        reporter.next_step(page)
        self.tell("reporter-stays-anonymous", page)
        reporter.review_all(page)
        self.tell("reporter-checks", page)
        reporter.send(page)
        self.words = reporter.read_words(page)
        self.tell("reporter-gets-eight-words", page)
        reporter.confirm(page, self.words)
        self.tell("reporter-has-the-proof-of-sending", page)
        page.context.close()

    def open_tools(self) -> None:
        """Both members start their tools; the first to fetch opens the case, the other finds the grant."""
        first, second = self.stage.people[:2]
        self.chair, self.secretary = self._window(LAPTOP), self._window(LAPTOP)
        for page, person in ((self.chair, first), (self.secretary, second)):
            member.enter(page, *self.stage.serve_tool(person))
            member.fetch_and_send(page)
        self.tell("secretary-has-fetched", self.secretary)
        member.open_case(self.secretary)
        expect(self.secretary.locator("#report")).to_contain_text(self.told["what"].splitlines()[0])
        self.tell("secretary-reads-the-report", self.secretary)

    def acknowledge_and_ask(self) -> None:
        """The secretary acknowledges and asks; the messages reach the mailbox at once."""
        page = self.secretary
        member.write(page, "acknowledgement", {})
        self.tell("secretary-has-acknowledged", page)
        member.write(page, "question", {"text": self.question})
        member.complete(page, "A01", A01)
        member.declare_no_interest(page)
        self.tell("secretary-has-registered-and-declared", page)

    def take_first_steps(self) -> None:
        """The chair sees what the secretary did, checks interests, and weighs the report."""
        page = self.chair
        member.fetch_and_send(page)
        self.tell("chair-has-fetched", page)
        member.open_case(page)
        member.declare_no_interest(page)
        member.complete(page, "A02", A02)
        member.go(page, "steps/A03")
        member.fill(page, A03)
        self.tell("chair-weighs", page)
        page.locator("main form button").last.click()
        expect(page.locator("#report")).to_be_visible()
        self.tell("chair-has-weighed", page)

    def read_and_answer(self) -> None:
        """The reporter comes back with the eight words, reads, and answers."""
        page = self._window(PHONE)
        reporter.open_form(page, self._address("mailbox"))
        self.tell("reporter-comes-back", page)
        reporter.type_words(page, self.words)
        self.tell("reporter-reads", page)
        expect(page.locator(".thread")).to_contain_text(self.question)
        page.locator("#message").fill(self.answer)
        reporter.put_files(page, [FilePayload(name=PHOTO, mimeType="image/jpeg", buffer=photo())])
        self.tell("reporter-adds-a-photo", page)
        page.get_by_role("button", name="Versturen").click()
        expect(page.locator(".thread .entry-own")).to_have_count(2)
        expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen")
        self.tell("reporter-has-answered", page)
        page.context.close()

    def see_the_answer(self) -> None:
        """Both members fetch, and read the answer."""
        for page in (self.chair, self.secretary):
            member.fetch_and_send(page)
            member.open_case(page)
            expect(page.locator("#messages")).to_contain_text(self.answer)
            expect(page.locator("#files")).to_contain_text(PHOTO)
        self.tell("secretary-reads-the-answer", self.secretary)

    def end(self) -> None:
        """The reporter deletes the mailbox; the case stays with the committee, and says so."""
        page = self._window(PHONE)
        reporter.open_mailbox(page, self._address("mailbox"), self.words)
        reporter.delete_mailbox(page)
        self.tell("reporter-has-deleted-the-mailbox", page)
        page.context.close()
        member.fetch_and_send(self.secretary)
        member.open_case(self.secretary)
        expect(self.secretary.get_by_text("De melder heeft de postbus op").first).to_be_visible()
        expect(self.secretary.locator("#messages")).to_contain_text(self.question)
        self.tell("secretary-sees-that-the-mailbox-is-gone", self.secretary)

    def _window(self, size: dict[str, int]) -> Page:
        """A window of its own, with nothing from earlier."""
        context = self.browser.new_context(viewport=size, locale="nl-NL")  # type: ignore[arg-type]  # a ViewportSize
        context.set_default_timeout(20_000)
        return context.new_page()

    def _address(self, place: str) -> str:
        return f"{self.stage.origin}/{self.stage.desk}/nl/{place}"
