# SPDX-License-Identifier: EUPL-1.2
"""Says of each fact in `facts.toml` which tests show it, and whether they pass: one line each.

A test shows a fact when its name or docstring has the fact's number. The last words of a
line are ``passed``, ``failed`` or ``not covered``; a fact whose tests were all skipped is not covered.
"""

import ast
import re
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from support.repository import ROOT

HERE = Path(__file__).parent
NUMBER = re.compile(r"(?<![A-Z0-9])[A-Z][0-9]{2}(?![0-9])")
SEVERITY = ("not covered", "passed", "failed")


class Outcomes:
    """A pytest plugin that notes how each test ended, whatever its parameters."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        ended = "failed" if report.failed else "passed" if report.when == "call" and report.passed else "not covered"
        test = report.nodeid.partition("[")[0]
        self.found[test] = max(self.found.get(test, ended), ended, key=SEVERITY.index)


def tests_of(path: Path) -> Iterator[tuple[str, str]]:
    """Each fact's number that a test file names, and the test that shows it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            said = f"{node.name.upper().replace('_', ' ')} {ast.get_docstring(node) or ''}"
            for number in sorted(set(NUMBER.findall(said))):
                yield number, f"{path.relative_to(ROOT).as_posix()}::{node.name}"


def named_tests(facts: Mapping[str, str]) -> dict[str, list[str]]:
    """The tests of each fact, in the order of their files."""
    found = defaultdict(list)
    for path in sorted(HERE.rglob("test_*.py")):
        for number, test in tests_of(path):
            if number in facts:
                found[number].append(test)
    return found


def line(number: str, tests: list[str], outcomes: Mapping[str, str]) -> str:
    """What to say of a fact."""
    ended = max((outcomes.get(test, "not covered") for test in tests), key=SEVERITY.index, default="not covered")
    return " ".join([number, *([", ".join(test.partition("::")[2] for test in tests)] if tests else []), ended])


def main() -> int:
    """Run the tests that name a fact once, and print a line for each fact; returns the exit code."""
    facts: dict[str, str] = tomllib.loads((HERE / "facts.toml").read_text(encoding="utf-8"))["facts"]
    named = named_tests(facts)
    outcomes = Outcomes()
    wanted = sorted({test for tests in named.values() for test in tests})
    # Without tests to run, pytest would run all.
    ended = pytest.main(["--quiet", "--no-header", *wanted], plugins=[outcomes]) if wanted else pytest.ExitCode.OK
    lines = [line(number, named.get(number, []), outcomes.found) for number in facts]
    print("\n".join(lines))
    return 1 if ended != pytest.ExitCode.OK or any(said.endswith("failed") for said in lines) else 0


if __name__ == "__main__":
    sys.exit(main())
