# SPDX-License-Identifier: EUPL-1.2
"""The terms of a step: by which rules of a term it is to be done, and from which moment they run."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from casework.domain.terms.term import TermRule


class StartPoint(StrEnum):
    """A moment that messages make: every acknowledgement placed, a question placed, final feedback given."""

    ACKNOWLEDGED = "acknowledged"
    QUESTION_PLACED = "question_placed"
    FEEDBACK_GIVEN = "feedback_given"


class FieldOf(NamedTuple):
    """A field of the newest record of a step; a file writes it as "A13.verzonden_op"."""

    step: str
    field: str


@dataclass(frozen=True, slots=True)
class StepTerm:
    """A term of a step.

    `rules` are more than one where the step is done several times: the first completion after the start has the first
    rule, and so on. `start` is a step's id (the day it was done), a moment that messages make, or a day in a record.
    `stops_on` is a day field of the step's own record, else the day of recording meets the term. The term holds only if
    the yes_no field `when` was answered yes. Once the step `latest` was done, nothing is postponed any more.
    """

    rules: tuple[TermRule, ...]
    start: str | StartPoint | FieldOf
    stops_on: str | None
    when: FieldOf | None
    latest: str | None


class Extension(NamedTuple):
    """That completing a step extends the term of another, by a rule of law that is code (`terms.law`)."""

    step: str
    law: str
