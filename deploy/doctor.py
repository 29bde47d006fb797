# SPDX-License-Identifier: EUPL-1.2
"""Says what this machine has for the demo and the tests, and what goes without.

Standard library only, for it runs before anything is installed. Each component has one line: its version, or the
sentence that its skipped tests repeat. Then one line to copy that installs all that is missing.

    doctor.py                what there is, what is skipped
    doctor.py --install      the same, after installing what is missing (as root, on a machine with apt)
    doctor.py --python-only  only what nothing works without

Ends with 3 when Python is older than 3.11 or cannot make virtual environments, and with 0 in every other case.
"""

# Python 3.8 must be able to read this file, or nobody is told that it is too old.
from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

OLDEST_PYTHON = (3, 11)
UNUSABLE = 3


class Component(NamedTuple):
    """Something that the project uses but does not install into its own folder."""

    name: str
    package: str  # Debian's name for it
    find: Callable[[], Path | None]
    without: str  # what is skipped where it is missing

    @property
    def skip_reason(self) -> str:
        """The sentence for doctor and for each skipped test."""
        return f"{self.name} is not installed: {self.without} Install it with: apt-get install {self.package}"


def find_program(*names: str) -> Callable[[], Path | None]:
    """A finder for the first of these programs on PATH."""
    return lambda: next((Path(found) for name in names if (found := shutil.which(name))), None)


def find_postgres() -> Path | None:
    """The newest ``initdb``; Debian keeps it off PATH."""
    on_path = shutil.which("initdb")
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: int(path.parts[-3].split(".")[0]), default=None)
    return Path(on_path) if on_path else newest


CHROMIUM = Component(
    "Chromium",
    "chromium",
    find_program("chromium", "chromium-browser", "google-chrome"),
    "the tests in a real browser are skipped and `make walkthrough` cannot run.",
)
FIREFOX = Component(
    "Firefox ESR", "firefox-esr", find_program("firefox-esr"), "the tests in a second browser are skipped."
)
POSTGRES = Component("PostgreSQL", "postgresql", find_postgres, "the store is tested on SQLite alone.")
REDIS = Component(
    "Redis", "redis-server", find_program("redis-server"), "the limiter is tested with counters in memory alone."
)
COMPONENTS = (CHROMIUM, FIREFOX, POSTGRES, REDIS)


def core_dump_obstacle() -> str | None:
    """Why a crashed process leaves no core file in a folder of our choice, or None when it does."""
    try:
        import resource  # noqa: PLC0415  Windows has none, and doctor must still run there
    except ImportError:
        return "this system has no POSIX limits"
    if resource.getrlimit(resource.RLIMIT_CORE)[1] == 0:
        return "the hard limit on core files is 0 (ulimit -Hc)"
    pattern = Path("/proc/sys/kernel/core_pattern")
    if not pattern.exists():
        return "this system has no /proc/sys/kernel/core_pattern"
    if pattern.read_text().startswith(("|", "/")):
        return "the kernel hands core files to another program or folder (kernel.core_pattern)"
    return None


def python_obstacles() -> list[str]:
    """What stops everything, each with its remedy; empty when nothing does."""
    found = []
    if sys.version_info < OLDEST_PYTHON:
        found.append(
            f"Python {sys.version.split()[0]} is too old: 3.11 or newer is needed. Set PYTHON=… to another one."
        )
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        found.append("Python cannot make virtual environments: apt-get install python3-venv")
    return found


def version(program: Path) -> str:
    """The first line that ``--version`` prints."""
    answer = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=30)
    return (answer.stdout or answer.stderr).strip().partition("\n")[0]


def missing() -> list[Component]:
    """The components that this machine lacks."""
    return [component for component in COMPONENTS if component.find() is None]


def apt_line(components: list[Component]) -> str:
    """The one line to copy."""
    packages = " ".join(component.package for component in components)
    return f"apt-get update && apt-get install --yes --no-install-recommends {packages}"


def report() -> None:
    """Print one line for each component and, when something is missing, how to get all of it."""
    print(f"Python: {sys.version.split()[0]}")
    for component in COMPONENTS:
        program = component.find()
        print(f"{component.name}: {version(program)}" if program else component.skip_reason)
    obstacle = core_dump_obstacle()
    print(f"Core dumps: not here, {obstacle}; memory is read through /proc instead." if obstacle else "Core dumps: yes")
    if missing():
        print(f"All of it at once, as root: {apt_line(missing())}")


def install() -> None:
    """Install what is missing by apt; who may not, or fails to, goes on without and sees the line to copy."""
    if not missing() or os.name != "posix" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing: {apt_line(missing())}", flush=True)
    if subprocess.run(apt_line(missing()), shell=True, env=environment, check=False).returncode:  # noqa: S602  ours
        print("apt-get failed, its reason stands above; going on without.")


def main(arguments: list[str]) -> int:
    """Run as described in the module's docstring; returns the exit code."""
    parser = argparse.ArgumentParser(description="What this machine has for the demo and the tests.")
    parser.add_argument("--install", action="store_true", help="install what is missing (as root, with apt)")
    parser.add_argument("--python-only", action="store_true", help="check only what nothing works without")
    options = parser.parse_args(arguments)
    if obstacles := python_obstacles():
        print("\n".join(obstacles), file=sys.stderr)
        return UNUSABLE
    if options.install:
        install()
    if not options.python_only:
        report()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
