# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-casework practice`: no folder, no passphrase; it ends with Ctrl-C and leaves nothing."""

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from casework.cli.main import cli

START = "from casework.cli.main import main; main()"


@pytest.fixture
def practising(tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", Path]]:
    home = tmp_path / "home"
    command = [sys.executable, "-P", "-u", "-c", START, "--home", str(home), "practice", "--language", "nl"]
    with subprocess.Popen([*command, "--day", "2026-05-20"], stdout=subprocess.PIPE, text=True) as process:
        yield process, home
        process.kill()


def test_it_serves_until_it_is_stopped_and_leaves_nothing(
    practising: tuple["subprocess.Popen[str]", Path],
) -> None:
    process, home = practising
    assert process.stdout
    (address,) = re.findall(r"http://\S+", process.stdout.readline())
    (code,) = re.findall(r"\w{4}-\w{4}", process.stdout.readline())
    with httpx.Client(follow_redirects=True) as browser:
        door = browser.get(address)
        csrf = re.findall(r'name="csrf" value="(\w+)"', door.text)[0]
        cases = browser.post(f"{address}code", data={"csrf": csrf, "code": code})
    assert "OEFENING" in door.text
    assert "woensdag 20 mei 2026" in cases.text
    assert "Parkeerboetes die verdwijnen" in cases.text

    process.send_signal(signal.SIGINT)
    process.wait(20)
    assert not home.exists()


def test_a_day_that_is_none_is_refused() -> None:
    result = CliRunner().invoke(cli, ["practice", "--day", "2026-02-30"])
    assert result.exit_code == 2
    assert "2026-02-30" in result.output
