# SPDX-License-Identifier: EUPL-1.2
"""The machine's own Chromium, driven by Playwright."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, sync_playwright

from doctor import CHROMIUM

# No update, sync or other traffic of the browser's own: a test's request log shows the page's requests alone.
CHROMIUM_ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class BrowserMissingError(RuntimeError):
    """No Chromium on this machine; the message says how to get it."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium without extensions or profile; raises BrowserMissingError where there is none."""
    program = CHROMIUM.find()
    if program is None:
        raise BrowserMissingError(CHROMIUM.skip_reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
        try:
            yield browser
        finally:
            browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session; each test makes its own context, as private as a new window."""
    if CHROMIUM.find() is None:
        pytest.skip(CHROMIUM.skip_reason)
    with chromium() as running_browser:
        yield running_browser
