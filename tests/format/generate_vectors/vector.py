# SPDX-License-Identifier: EUPL-1.2
"""What a vector is; ``crypto/vectors/README.md`` says what each kind takes and gives."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Vector:
    """One scenario; ``name`` is its file name without the ending."""

    name: str
    about: str
    kind: str
    inputs: dict[str, Any]
    expect: str = "ok"
    result: dict[str, Any] | None = field(default=None)

    def text(self) -> str:
        """Return the content of the file."""
        shown = asdict(self)
        del shown["name"]
        return json.dumps(shown, indent=1, ensure_ascii=True) + "\n"


def malformed(kind: str, name: str, about: str, payload: bytes) -> Vector:
    """Return the refusal of a payload that has another shape than its type."""
    inputs = {"type": f"meldkluis/{kind}/v1", "payload": payload.decode()}
    return Vector(f"payload-{kind}-{name}", about, "payload", inputs, "encoding")
