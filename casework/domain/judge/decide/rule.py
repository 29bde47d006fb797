# SPDX-License-Identifier: EUPL-1.2
"""What decides a command: it returns the events that follow, or raises Refused."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from casework.domain.case.events import Event
from casework.domain.case.state import Case
from casework.domain.errors import Problem, Refused
from casework.domain.problems import needs_text
from casework.domain.protocol.model import InvestigationProtocol

Rule = Callable[[Case, InvestigationProtocol, Any, date], list[Event]]
Rules = Mapping[type, Rule]
"""By type of command."""


def refuse(problem: Problem | None) -> None:
    """Raise Refused if there is a problem."""
    if problem:
        raise Refused(problem)


def need(text: str, nl: str, en: str) -> None:
    """Raise Refused if a text, named in both languages, was left empty."""
    refuse(None if text.strip() else needs_text(nl, en))
