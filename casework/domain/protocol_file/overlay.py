# SPDX-License-Identifier: EUPL-1.2
"""A protocol file that extends another says only what differs."""

from collections.abc import Mapping
from typing import Any

_LISTS = ("step", "exit")


def overlay(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """Return the tables of `base` with those of `own` laid over them.

    Keys on top replace; `actors` are added to. A step or exit with a known id gets the keys that `own` gives it, one
    with a new id comes after the one before it in `own`, or at the end where none is, and those whose ids stand in
    `remove` go. Nothing is judged here: the result is read as any file.
    """
    remove = own.get("remove", [])
    rest = {key: value for key, value in own.items() if key not in (*_LISTS, "actors", "remove")}
    merged = {**base, **rest, "actors": _added(base.get("actors"), own.get("actors"))}
    for key in _LISTS:
        merged[key] = _merged(base.get(key), own.get(key), remove)
    return merged


def _added(base: object, own: object) -> object:
    if isinstance(base, dict) and isinstance(own, dict):
        return {**base, **own}
    return base if own is None else own


def _merged(base: object, own: object, remove: object) -> object:
    if own is not None and not isinstance(own, list):
        return own
    gone = remove if isinstance(remove, list) else []
    rows = [row for row in base if row.get("id") not in gone] if isinstance(base, list) else []
    place = len(rows)
    for row in own or []:
        if not isinstance(row, dict):
            return own
        found = [number for number, known in enumerate(rows) if known.get("id") == row.get("id")]
        if found:
            rows[found[0]] = {**rows[found[0]], **row}
        else:
            rows.insert(place, row)
        place = (found[0] if found else place) + 1
    return rows
