# SPDX-License-Identifier: EUPL-1.2
"""`make facts` finds a fact's tests by its number, and says how the worst of them ended."""

from pathlib import Path

import pytest

import facts
from support.repository import ROOT

PASSED, FAILED = "passed", "failed"


def test_a_number_counts_in_a_tests_name_and_docstring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facts, "ROOT", tmp_path)
    (tmp_path / "test_a.py").write_text(
        '"""R01."""\ndef test_one(): pass\ndef test_r02_two():\n    """O03, R0245."""\ndef helper_r04(): pass\n'
    )

    assert sorted(facts.tests_of(tmp_path / "test_a.py")) == [
        ("O03", "test_a.py::test_r02_two"),
        ("R02", "test_a.py::test_r02_two"),
    ]


@pytest.mark.parametrize(
    "outcomes, said",
    [
        ({"x::a": PASSED, "x::b": PASSED}, "R01 a, b passed"),
        ({"x::a": PASSED, "x::b": FAILED}, "R01 a, b failed"),
        ({"x::a": "not covered"}, "R01 a, b not covered"),
    ],
)
def test_a_fact_is_as_good_as_the_worst_of_its_tests(outcomes: dict[str, str], said: str) -> None:
    assert facts.line("R01", ["x::a", "x::b"], outcomes) == said


def test_a_fact_without_tests_is_not_covered() -> None:
    assert facts.line("R01", [], {}) == "R01 not covered"


def test_tests_that_cannot_even_be_collected_are_no_success(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(pytest, "main", lambda *_, **__: pytest.ExitCode.USAGE_ERROR)

    assert facts.main() == 1
    assert "R01" in capsys.readouterr().out


def test_the_facts_of_the_reporters_side_are_all_listed() -> None:
    listed = (ROOT / "tests/facts.toml").read_text()

    assert [number for number in (f"R{place:02}" for place in range(1, 17)) if f"{number} = " not in listed] == []
