# SPDX-License-Identifier: EUPL-1.2
"""Writes ``crypto/vectors`` and the examples in the documents, or with ``--check`` says what would change.

Run it as ``PYTHONPATH=tests python -m format.generate_vectors``.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from format.generate_vectors import (
    attached,
    blobs,
    cases,
    deletions,
    desks,
    encodings,
    examples,
    histories,
    identifiers,
    mailboxes,
    messages,
    raw,
    reports,
    requests,
)
from format.generate_vectors.vector import Vector

VECTORS = Path(__file__).parents[3] / "crypto" / "vectors"
MODULES = (
    encodings,
    identifiers,
    desks,
    histories,
    requests,
    reports,
    messages,
    mailboxes,
    blobs,
    attached,
    deletions,
    cases,
)


def generate() -> Iterator[Vector]:
    """Yield all vectors."""
    for module in MODULES:
        yield from module.vectors()


def wanted() -> dict[Path, str]:
    """Return what every generated file should hold."""
    files: dict[Path, str] = {}
    for vector in generate():
        path = VECTORS / f"{vector.name}.json"
        if path in files:
            raise ValueError(f"two vectors have the name {vector.name}")
        files[path] = vector.text()
    files |= examples.documents()
    files[raw.STANZAS] = json.dumps(dict(sorted(raw.used_stanzas.items())), indent=0) + "\n"
    return files


def differences(files: dict[Path, str]) -> list[str]:
    """Return the names of files that are missing, different or left over."""
    paths = {*files, *VECTORS.glob("*.json")}
    there = {path: path.read_text("utf-8") for path in paths if path.exists()}
    return sorted(path.name for path in files.keys() | there.keys() if files.get(path) != there.get(path))


def main() -> int:
    files = wanted()
    changed = differences(files)
    print("\n".join(changed) or "nothing changes")
    if "--check" in sys.argv:
        return bool(changed)
    for path in VECTORS.glob("*.json"):
        if path not in files:
            path.unlink()
    for path, text in files.items():
        path.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
