# SPDX-License-Identifier: EUPL-1.2
"""The machine's own browsers, driven by Playwright: Chromium, and Firefox ESR with what Tor Browser sets."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright

from doctor import CHROMIUM, FIREFOX

# No update, sync or other traffic of the browser's own: a test's request log shows the page's requests alone.
CHROMIUM_ARGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

PATIENCE_MS = 30_000
# Key derivation is slow on a busy machine; an expectation ends as soon as it is met.
expect.set_options(timeout=PATIENCE_MS)

# Stock Firefox is driven over BiDi.
FIREFOX_CHANNEL = "moz-firefox"
Prefs = dict[str, bool | float | str]
STANDARD: Prefs = {"privacy.resistFingerprinting": True, "dom.securecontext.allowlist_onions": True}
"""Tor Browser's level of this name; the next two add to it."""
SAFER: Prefs = STANDARD | dict.fromkeys(
    (
        "javascript.options.ion",
        "javascript.options.baselinejit",
        "javascript.options.native_regexp",
        "javascript.options.wasm",
        "javascript.options.asmjs",
    ),
    False,
)
SAFEST: Prefs = SAFER | {"javascript.enabled": False}


class BrowserMissingError(RuntimeError):
    """No Chromium on this machine; the message says how to get it."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium without extensions or profile; raises BrowserMissingError where there is none."""
    program = CHROMIUM.find()
    if program is None:
        raise BrowserMissingError(CHROMIUM.skip_reason)
    with sync_playwright() as playwright, _chromium(playwright, program) as running_browser:
        yield running_browser


@contextmanager
def _chromium(playwright: Playwright, program: Path) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=list(CHROMIUM_ARGS))
    try:
        yield browser
    finally:
        browser.close()


@contextmanager
def firefox(playwright: Playwright, prefs: Prefs) -> Iterator[Browser]:
    """A headless Firefox with a throw-away profile that has these preferences."""
    browser = playwright.firefox.launch(
        executable_path=FIREFOX.find(), channel=FIREFOX_CHANNEL, firefox_user_prefs=prefs
    )
    try:
        yield browser
    finally:
        browser.close()


def chromium_profile(playwright: Playwright, profile: Path) -> BrowserContext:
    """A Chromium that keeps what people's browsers keep, in the folder ``profile``."""
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=CHROMIUM.find(), args=list(CHROMIUM_ARGS)
    )


def firefox_profile(playwright: Playwright, profile: Path) -> BrowserContext:
    """As `chromium_profile`; it saves its session as often as it can."""
    return playwright.firefox.launch_persistent_context(
        profile,
        executable_path=FIREFOX.find(),
        channel=FIREFOX_CHANNEL,
        firefox_user_prefs={"browser.sessionstore.interval": 200, "browser.sessionstore.interval.idle": 200},
    )


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of a session: a thread has room for no second."""
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """One browser for the session; each test makes its own context, as private as a new window."""
    program = CHROMIUM.find()
    if program is None:
        pytest.skip(CHROMIUM.skip_reason)
    with _chromium(request.getfixturevalue("playwright"), program) as running_browser:
        yield running_browser


@pytest.fixture(scope="session")
def require_firefox() -> None:
    if FIREFOX.find() is None:
        pytest.skip(FIREFOX.skip_reason)
