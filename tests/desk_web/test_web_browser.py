# SPDX-License-Identifier: EUPL-1.2
"""The members' pages in a real Chromium: by keyboard alone, for assistive technology, small, and without scripts."""

from playwright.sync_api import Browser, Dialog, Page, expect

from casework.views.drafts import MessageDraft
from support.axe import COLOURS, violations
from support.casebook import PROTOCOL, filled_in
from support.desk_pages import Window

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">\u202e" + "W" * 400


def a_case(window: Window, text: str = "Ik zag een vreemde factuur.") -> str:
    window.world.report(text)
    window.desk.sync()
    return window.desk.cases()[0].id


def at_triage(window: Window) -> str:
    """A case with messages and records, so that its page has everything."""
    case = a_case(window)
    window.desk.acknowledge(case)
    window.desk.write_message(case, MessageDraft("question", "Op welke dag was dat?"))
    window.desk.complete_step(case, "A01", {"melder_groep": "inwoner", "anoniem": True, "wbk_melder": "nee"})
    window.desk.declare(case, conflict=False)
    window.desk.complete_step(case, "A02", {"behandelaars": ("anna",), "uitsluitingen": "Niemand."})
    return case


def barriers(page: Page) -> list[str]:
    """What axe finds, in light and then in dark."""
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    dark = violations(page, COLOURS)
    page.emulate_media(color_scheme="light")
    return light + dark


def tab_to(page: Page, text: str) -> None:
    """Press Tab until the control with this text or label has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(() => { const e = document.activeElement;"
            " return (e.labels?.[0]?.innerText ?? e.innerText ?? '').trim(); })()"
        )
        if name.startswith(text):
            return
    raise AssertionError(f"no way by keyboard to {text!r}")


def test_no_page_has_a_barrier_that_axe_finds(window: Window) -> None:
    case = at_triage(window)
    found = {}
    for path in (
        "/", "/today", "/status", "/nothing", f"/cases/{case}", f"/cases/{case}/steps/A03", f"/cases/{case}/steps/A01",
        f"/cases/{case}/write/question", f"/cases/{case}/write/feedback", f"/cases/{case}/declare",
        f"/cases/{case}/register", f"/cases/{case}/note", f"/cases/{case}/reopen-step?step=A01",
    ):  # fmt: skip
        found[path] = barriers(window.open(path))
    window.open(f"/cases/{case}/steps/A03").click("main form .buttons button")
    found["mistakes"] = barriers(window.page)
    window.open(f"/cases/{case}/write/question").fill("textarea", "Waar was dat?")
    window.page.click("button[value=review]")
    found["review"] = barriers(window.page)
    window.open("/").click("main form button")
    found["sync"] = barriers(window.page)
    window.page.click("#lock-form button")
    found["code"] = barriers(window.page)
    assert {path: list_ for path, list_ in found.items() if list_} == {}


def test_a_step_is_completed_by_keyboard_alone(window: Window) -> None:
    case = a_case(window)
    window.desk.acknowledge(case)
    page = window.open("/")
    tab_to(page, "Zaak 2026-")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/*")
    tab_to(page, "Ga verder met deze stap")
    page.keyboard.press("Enter")
    page.wait_for_url("**/steps/A01")
    tab_to(page, "Medewerker")
    page.keyboard.press("Space")
    tab_to(page, "Ja")
    page.keyboard.press("Space")
    tab_to(page, "Ja")
    page.keyboard.press("Space")
    tab_to(page, "Leg deze stap vast")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Stap A01 is vastgelegd.")
    assert window.desk.case(case).assessment.step("A01").state.value == "done"


def test_mistakes_take_the_focus_and_lead_to_their_fields(window: Window) -> None:
    page = window.open(f"/cases/{at_triage(window)}/steps/A03")
    page.click("main form .buttons button")
    expect(page.locator("#mistakes")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-option")).to_be_focused()


def test_a_hostile_report_runs_nothing_and_fits_the_page(window: Window) -> None:
    case = a_case(window, HOSTILE)
    page = window.open(f"/cases/{case}")
    assert page.title().startswith("2026-")
    assert page.locator("main img").count() == 0
    expect(page.locator(".hidden-sign").first).to_have_text("U+202E")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_page_fits_320_pixels(window: Window) -> None:
    case = at_triage(window)
    window.page.set_viewport_size({"width": 320, "height": 640})
    for path in (
        "/",
        "/today",
        "/status",
        f"/cases/{case}",
        f"/cases/{case}/steps/A03",
        f"/cases/{case}/write/feedback",
    ):
        page = window.open(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


def test_locking_with_a_half_typed_text_gives_it_back_after_the_next_code(window: Window) -> None:
    case = a_case(window)
    page = window.open(f"/cases/{case}/note")
    page.fill("textarea", "Een halve gedachte")
    page.click("#lock-form button")
    expect(page.get_by_role("status")).to_contain_text("bewaard")


def test_the_lock_is_announced_and_keeps_what_is_typed(window: Window) -> None:
    case = a_case(window)
    window.page.clock.install()
    page = window.open(f"/cases/{case}/note")
    page.locator("textarea").press_sequentially("Een halve gedachte")
    page.clock.fast_forward("13:30")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    expect(page.get_by_role("button", name="Verder werken")).to_be_focused()
    page.clock.fast_forward("01:30")
    expect(page.get_by_role("status")).to_contain_text("bewaard")


def test_going_on_puts_the_lock_off(window: Window) -> None:
    case = a_case(window)
    window.page.clock.install()
    page = window.open(f"/cases/{case}/note")
    page.locator("textarea").press_sequentially("Een halve gedachte")
    page.clock.fast_forward("13:30")
    page.get_by_role("button", name="Verder werken").press("Enter")
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    page.clock.fast_forward("12:00")
    expect(page.locator("textarea")).to_have_value("Een halve gedachte")


def test_leaving_typed_text_asks_first(window: Window) -> None:
    asked: list[str] = []
    page = window.open(f"/cases/{a_case(window)}/note")

    def refuse(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", refuse)
    page.locator("textarea").press_sequentially("Een halve gedachte")
    page.get_by_role("link", name="Terug zonder vastleggen").click()
    expect(page.locator("textarea")).to_have_value("Een halve gedachte")
    assert asked == ["beforeunload"]


def test_questions_of_another_outcome_step_aside(window: Window) -> None:
    case = at_triage(window)
    triage = filled_in(PROTOCOL.steps["A03"].record, "nadere_vragen")
    window.desk.complete_step(case, "A03", triage, "nadere_vragen")
    page = window.open(f"/cases/{case}/steps/A04")
    page.check("input[value=geen_reactie]")
    expect(page.locator("#f-antwoord")).to_be_hidden()
    page.check("input[value=beantwoord]")
    expect(page.locator("#f-antwoord")).to_be_visible()


def test_without_scripts_a_member_can_do_the_same(window: Window, browser: Browser) -> None:
    case = a_case(window)
    context = browser.new_context(java_script_enabled=False, storage_state=window.page.context.storage_state())
    page = context.new_page()
    page.goto(f"{window.address}/cases/{case}/write/acknowledgement")
    page.click("button[value=review]")
    page.click("button[value=send]")
    expect(page.get_by_text("Bericht verstuurd.")).to_be_visible()
    page.goto(window.address)
    page.click("main form button")
    expect(page.get_by_text("Alles is bijgewerkt")).to_be_visible()
    context.close()
    assert window.desk.case(case).assessment.reports[0].acknowledgement.stopped
