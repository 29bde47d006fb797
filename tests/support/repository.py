# SPDX-License-Identifier: EUPL-1.2
"""The repository's own files, for the tests that read them."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parents[2]
PACKAGES = ("crypto", "intake", "casework")
_PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())
PROJECT: dict[str, Any] = _PYPROJECT["project"]
# Tools that have an environment of their own, by its name.
GROUPS: dict[str, list[str]] = _PYPROJECT["dependency-groups"]
# The reporter's command line, in the intake's folder beside the page that it stands in for.
REPORTER = "intake/reporter"
# What is installed for each program, beside the base dependencies; crypto is none, and needs no more than those.
EXTRAS = {"crypto": (), "intake": ("intake", "postgres", "redis"), "casework": ("casework",), "report": ("report",)}


@cache
def own_files() -> tuple[Path, ...]:
    """Every file that is committed or would be: nothing fetched, built or ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    paths = {ROOT / name for name in listed.split("\0") if name}
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> list[Path]:
    """Python files below these top folders, or all of them."""
    return [
        path
        for path in own_files()
        if path.suffix == ".py" and (not folders or path.relative_to(ROOT).parts[0] in folders)
    ]


def program_of(path: Path) -> str:
    """The program of `EXTRAS` that a package's file belongs to."""
    name = name_of(path)
    return "report" if name.startswith(f"{REPORTER}/") else name.partition("/")[0]


def name_of(path: Path) -> str:
    """The path as the tests' messages show it."""
    return path.relative_to(ROOT).as_posix()


def imported_modules(path: Path) -> Iterator[str]:
    """Dotted names that the file imports anywhere, inside functions too; `from a import b` gives `a` and `a.b`."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = absolute_base(path, node)
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def absolute_base(path: Path, node: ast.ImportFrom) -> str:
    """The module that a `from` import names, with its leading dots resolved."""
    if not node.level:
        return node.module or ""
    package = path.relative_to(ROOT).parts[: -node.level]
    return ".".join([*package, *([node.module] if node.module else [])])


def asked_for(*extras: str) -> list[Requirement]:
    """The base dependencies and those of these extras, as pyproject.toml has them."""
    optional = PROJECT["optional-dependencies"]
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in optional[extra])]
    return [Requirement(line) for line in lines]
