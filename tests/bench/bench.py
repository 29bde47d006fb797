# SPDX-License-Identifier: EUPL-1.2
"""`make bench`: the measured figures, one ``name: value unit`` a line.

The intake is the shipped one: gunicorn, two workers, SQLite with durable commits, all limits on.
Everything runs on this machine, so clients and server share its processors: compare figures of one machine only.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from playwright.sync_api import Browser, Page, Request, sync_playwright

from bench.attachments import MEBIBYTE, family, make_file, upload
from bench.judging import judge, logs
from bench.load import Result, run
from bench.mailbox import full_mailbox
from demo.stage import Stage
from doctor import FIREFOX
from support.browser import SAFER, chromium, firefox
from support.memory import children
from support.reporter_page import open_form, read_words, review, send

SECONDS = 15.0
WRITERS = (16, 64)
CASES = 10_000
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# When the field for the story appears, in milliseconds since 1970.
WHEN_ONE_CAN_TYPE = """
new MutationObserver((_, observer) => {
  if (!document.querySelector("#what")) return;
  window.canTypeAt = performance.timeOrigin + performance.now();
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


@dataclass(frozen=True)
class Download:
    """One answer: when it was asked for (milliseconds since 1970) and its bytes as transferred, headers included."""

    url: str
    asked: float
    size: int


def main() -> None:
    """Measure and print."""
    measure_judging()
    today = datetime.now(ZoneInfo("Europe/Amsterdam")).date()
    with TemporaryDirectory(prefix="meldkluis-bench-") as folder, Stage(Path(folder) / "stage", today) as stage:
        with chromium() as browser:
            measure_page(browser, f"{stage.origin}/{stage.desk}/nl/")
        measure_mailbox(Path(folder) / "mailbox")
        for writers in WRITERS:
            measure_intake(stage, writers)
        measure_attachments(stage, Path(folder))


def measure_judging() -> None:
    """An overview of many cases: first from their events, then the same cases a day later."""
    judged = judge(logs(CASES))
    show(f"assess_{CASES}_cases_s", judged.cold, "s")
    show(f"assess_{CASES}_cases_next_day_s", judged.next_day, "s")


def measure_page(browser: Browser, url: str) -> None:
    """What a reporter downloads until they can type, and in all until the report is sent."""
    page = browser.new_page()
    page.add_init_script(WHEN_ONE_CAN_TYPE)
    downloads: list[Download] = []
    page.on("requestfinished", lambda request: downloads.append(download(request)))
    open_form(page, url)
    can_type_at = page.evaluate("window.canTypeAt")
    tell(page)
    first = [one for one in downloads if one.asked <= can_type_at]
    show("first_page_bytes", sum(one.size for one in first), "bytes")
    show("first_page_requests", len(first), "requests")
    show("until_sent_bytes", sum(one.size for one in downloads), "bytes")
    show("until_sent_requests", len(downloads), "requests")
    page.close()


def measure_mailbox(folder: Path) -> None:
    """From pressing the button to the thread, in Chromium and in Firefox with the preferences of Tor's "Safer"."""
    with full_mailbox(folder) as mailbox:
        with chromium() as browser:
            show("mailbox_open_ms_chromium", mailbox.open_ms(browser, runs=5), "ms")
        if FIREFOX.find() is None:
            print(f"mailbox_open_ms_safer: {FIREFOX.skip_reason}")
            return
        with sync_playwright() as playwright, firefox(playwright, SAFER) as browser:
            show("mailbox_open_ms_safer", mailbox.open_ms(browser, runs=2), "ms")


def tell(page: Page) -> None:
    """From the form to the eight words."""
    review(page)
    send(page)
    read_words(page)


def download(request: Request) -> Download:
    """A finished request's answer. The body's size is the header's: of a worker's script the browser tells none."""
    answer = request.response()
    assert answer is not None
    body = int(answer.all_headers()["content-length"])
    return Download(request.url, request.timing["startTime"], request.sizes()["responseHeadersSize"] + body)


def measure_intake(stage: Stage, writers: int) -> None:
    """New reports as fast as they are taken: the desk's bundle and an append for each."""
    assert stage.intake is not None
    before = cpu_seconds(stage.intake.pid)
    result: Result = run(stage.origin, stage.desk, writers, SECONDS)
    used = cpu_seconds(stage.intake.pid) - before
    show(f"reports_per_s_{writers}_writers", result.reports / SECONDS, "reports/s")
    show(f"reports_p50_ms_{writers}_writers", result.p50 * 1000, "ms")
    show(f"reports_p99_ms_{writers}_writers", result.p99 * 1000, "ms")
    if writers == WRITERS[0]:
        show("reports_errors", result.errors, "errors")
        show("report_server_cpu_ms", used / result.reports * 1000, "ms")


def measure_attachments(stage: Stage, folder: Path) -> None:
    """One file of 200 MiB and one of 1 GiB from Chromium, the large one also from Firefox with stock preferences."""
    url = f"{stage.origin}/{stage.desk}/nl/"
    small, large = (make_file(folder, mebibytes * MEBIBYTE) for mebibytes in (200, 1024))
    others = family(os.getpid())
    with chromium() as browser:
        show("attachment_page_memory_200mib_mb", upload(browser, url, small, others).added_mebibytes, "MiB")
        found = upload(browser, url, large, others)
    show("attachment_1gib_chromium_mb_per_s", found.megabytes_per_second, "MB/s")
    show("attachment_page_memory_mb", found.added_mebibytes, "MiB")
    if FIREFOX.find() is None:
        print(f"attachment_1gib_firefox_mb_per_s: {FIREFOX.skip_reason}")
        return
    with sync_playwright() as playwright, firefox(playwright, {}) as browser:
        found = upload(browser, url, large, others)
        show("attachment_1gib_firefox_mb_per_s", found.megabytes_per_second, "MB/s")


def cpu_seconds(master: int) -> float:
    """Processor time of the intake so far: gunicorn's master and its workers, user and system."""
    return sum(_cpu_ticks(pid) for pid in (master, *children(master))) / TICKS_PER_SECOND


def _cpu_ticks(pid: int) -> int:
    after_name = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def show(name: str, value: float, unit: str) -> None:
    """Print one figure."""
    print(f"{name}: {value:,.1f} {unit}".replace(",", "").replace(".0 ", " "), flush=True)


if __name__ == "__main__":
    main()
