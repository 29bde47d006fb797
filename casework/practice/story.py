# SPDX-License-Identifier: EUPL-1.2
"""One case of the invented year, as a file of `year/` tells it.

    protocol = "A_ambtenaren"       the id of a shipped protocol
    number, title                   the register line
    opened = 2026-01-13             the day on which the case was opened, if that is not the day of receipt
    [report]                        channel, received; forwarded, language, excluded; part_of, where it was split off
    [report.answers]                what the reporter answered on the page; of another channel, `what` is the account
    [[act]]                         on (day), by (the trainee, if nobody is named), does, and the fields of that

`does` is the name of a command of the domain, CompleteStep where none is named; the other keys are its fields. Four
have a shape of their own: WriteMessage is placed on the same day (`way` says how), `name` is what a later act calls
it by; ReceiveMessage has the signed `kind` and `answers`, and `about` names a message; the record of a CompleteStep
holds what matters, and `usual.toml` the rest; FollowProtocol has `protocol`, an id, and `reason`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from casework.practice.committee import TRAINEE


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does on a day: the name of a command, and its fields."""

    day: date
    by: str
    does: str
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Story:
    """A case as it went: the report, the register line, and what was done, in order."""

    id: str
    protocol: str
    number: str
    title: str
    opened: date
    report: Mapping[str, Any]
    acts: tuple[Act, ...]


@cache
def invented_year() -> tuple[Story, ...]:
    """Return every story of the year, in the order of the files' names."""
    found = sorted(path.name for path in files(__package__).joinpath("year").iterdir() if path.name.endswith(".toml"))
    return tuple(_story(name.removesuffix(".toml")) for name in found)


@cache
def usual_words() -> Mapping[str, str]:
    """Return what a field of a record says where a story says nothing else, by the field's name."""
    words: Mapping[str, str] = tomllib.loads(files(__package__).joinpath("usual.toml").read_text(encoding="utf-8"))
    return words


def _story(name: str) -> Story:
    told = _flowing(tomllib.loads(files(__package__).joinpath("year", f"{name}.toml").read_text(encoding="utf-8")))
    report = told["report"]
    return Story(
        id=name,
        protocol=told["protocol"],
        number=told["number"],
        title=told["title"],
        opened=told.get("opened", report["received"]),
        report=report,
        acts=tuple(sorted((_act(dict(act)) for act in told["act"]), key=lambda act: act.day)),
    )


def _act(told: dict[str, Any]) -> Act:
    return Act(told.pop("on"), told.pop("by", TRAINEE), told.pop("does", "CompleteStep"), told)


def _flowing(told: Any) -> Any:
    """Return what a file tells with its line ends as spaces: nobody who types in a form ends lines by hand."""
    if isinstance(told, dict):
        return {name: _flowing(value) for name, value in told.items()}
    if isinstance(told, list):
        return [_flowing(value) for value in told]
    return " ".join(told.split("\n")).strip() if isinstance(told, str) else told
