# SPDX-License-Identifier: EUPL-1.2
"""Starts real processes for the demo and the tests, waits until they are ready, and stops them by their own pid."""

import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

Command = Sequence[str | Path]

START_SECONDS = 30.0
STOP_SECONDS = 10.0
POLL_SECONDS = 0.02


class ProcessError(RuntimeError):
    """A process ended, or stayed unready for too long; the message carries all that it printed."""


class Process:
    """One running program; standard output and error are collected together in ``log``."""

    def __init__(self, popen: subprocess.Popen[bytes], log: Path) -> None:
        self._popen = popen
        self.log = log

    @property
    def pid(self) -> int:
        """The operating system's number of this process."""
        return self._popen.pid

    @property
    def running(self) -> bool:
        """Whether it has not ended yet."""
        return self._popen.poll() is None

    def output(self) -> str:
        """Everything printed so far."""
        return self.log.read_text(errors="replace")

    def wait_until(self, ready: Callable[[], bool], *, seconds: float = START_SECONDS) -> None:
        """Return as soon as ``ready()`` holds; raise ProcessError when the process ends first or time is up."""
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.running:
                message = f"ended with code {self._popen.returncode} before it was ready:\n{self.output()}"
                raise ProcessError(message)
            if time.monotonic() > deadline:
                message = f"not ready after {seconds:.0f} s:\n{self.output()}"
                raise ProcessError(message)
            time.sleep(POLL_SECONDS)

    def wait_for_line(self, pattern: str, *, seconds: float = START_SECONDS) -> re.Match[str]:
        """The first match of ``pattern`` in what the process prints (one line, anchors allowed)."""
        matcher = re.compile(pattern, re.MULTILINE)
        found: list[re.Match[str]] = []

        def printed() -> bool:
            found.extend(matcher.finditer(self.output()))
            return bool(found)

        self.wait_until(printed, seconds=seconds)
        return found[0]

    def wait(self, *, seconds: float = STOP_SECONDS) -> int:
        """The exit code, once the process ends by itself."""
        return self._popen.wait(seconds)

    def stop(self, *, by: signal.Signals = signal.SIGTERM, seconds: float = STOP_SECONDS) -> int:
        """Ask the process to end, kill it when it does not; returns its exit code."""
        if self.running:
            self._popen.send_signal(by)
        try:
            return self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            return self.kill()

    def kill(self) -> int:
        """SIGKILL, as a crash or a power cut would."""
        self._popen.kill()
        return self._popen.wait()


def start(
    command: Command,
    *,
    log: Path,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> Process:
    """Start ``command``; ``env`` replaces the environment, ``user`` is whom root starts it as.

    The process stays in the group of the test run, so that an interrupted run leaves none behind.
    """
    arguments = [str(part) for part in command]
    groups: list[str] | None = [] if user else None
    with log.open("wb") as sink:
        popen = subprocess.Popen(
            arguments,
            stdin=subprocess.DEVNULL,
            stdout=sink,
            stderr=sink,
            cwd=cwd,
            env=env,
            user=user,
            group=user,
            extra_groups=groups,
        )
    return Process(popen, log)


@contextmanager
def running(
    command: Command,
    *,
    log: Path,
    ready: Callable[[], bool],
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
) -> Iterator[Process]:
    """A process from the moment that ``ready()`` holds until the block ends."""
    process = start(command, log=log, cwd=cwd, env=env, user=user)
    try:
        process.wait_until(ready)
        yield process
    finally:
        process.stop()


def port_open(port: int) -> bool:
    """Whether something accepts connections on this loopback port."""
    with socket.socket(socket.AF_INET) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def socket_open(path: Path) -> bool:
    """Whether something accepts connections on this unix socket."""
    with socket.socket(socket.AF_UNIX) as probe:
        return probe.connect_ex(str(path)) == 0


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    with socket.socket(socket.AF_INET) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
