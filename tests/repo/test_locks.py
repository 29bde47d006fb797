# SPDX-License-Identifier: EUPL-1.2
"""Lock files pin everything by hash, name no host, and hold none of the distributions that would shadow ours."""

import json
import re
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from support.repository import EXTRAS, GROUPS, PROJECT, ROOT, asked_for

LOCKS = {path.stem: path.read_text() for path in sorted((ROOT / "requirements").glob("*.txt"))}
# They install packages named like ours, or (pycryptodome) like ours on a disk that ignores case.
BANNED = {"casework", "crypto", "deploy", "intake", "pycrypto", "pycryptodome", "tests"}
PACKAGE_LOCK = json.loads((ROOT / "package-lock.json").read_text())
PACKAGE_JSON = json.loads((ROOT / "package.json").read_text())


def pins(lock: str) -> dict[str, str]:
    """Distribution name to the rest of its entry, hashes included."""
    entries = re.sub(r"\\\n", " ", re.sub(r"(?m)^\s*#.*\n", "", lock)).strip().splitlines()
    return {canonicalize_name(entry.partition("==")[0]): entry for entry in entries}


def npm_packages() -> dict[str, dict[str, Any]]:
    return {path: entry for path, entry in PACKAGE_LOCK["packages"].items() if path}


def test_there_is_a_lock_for_each_program_and_for_development() -> None:
    assert set(LOCKS) == {"casework", "dev", "intake", "mutate", "report"}


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_python_lock_names_no_host_folder_or_index(name: str) -> None:
    assert re.findall(r".*(?:://|file:|--index|--extra-index|--find-links|--trusted).*", LOCKS[name]) == []


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_each_python_pin_is_exact_and_hashed(name: str) -> None:
    shape = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==\S+( ; [^\\]*)?(\s+--hash=sha256:[0-9a-f]{64})+\s*")
    assert [entry for entry in pins(LOCKS[name]).values() if not shape.fullmatch(entry)] == []


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_python_lock_holds_no_distribution_that_shadows_a_package(name: str) -> None:
    assert pins(LOCKS[name]).keys() & BANNED == set()


def what_is_asked(lock: str) -> list[Requirement]:
    if lock in GROUPS:
        return [Requirement(line) for line in GROUPS[lock]]
    return asked_for(*(PROJECT["optional-dependencies"] if lock == "dev" else EXTRAS[lock]))


@pytest.mark.parametrize("name", sorted(LOCKS))
def test_python_lock_satisfies_what_pyproject_asks(name: str) -> None:
    locked = {name: entry.partition("==")[2].split()[0] for name, entry in pins(LOCKS[name]).items()}
    asked = {str(line): locked.get(canonicalize_name(line.name)) for line in what_is_asked(name)}
    unmet = [line for line, pin in asked.items() if pin is None or not Requirement(line).specifier.contains(pin)]
    assert unmet == [], "run `make locks`"


def test_npm_lock_names_no_registry() -> None:
    assert [path for path, entry in npm_packages().items() if "resolved" in entry] == []


def test_each_npm_package_has_its_hash() -> None:
    assert [
        path for path, entry in npm_packages().items() if not entry.get("integrity", "").startswith("sha512-")
    ] == []


def test_npm_dependencies_are_exact_and_locked_as_asked() -> None:
    asked = PACKAGE_JSON["dependencies"] | PACKAGE_JSON["devDependencies"]
    assert asked == {name: npm_packages()[f"node_modules/{name}"]["version"] for name in asked}


def test_each_cryptographic_package_is_there_once() -> None:
    copies = [path for path in npm_packages() if re.search(r"node_modules/(@noble|@scure|age-encryption)", path)]
    assert [path for path in copies if path.count("node_modules/") > 1] == []
    assert len(copies) == 6


def test_no_npm_package_runs_a_script_on_install() -> None:
    assert "ignore-scripts=true" in (ROOT / ".npmrc").read_text().splitlines()
