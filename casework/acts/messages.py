# SPDX-License-Identifier: EUPL-1.2
"""What a reporter without a mailbox was told: by post, e-mail, telephone or in person."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from casework.acts.act import Act, Scene, gives, text_of, while_open
from casework.domain.case.commands import TellReporter
from casework.domain.case.events import Record
from casework.domain.case.messages import FEEDBACK_FIELDS
from casework.domain.case.records import Choice, Condition, FieldType, RecordField, When
from casework.domain.case.state import Report
from casework.domain.text import Text
from casework.service.drafts import write_command
from casework.views.drafts import MessageDraft

_KINDS: Mapping[str, Text] = {
    "acknowledgement": Text("Ontvangstbevestiging", "Acknowledgement of receipt"),
    "feedback": Text("Terugkoppeling", "Feedback"),
    "question": Text("Een vraag", "A question"),
    "message": Text("Een ander bericht", "Another message"),
}
_WAY = RecordField(
    "way",
    FieldType.CHOICE,
    Text("Hoe hoorde de melder dit?", "How was the reporter told?"),
    choices=(
        Choice("post", Text("Met een brief", "By letter")),
        Choice("email", Text("Met een e-mail", "By e-mail")),
        Choice("phone", Text("Aan de telefoon", "By telephone")),
        Choice("in_person", Text("In een gesprek", "In a conversation")),
    ),
)
_TOLD = RecordField(
    "told",
    FieldType.DAY,
    Text("Op welke dag?", "On which day?"),
    Text(
        "De dag waarop u de brief of e-mail verstuurde, of de melder sprak. Met deze dag rekenen de termijnen.",
        "The day on which you sent the letter or e-mail, or spoke to the reporter. The terms count with this day.",
    ),
    when=When.PAST,
)
_TEXT = RecordField(
    "text",
    FieldType.LONG_TEXT,
    Text("Wat schreef of vertelde u?", "What did you write or say?"),
    Text("De tekst van de brief, of de kern van het gesprek.", "The text of the letter, or the gist of the talk."),
)
_ONLY_FEEDBACK = Condition("kind", ("feedback",))
_FEEDBACK = tuple(replace(field, only_if=_ONLY_FEEDBACK) for field in FEEDBACK_FIELDS if field.name != _TEXT.name)


def _without_mailbox(scene: Scene) -> Report | None:
    return next((report for report in scene.view.case.own_reports if not report.has_mailbox), None)


def _fields(scene: Scene) -> tuple[RecordField, ...]:
    report = _without_mailbox(scene)
    kinds = [kind for kind in _KINDS if kind != "acknowledgement" or not (report and report.acknowledged)]
    choices = tuple(Choice(kind, _KINDS[kind]) for kind in kinds)
    which = RecordField("kind", FieldType.CHOICE, Text("Wat was het?", "What was it?"), choices=choices)
    return which, _WAY, _TOLD, _TEXT, *_FEEDBACK


def _told(scene: Scene, record: Record) -> TellReporter:
    report = _without_mailbox(scene)
    draft = MessageDraft.from_record(text_of(record, "kind"), record)
    written = write_command(scene.by, scene.view.case, draft, ())
    message = replace(written, report=report.received.report if report else "")
    return TellReporter(scene.by, message, text_of(record, "way"), date.fromisoformat(text_of(record, "told")))


TELL = Act(
    name="tell",
    heading=Text("Vastleggen wat u de melder liet weten", "Record what you told the reporter"),
    lead=Text(
        "Deze melder heeft geen postbus, of niet meer. Schrijf, bel of spreek de melder eerst, en leg dat daarna hier "
        "vast. Meldkluis verstuurt niets.",
        "This reporter has no mailbox, or no longer. First write, call or speak to the reporter, and then record that "
        "here. Meldkluis sends nothing.",
    ),
    button=Text("Leg dit vast", "Record this"),
    done=Text("Vastgelegd wat u de melder liet weten.", "What you told the reporter is recorded."),
    fields=_fields,
    do=gives(_told),
    offered=lambda scene: while_open(scene) and _without_mailbox(scene) is not None,
)
