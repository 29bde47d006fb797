# SPDX-License-Identifier: EUPL-1.2
"""The domain stays pure: it imports itself, the standard library and the holiday library, and does no I/O."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import casework.domain

FOLDER = Path(casework.domain.__file__).parent
IMPURE = {
    "os",
    "io",
    "pathlib",
    "socket",
    "time",
    "random",
    "secrets",
    "subprocess",
    "threading",
    "tempfile",
    "logging",
}
CLOCKS = {"now", "today", "utcnow"}


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def trees() -> Iterator[ast.Module]:
    return (ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.rglob("*.py"))


def test_the_domain_imports_nothing_from_outside() -> None:
    names = {name for tree in trees() for name in imported(tree)}
    own = {name for name in names if name.startswith("casework.domain")}
    roots = {name.split(".")[0] for name in names - own}
    assert roots - sys.stdlib_module_names == {"holidays"}
    assert not roots & IMPURE


def test_the_domain_never_asks_what_day_it_is() -> None:
    calls = [node.func for tree in trees() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert not {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS
