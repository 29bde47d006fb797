# SPDX-License-Identifier: EUPL-1.2
"""A large file from a browser to the intake: chosen, sealed and sent as a reporter does it, and what that costs."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect

from support.reporter_page import open_form, put_files, read_words, review, send

KIBIBYTE = 1024
MEBIBYTE = 1_048_576
MEGABYTE = 1_000_000
PATIENCE_MS = 600_000
SAMPLE_SECONDS = 0.25


@dataclass(frozen=True)
class Upload:
    """What one file took: bytes of the file, seconds until the page said that it had arrived, bytes of memory added."""

    size: int
    seconds: float
    added: int

    @property
    def megabytes_per_second(self) -> float:
        return self.size / self.seconds / MEGABYTE

    @property
    def added_mebibytes(self) -> float:
        return self.added / MEBIBYTE


def upload(browser: Browser, url: str, path: Path, roots: set[int]) -> Upload:
    """Send a report with this file. ``roots`` are the processes that were there before the browser started."""
    expect.set_options(timeout=PATIENCE_MS)
    page = browser.new_page(locale="nl-NL")
    page.set_default_timeout(PATIENCE_MS)
    open_form(page, url)
    review(page)
    put_files(page, [path])
    with watched(roots) as added:
        send(page)
        read_words(page)
        started = time.monotonic()
        expect(page.locator(".uploads")).to_contain_text("Alle bestanden zijn aangekomen")
        seconds = time.monotonic() - started
    page.close()
    return Upload(path.stat().st_size, seconds, max(added))


@contextmanager
def watched(roots: set[int]) -> Iterator[list[int]]:
    """Bytes that the browser's processes have more than at the start, several times a second."""
    added: list[int] = [0]
    before = browser_bytes(roots)
    ended = threading.Event()

    def sample() -> None:
        while not ended.wait(SAMPLE_SECONDS):
            added.append(browser_bytes(roots) - before)

    thread = threading.Thread(target=sample)
    thread.start()
    try:
        yield added
    finally:
        ended.set()
        thread.join()


def browser_bytes(roots: set[int]) -> int:
    """What this process's descendants hold that were not there before the browser was started."""
    return sum(proportional_bytes(pid) for pid in family(os.getpid()) - roots)


def family(parent: int) -> set[int]:
    """All descendants of a process."""
    found: set[int] = set()
    for listed in Path(f"/proc/{parent}/task").glob("*/children"):
        try:
            pids = {int(pid) for pid in listed.read_text(encoding="ascii").split()}
        except OSError:
            continue
        found |= pids.union(*(family(pid) for pid in pids))
    return found


def proportional_bytes(pid: int) -> int:
    """A process's memory, what it shares divided among those who share it; 0 for one that has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0
    (line,) = (line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * KIBIBYTE


def make_file(folder: Path, size: int) -> Path:
    """A file whose parts differ from each other."""
    path = folder / f"{size // MEBIBYTE}.bin"
    with path.open("wb") as file:
        for number in range(size // MEBIBYTE):
            file.write(number.to_bytes(8, "big") * (MEBIBYTE // 8))
    return path
