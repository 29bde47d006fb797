# SPDX-License-Identifier: EUPL-1.2
"""Who may import whom, what the intake can hold in memory, and what runs on every member's laptop."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.repository import PACKAGES, ROOT, imported_modules, name_of, own_files, program_of, python_files

NEVER_IMPORTED = {
    "crypto": {"intake", "casework"},
    "intake": {"casework"},
    "casework": {"intake"},
}
# The folders of the members' tool, as its map has them: each imports only those below it.
CASEWORK_LAYERS = (
    "cli", "web", "acts", "practice", "service", "sync", "session", "views", "desk", "logs", "folder", "wire",
    "protocols", "drawing", "i18n", "clock", "names", "errors", "domain",
)  # fmt: skip
NO_PACKAGES = {"tests", "deploy", "support", "doctor", "demo"}

# What reads structure, checks signatures or counts bytes. Everything else in crypto/ opens envelopes or derives keys,
# and a process of the intake never loads it.
STRUCTURE = {
    f"crypto.{module}"
    for module in [
        "bech32",
        "deletion",
        "desk",
        "document",
        "encoding",
        "envelope",
        "epochs",
        "errors",
        "fields",
        "handover",
        "httpsig",
        "logs",
        "padding",
        "signing",
        "wordlist",
    ]
}

POSIX_MODULES = {"crypt", "curses", "fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "os": {
        "O_DIRECTORY", "O_NOFOLLOW", "chown", "chroot", "fchmod", "fchown", "fork", "forkpty", "getegid", "geteuid",
        "getgid", "getpgid", "getuid", "killpg", "lchown", "mkfifo", "nice", "openpty", "pread", "pwrite", "setgid",
        "setsid", "setuid", "sysconf", "uname", "wait",
    },
    "signal": {"SIGALRM", "SIGHUP", "SIGKILL", "SIGUSR1", "SIGUSR2", "alarm", "pause", "sigwait"},
    "socket": {"AF_UNIX", "socketpair"},
}  # fmt: skip


def top(module: str) -> str:
    return module.partition(".")[0]


def names_used(path: Path) -> Iterator[tuple[str, str]]:
    """`module.attribute` pairs, whether reached through the module or imported from it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield node.value.id, node.attr
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.module, alias.name) for alias in node.names)


def test_each_folder_of_the_members_tool_imports_only_those_below_it() -> None:
    upwards = {
        (name_of(path), name)
        for path in python_files("casework")
        for name in imported_modules(path)
        if (own := path.relative_to(ROOT / "casework").with_suffix("").parts[0]) != "__init__"
        if name.startswith("casework.") and (used := name.split(".")[1]) != own
        if CASEWORK_LAYERS.index(used) < CASEWORK_LAYERS.index(own)
    }
    assert upwards == set()


@pytest.mark.parametrize("package", PACKAGES)
def test_package_imports_no_program_that_it_must_not_know(package: str) -> None:
    forbidden = NEVER_IMPORTED[package] | NO_PACKAGES
    found = {(name_of(path), name) for path in python_files(package) for name in imported_modules(path)}
    assert {(path, name) for path, name in found if top(name) in forbidden} == set()


def test_every_package_has_files_to_check() -> None:
    assert all(python_files(package) for package in PACKAGES)


def service_files() -> list[Path]:
    """The intake without the reporter's command line, which shares its folder and nothing else."""
    return [path for path in python_files("intake") if program_of(path) == "intake"]


def test_intake_names_no_opening_half_of_crypto_anywhere() -> None:
    modules = {f"crypto.{path.stem}" for path in python_files("crypto")} - {"crypto.__init__"}
    found = {(name_of(path), name) for path in service_files() for name in imported_modules(path)}
    assert {(path, name) for path, name in found if name in modules - STRUCTURE} == set()


def test_the_service_names_nothing_of_the_reporters_command_line() -> None:
    found = {(name_of(path), name) for path in service_files() for name in imported_modules(path)}
    assert {(path, name) for path, name in found if f"{name}.".startswith("intake.reporter.")} == set()


def test_the_reporters_command_line_takes_only_the_calendar_from_the_service() -> None:
    files = [path for path in python_files("intake") if program_of(path) == "report"]
    found = {name for path in files for name in imported_modules(path) if top(name) == "intake"}
    assert {name for name in found if not f"{name}.".startswith("intake.reporter.")} <= {
        "intake.clock",
        "intake.clock.today",
    }


def test_the_command_line_starts_without_what_serves_pages() -> None:
    program = "import intake.reporter.cli, json, sys; print(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    loaded = {top(name) for name in json.loads(result.stdout)}
    assert loaded & {"flask", "sqlalchemy", "gunicorn", "alembic", "casework"} == set()


def test_a_process_that_imports_the_intake_holds_neither_casework_nor_what_opens() -> None:
    program = "import intake.app, intake.serve, intake.worker, json, sys; print(json.dumps(sorted(sys.modules)))"
    result = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    loaded = set(json.loads(result.stdout))
    assert "intake.app" in loaded
    assert {name for name in loaded if top(name) == "casework" or name.startswith("intake.reporter")} == set()
    assert {name for name in loaded if top(name) == "crypto"} - {"crypto"} <= STRUCTURE


def test_casework_and_crypto_use_nothing_that_only_posix_has() -> None:
    modules, names = set(), set()
    for path in python_files("casework", "crypto"):
        modules |= {(name_of(path), name) for name in imported_modules(path) if top(name) in POSIX_MODULES}
        names |= {(name_of(path), f"{a}.{b}") for a, b in names_used(path) if b in POSIX_NAMES.get(a, ())}
    assert modules | names == set()


def test_tests_are_no_package() -> None:
    assert [
        name_of(path) for path in own_files() if name_of(path).startswith("tests/") and path.name == "__init__.py"
    ] == []


def test_names_of_test_files_are_unique_across_the_tree() -> None:
    names = [path.name for path in python_files("tests") if path.name.startswith("test_")]
    assert sorted(names) == sorted(set(names))
