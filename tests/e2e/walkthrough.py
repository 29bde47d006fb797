# SPDX-License-Identifier: EUPL-1.2
"""`make walkthrough`: the whole story in a real browser against real processes, each scene timed and pictured.

Leaves numbered screenshots in ``var/walkthrough``. Ends with an error if the story does.
"""

import shutil
from datetime import datetime
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from playwright.sync_api import Page

from demo.stage import Stage
from support.browser import chromium
from support.story import LAPTOP, Story

FOLDER = Path("var/walkthrough")


class Album:
    """Numbers the scenes, says how long each took, and keeps a picture of each."""

    def __init__(self) -> None:
        self._number = 0
        self._since = perf_counter()

    def __call__(self, title: str, page: Page) -> None:
        taken = perf_counter() - self._since
        self._number += 1
        picture = FOLDER / f"{self._number:02d}-{title}.png"
        page.screenshot(path=picture, full_page=True)
        print(f"{self._number:>3}  {taken:5.1f} s  {title.replace('-', ' '):<42} {picture}", flush=True)
        self._since = perf_counter()


def main() -> None:
    """Tell the story."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    began = perf_counter()
    print("Making a desk with two members …", flush=True)
    with Stage((FOLDER / "stage").resolve(), today) as stage, chromium() as browser:
        album = Album()
        Story(stage, browser, album).run()
        page = browser.new_page(viewport=LAPTOP)  # type: ignore[arg-type]  # a ViewportSize
        page.goto(stage.serve_operator_view())
        album("the-operator-sees-only-this", page)
    shutil.rmtree(FOLDER / "stage")
    print(f"The story ends well, after {perf_counter() - began:.0f} s. Pictures: {FOLDER}")


if __name__ == "__main__":
    main()
