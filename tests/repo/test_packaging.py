# SPDX-License-Identifier: EUPL-1.2
"""The generic package names stay ours, and a wheel holds what it needs and no more."""

import importlib
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest
from packaging.utils import canonicalize_name

from processes import Command
from support.repository import (
    EXTRAS,
    PACKAGES,
    PROJECT,
    ROOT,
    asked_for,
    imported_modules,
    name_of,
    program_of,
    python_files,
)


def test_no_other_distribution_claims_our_package_names() -> None:
    # Folded: `Crypto` and `crypto` are one folder on a member's laptop.
    claims = {(name, owner) for name, owners in packages_distributions().items() for owner in owners}
    assert {(name, owner) for name, owner in claims if name.casefold() in PACKAGES and owner != "meldkluis"} == set()


def test_all_three_packages_load_from_one_folder() -> None:
    folders = {Path(str(importlib.import_module(name).__file__)).parents[1] for name in PACKAGES}
    assert len(folders) == 1


def test_the_three_packages_come_from_our_distribution() -> None:
    assert version("meldkluis") == PROJECT["version"]


@pytest.mark.parametrize("package", PACKAGES)
def test_package_imports_only_what_its_dependencies_name(package: str) -> None:
    owners = packages_distributions()
    foreign = set()
    for path in python_files(package):
        known = {canonicalize_name(requirement.name) for requirement in asked_for(*EXTRAS[program_of(path)])}
        for top in {name.partition(".")[0] for name in imported_modules(path)} - set(PACKAGES):
            distributions = {canonicalize_name(owner) for owner in owners.get(top, [])}
            if top not in sys.stdlib_module_names and not distributions & known:
                foreign.add((name_of(path), top))
    assert foreign == set()


@pytest.fixture(scope="module")
def wheel_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[set[str]]:
    """Paths inside a freshly built wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    command: Command = [*pip, "--wheel-dir", folder, ROOT]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    (wheel,) = folder.glob("meldkluis-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        yield set(archive.namelist())


def test_wheel_holds_every_module_of_the_three_packages(wheel_names: set[str]) -> None:
    assert {name_of(path) for path in python_files(*PACKAGES)} <= wheel_names


def test_wheel_holds_the_bundled_page(wheel_names: set[str]) -> None:
    assert "intake/static/manifest.json" in wheel_names
    assert {"js", "css", "txt", "br", "gz"} <= {
        name.rpartition(".")[2] for name in wheel_names if name.startswith("intake/static/")
    }


def test_wheel_holds_nothing_but_the_three_packages_and_no_tests(wheel_names: set[str]) -> None:
    tops = {name.partition("/")[0] for name in wheel_names}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)
    assert {name for name in wheel_names if name.startswith("crypto/vectors/") or ".test." in name} == set()
