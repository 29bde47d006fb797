# SPDX-License-Identifier: EUPL-1.2
"""How long a reporter waits for the thread after typing the eight words, key derivation included.

The intake answers on loopback from this process; what is measured is the browser's work.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from support.browser import chromium
from support.reporter_page import report
from support.reporter_site import LiveDesk, reporter_site

MESSAGES = 50
PATIENCE_MS = 120_000
# From the press of the button until the thread stands there with all its messages, in milliseconds.
UNTIL_THREAD = """
(count) => new Promise((resolve) => {
  document.querySelector("form").addEventListener("submit", () => {
    const pressed = performance.now();
    new MutationObserver((_, observer) => {
      if (document.querySelectorAll(".thread .entry").length < count) return;
      observer.disconnect();
      resolve(performance.now() - pressed);
    }).observe(document, { childList: true, subtree: true });
  }, { capture: true });
  document.querySelector("form button[type=submit]").click();
})
"""


@dataclass(frozen=True)
class FullMailbox:
    """A mailbox with all its messages, and the words that open it."""

    desk: LiveDesk
    words: list[str]

    def open_ms(self, browser: Browser, runs: int) -> float:
        """The best of some runs, each in a fresh window, in milliseconds."""
        return min(self._open(browser) for _ in range(runs))

    def _open(self, browser: Browser) -> float:
        page = browser.new_page(locale="nl-NL")
        page.set_default_timeout(PATIENCE_MS)
        page.goto(self.desk.url(page="mailbox"))
        expect(page.locator(".verified")).to_be_visible(timeout=PATIENCE_MS)
        _type(page, self.words)
        taken = page.evaluate(UNTIL_THREAD, MESSAGES)
        page.close()
        return float(taken)


@contextmanager
def full_mailbox(folder: Path) -> Iterator[FullMailbox]:
    """Report from a browser, and write back; ``folder`` is made for the intake."""
    folder.mkdir()
    with reporter_site(folder) as site:
        desk = site.desk()
        with chromium() as browser:
            words = report(browser.new_page(locale="nl-NL"), desk.url())
        for number in range(2, MESSAGES + 1):
            desk.reply("message", f"Bericht {number}. " + "Wij werken eraan. " * 20)
        yield FullMailbox(desk, words)


def _type(page: Page, words: list[str]) -> None:
    for number, word in enumerate(words, start=1):
        page.get_by_label(f"Woord {number}", exact=True).fill(word)
