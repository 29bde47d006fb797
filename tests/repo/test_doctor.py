# SPDX-License-Identifier: EUPL-1.2
"""The doctor names what is missing, how to get it, and what goes without; only an unusable Python stops it."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import doctor
from support.repository import ROOT

DOCTOR = ROOT / "deploy/doctor.py"


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine whose PATH leads to one empty folder."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(doctor, "COMPONENTS", (doctor.CHROMIUM, doctor.REDIS))
    return tmp_path


def program(folder: Path, name: str, script: str) -> Path:
    """An executable of our own on the machine's PATH."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.usefixtures("bare_machine")
def test_what_is_missing_has_its_reason_and_one_line_installs_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor.main([]) == 0
    told = capsys.readouterr().out.splitlines()
    assert doctor.CHROMIUM.skip_reason in told
    assert doctor.REDIS.skip_reason in told
    assert [line for line in told if line.endswith("--no-install-recommends chromium redis-server")]


def test_what_is_there_is_told_with_its_version(bare_machine: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program(bare_machine, "chromium", "echo Chromium 1.2.3")
    assert doctor.main([]) == 0
    assert "Chromium: Chromium 1.2.3" in capsys.readouterr().out.splitlines()


def test_root_installs_what_is_missing_by_apt(bare_machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(bare_machine, "apt-get", f'echo "$DEBIAN_FRONTEND $*" >> {bare_machine}/asked')
    assert doctor.main(["--install"]) == 0
    asked = (bare_machine / "asked").read_text().splitlines()
    install = "noninteractive install --yes --no-install-recommends chromium redis-server"
    assert asked == ["noninteractive update", install]


def test_an_ordinary_user_is_told_and_installs_nothing(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    program(bare_machine, "apt-get", f"touch {bare_machine}/asked")
    assert doctor.main(["--install"]) == 0
    assert not (bare_machine / "asked").exists()
    assert "as root: apt-get update" in capsys.readouterr().out


def test_a_failed_apt_get_is_told_and_the_rest_goes_on(
    bare_machine: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    program(bare_machine, "apt-get", "exit 100")
    assert doctor.main(["--install"]) == 0
    assert "apt-get failed" in capsys.readouterr().out


def test_an_old_python_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(doctor, "OLDEST_PYTHON", (99, 0))
    assert doctor.main(["--python-only"]) == doctor.UNUSABLE == 3
    assert "PYTHON=" in capsys.readouterr().err


def test_a_python_without_ensurepip_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", {}.get)
    assert doctor.main([]) == doctor.UNUSABLE
    assert "apt-get install python3-venv" in capsys.readouterr().err


def test_doctor_needs_nothing_but_the_standard_library() -> None:
    isolated = [sys.executable, "-I", "-S", str(DOCTOR), "--python-only"]
    assert subprocess.run(isolated, check=False).returncode == 0
