# SPDX-License-Identifier: EUPL-1.2
"""The pages for browsers that run no script, in one that does, because what is measured there is measured by a script.

The pages' own scripts are kept away, so that they are what such a browser shows.
"""

from collections.abc import Iterator

from playwright.sync_api import FilePayload, Page, expect

from support.letters import a_letter
from support.reporter_site import LiveDesk, ReporterSite

_SCRIPTS = "**/static/*.js"


def letters(page: Page, site: ReporterSite) -> Iterator[str]:
    """The form for locked files, in both languages: the answer, and refusals."""
    desk = site.desk()
    page.context.route(_SCRIPTS, lambda route: route.abort())
    for language in ("nl", "en"):
        page.goto(desk.url(language, "without_script"))
        yield f"form for locked files ({language})"
        _send(page, desk, language, a_letter())
        expect(page.locator("pre.template")).to_be_visible()
        yield f"locked file that was kept ({language})"
    _send(page, desk, "nl", b"geen slot erop")
    expect(page.locator(".utrecht-alert")).to_be_visible()
    yield "file that is not locked"
    _send(page, desk, "en", a_letter(2))
    expect(page.locator(".utrecht-alert")).to_be_visible()
    yield "file for others"
    page.context.unroute(_SCRIPTS)


def _send(page: Page, desk: LiveDesk, language: str, data: bytes) -> None:
    page.goto(desk.url(language, "without_script"))
    file: FilePayload = {"name": "report.age", "mimeType": "application/octet-stream", "buffer": data}
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button").click()
