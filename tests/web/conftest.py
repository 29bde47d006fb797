# SPDX-License-Identifier: EUPL-1.2
"""A real intake for all browser tests, a fresh window for each, and a record of what the page complained about."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from support.browser import PATIENCE_MS
from support.reporter_site import LiveDesk, ReporterSite, reporter_site

PHONE = {"width": 320, "height": 640}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReporterSite]:
    with reporter_site(tmp_path_factory.mktemp("intake")) as running:
        yield running


@pytest.fixture
def desk(site: ReporterSite) -> LiveDesk:
    return site.desk()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    """As private as a new window; small, as a telephone."""
    context = browser.new_context(viewport=PHONE, locale="nl-NL")  # type: ignore[arg-type]  # a ViewportSize
    context.set_default_timeout(PATIENCE_MS)
    yield context
    context.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A page that must not log an error: a blocked script or style shows there."""
    complaints: list[str] = []
    opened = window.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    yield opened
    assert complaints == []
