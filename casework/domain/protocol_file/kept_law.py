# SPDX-License-Identifier: EUPL-1.2
"""What a file that extends another cannot take from it: the steps that answer a term of the law, and that term."""

from collections.abc import Mapping
from typing import Any

from casework.domain.errors import ProtocolFileError

_BY_LAW = ("law", "clock")
_KEPT = ("term", "optional")


def check_law_kept(own: Mapping[str, Any], base: Mapping[str, Any], file: str) -> None:
    """Raise ProtocolFileError if `own` removes a step of `base` with a term of the law, or says when it is due.

    Both are tables as TOML has them; those of `base` are in order.
    """
    by_law = [step["id"] for step in base.get("step", []) if _has_term_of_law(step)]
    for name in own.get("remove", []):
        if name in by_law:
            raise ProtocolFileError(f"{file}: the law asks for step {name}; take it out of 'remove'")
    rows = own.get("step", [])
    for row in rows if isinstance(rows, list) else []:
        changed = [key for key in _KEPT if isinstance(row, dict) and row.get("id") in by_law and key in row]
        if changed:
            raise ProtocolFileError(f"{file}, step {row['id']}: the law sets its term; leave '{changed[0]}' out")


def _has_term_of_law(step: Mapping[str, Any]) -> bool:
    terms = step.get("term", [])
    return any(key in term for term in (terms if isinstance(terms, list) else [terms]) for key in _BY_LAW)
