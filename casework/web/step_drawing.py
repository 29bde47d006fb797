# SPDX-License-Identifier: EUPL-1.2
"""The protocol of a case as a picture, with how each step stands and a link to its page."""

from collections.abc import Iterator, Mapping
from datetime import date

from markupsafe import Markup

from casework.domain.judge.views import StepState, StepView
from casework.drawing.cards import Mark
from casework.drawing.svg import draw_map
from casework.views.cases import CaseView
from casework.web.wording import Wording


def drawing(view: CaseView, pages: Mapping[str, str], words: Wording) -> Markup | None:
    """Return the picture, or None where the case's protocol is not at hand; `pages` are the steps' pages, by id."""
    if view.protocol is None or not view.assessment.steps:
        return None
    marks = {
        step.step.id: Mark(step.state.value, " · ".join(_standing(step, words)), pages.get(step.step.id))
        for step in view.assessment.steps
    }
    # The picture's texts were escaped when it was made.
    return Markup(draw_map(view.protocol, words.language, marks))  # noqa: S704


def _standing(step: StepView, words: Wording) -> Iterator[str]:
    """Yield how a step stands, and on or by which day; nothing for one whose turn comes later."""
    match step.state:
        case StepState.DONE:
            yield words.say("done")
            if day := _done_on(step):
                yield _together(words.short_day(day))
        case StepState.LEFT_OUT:
            yield words.say("left out")
        case StepState.OPEN if step.step.optional:
            yield words.say("possible now")
        case StepState.OPEN:
            yield words.say("its turn")
        case StepState.BLOCKED:
            yield words.say("its turn, but blocked")
    if step.clock and step.clock.stopped is None and step.state in (StepState.OPEN, StepState.BLOCKED):
        yield _together(words.say("by {day}", day=words.short_day(step.clock.due)))


def _done_on(step: StepView) -> date | None:
    """Return the day on which a step was recorded, or its clock stopped."""
    if step.completions:
        return step.completions[-1].day
    return step.clock.stopped if step.clock else None


def _together(text: str) -> str:
    """Return a text that stays on one line."""
    return text.replace(" ", "\u00a0")
