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
