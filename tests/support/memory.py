# SPDX-License-Identifier: EUPL-1.2
"""What a thief of a running process's memory gets: a core dump, or its memory read through /proc."""

import os
import re
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from doctor import core_dump_obstacle
from processes import Process

PIECE = 1 << 24
WRITABLE = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) rw")


@contextmanager
def core_dumps_allowed() -> Iterator[None]:
    """Processes started inside may leave core dumps, as far as this system lets them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, (soft, hard))


def children(parent: int) -> list[int]:
    """The processes that a process has started and that still run."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="ascii")
    return [int(pid) for pid in listed.split()]


def dump(parent: Process, pid: int, folder: Path) -> Path:
    """Crash a child of ``parent`` that runs in ``folder`` and return its core; where there is none, copy its memory."""
    obstacle = core_dump_obstacle()
    if obstacle:
        print(f"no core dump: {obstacle}; reading memory through /proc")
        return copy_memory(pid, folder)
    before = set(folder.glob("core*"))
    os.kill(pid, signal.SIGSEGV)
    parent.wait_until(lambda: pid not in children(parent.pid))
    (core,) = set(folder.glob("core*")) - before
    return core.rename(folder.parent / f"dump-{pid}")


def copy_memory(pid: int, folder: Path) -> Path:
    """All writable memory of a process, in one file beside ``folder``."""
    copy = folder.parent / f"dump-{pid}"
    ranges = (WRITABLE.match(line) for line in Path(f"/proc/{pid}/maps").read_text(encoding="utf-8").splitlines())
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory, copy.open("wb") as sink:
        for found in filter(None, ranges):
            start, end = int(found[1], 16), int(found[2], 16)
            for place in range(start, end, PIECE):
                memory.seek(place)
                sink.write(memory.read(min(PIECE, end - place)))
    return copy
