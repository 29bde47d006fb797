# SPDX-License-Identifier: EUPL-1.2
"""The helper that every end-to-end test leans on says why a process did not come up."""

import sys
from pathlib import Path

import pytest

from processes import ProcessError, running, start

ECHO_AND_WAIT = "import signal; print('listening on 8123', flush=True); signal.pause()"


def test_the_line_that_a_process_prints_is_waited_for(tmp_path: Path) -> None:
    process = start([sys.executable, "-c", ECHO_AND_WAIT], log=tmp_path / "log")
    try:
        assert process.wait_for_line(r"^listening on (\d+)$")[1] == "8123"
    finally:
        assert process.stop() == -15


def test_a_process_that_ends_before_it_is_ready_fails_with_its_output(tmp_path: Path) -> None:
    dying = [sys.executable, "-c", "raise SystemExit('no such desk')"]
    with (
        pytest.raises(ProcessError, match=r"code 1[^$]*no such desk"),
        running(dying, log=tmp_path / "log", ready=lambda: False),
    ):
        pass


def test_a_process_that_stays_unready_fails_and_is_stopped(tmp_path: Path) -> None:
    process = start([sys.executable, "-c", ECHO_AND_WAIT], log=tmp_path / "log")
    with pytest.raises(ProcessError, match="not ready"):
        process.wait_until(lambda: False, seconds=0.1)
    assert process.kill() == -9
    assert not process.running
