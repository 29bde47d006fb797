# SPDX-License-Identifier: EUPL-1.2
"""House rules that a reader should never have to check by eye."""

import ast
import re
from pathlib import Path

import pytest

from support.repository import ROOT, name_of, own_files, python_files

SOURCES = {".css", ".html", ".js", ".mjs", ".po", ".pot", ".py", ".sh", ".toml"}
LONGEST_FUNCTION = 60
MACHINE_PATH = re.compile(r"(?<![\w.:/$}-])/(?:work|root|tmp|home|opt)(?:/|\b)")
MARKDOWN_LINK = re.compile(r"\]\((?!\w+:|#)([^)\s#]+)")
TEXTS = [path for path in own_files() if b"\0" not in path.read_bytes()]


def test_every_source_file_names_its_licence() -> None:
    sources = [path for path in own_files() if path.suffix in SOURCES or path.name in {"Makefile", "run"}]
    heads = {name_of(path): path.read_text().splitlines()[:3] for path in sources}
    assert [name for name, head in heads.items() if "SPDX-License-Identifier: EUPL-1.2" not in "\n".join(head)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    found = [
        (name_of(path), number, line.strip())
        for path in TEXTS
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if MACHINE_PATH.search(line)
    ]
    assert found == []


def test_no_function_is_longer_than_a_screen() -> None:
    lengths = {
        f"{name_of(path)}:{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


@pytest.mark.parametrize("page", [path for path in own_files() if path.suffix == ".md"], ids=name_of)
def test_every_link_between_pages_leads_somewhere(page: Path) -> None:
    targets = MARKDOWN_LINK.findall(page.read_text())
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_every_make_verb_is_in_its_help() -> None:
    makefile = (ROOT / "Makefile").read_text()
    verbs = {verb for line in re.findall(r"(?m)^\.PHONY: (.*)$", makefile) for verb in line.split()}
    told = set(re.findall(r"[\w-]+", " ".join(re.findall(r'(?m)^\t@echo "(.*)"$', makefile))))
    assert verbs - told == {"help", "system"}
