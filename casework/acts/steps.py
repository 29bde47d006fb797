# SPDX-License-Identifier: EUPL-1.2
"""The way through the protocol: leaving a step out, doing one again, reopening the case."""

from collections.abc import Iterable

from casework.acts.act import Act, Scene, asks, gives, reason, text_of, while_open
from casework.domain.case.commands import RecordDeviation, ReopenCase, ReopenStep
from casework.domain.case.events import Record
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.judge.views import StepState, StepView
from casework.domain.text import Text

_TURN = (StepState.OPEN, StepState.BLOCKED)
_BEHIND = (StepState.DONE, StepState.LEFT_OUT)


def _step_field(steps: Iterable[StepView], nl: str, en: str) -> RecordField:
    choices = tuple(
        Choice(view.step.id, Text(*(f"{view.step.id} {title}" for title in view.step.title))) for view in steps
    )
    return RecordField("step", FieldType.CHOICE, Text(nl, en), choices=choices)


def _may_leave_out(scene: Scene) -> list[StepView]:
    """Return the steps that a deviation can leave out now; the domain refuses the others."""
    flow = scene.view.assessment.flow
    called = (view for view in scene.view.assessment.to_do if flow and not flow.deviation_problem(view.step.id))
    return [view for view in called if not view.step.optional]


def _may_redo(scene: Scene) -> list[StepView]:
    flow = scene.view.assessment.flow
    return [view for view in scene.view.assessment.steps if flow and not flow.reopening_problem(view.step.id)]


def _deviation(scene: Scene) -> tuple[RecordField, ...]:
    protocol = scene.view.protocol
    authority = protocol.actors[protocol.deviation_authority] if protocol else Text("", "")
    consent = RecordField(
        "consent",
        FieldType.YES_NO,
        Text(f"Is er toestemming van: {authority.nl}?", f"Is there consent of: {authority.en}?"),
        Text("Zonder deze toestemming kan een stap niet weg.", "Without this consent no step can be left out."),
    )
    which = _step_field(_may_leave_out(scene), "Welke stap laat u weg?", "Which step do you leave out?")
    return which, reason(name="grounds"), consent


def _deviate(scene: Scene, record: Record) -> RecordDeviation:
    protocol = scene.view.protocol
    consented = protocol.deviation_authority if protocol and record["consent"] is True else ""
    return RecordDeviation(scene.by, text_of(record, "step"), text_of(record, "grounds"), consented)


def _again(scene: Scene) -> tuple[RecordField, ...]:
    which = _step_field(_may_redo(scene), "Welke stap moet over?", "Which step must be redone?")
    return which, reason("Waarom moet deze stap over?", "Why must it be redone?")


DEVIATION = Act(
    name="deviation",
    heading=Text("Een stap weglaten", "Leave a step out"),
    lead=Text(
        "Afwijken van het protocol kan alleen met een reden en met toestemming. Het staat daarna in het verslag.",
        "Deviating from the protocol needs a reason and consent. It stands in the report afterwards.",
    ),
    button=Text("Laat deze stap weg", "Leave this step out"),
    done=Text("De afwijking is vastgelegd.", "The deviation is recorded."),
    fields=_deviation,
    do=gives(_deviate),
    offered=lambda scene: while_open(scene) and bool(_may_leave_out(scene)),
)
REOPEN_STEP = Act(
    name="reopen-step",
    heading=Text("Een stap opnieuw doen", "Do a step again"),
    lead=Text(
        "Wat er eerst is vastgelegd, blijft leesbaar in de geschiedenis.",
        "What was recorded first stays readable in the history.",
    ),
    button=Text("Heropen deze stap", "Reopen this step"),
    done=Text("De stap is weer open.", "The step is open again."),
    fields=_again,
    do=gives(lambda scene, record: ReopenStep(scene.by, text_of(record, "step"), text_of(record, "reason"))),
    offered=lambda scene: while_open(scene) and bool(_may_redo(scene)),
)
REOPEN = Act(
    name="reopen",
    heading=Text("De zaak heropenen", "Reopen the case"),
    lead=Text(
        "Alles wat er al is vastgelegd, blijft staan, met de termijnen van toen.",
        "Everything that was recorded stays, with the terms as they were.",
    ),
    button=Text("Heropen de zaak", "Reopen the case"),
    done=Text("De zaak is weer open.", "The case is open again."),
    fields=asks(reason()),
    do=gives(lambda scene, record: ReopenCase(scene.by, text_of(record, "reason"))),
    offered=lambda scene: not while_open(scene),
)
