# SPDX-License-Identifier: EUPL-1.2
"""The history of a case in words: what each entry of its log says, with the texts and records that belong to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casework.domain.case import events
from casework.domain.case.event_json import day_or_none
from casework.domain.case.records import FieldType, RecordField
from casework.domain.protocol.model import InvestigationProtocol
from casework.i18n import Translator
from casework.views.answers import Passage, answers
from casework.views.cases import CaseView
from casework.views.entries import TimelineItem
from casework.views.labels import FEEDBACK_OUTCOMES, WITHDRAWAL_OUTCOMES, received_title


@dataclass(frozen=True, slots=True)
class Line:
    """What one entry says: what happened, and the texts in it. `mark` names a page's icon."""

    item: TimelineItem
    headline: str
    mark: str
    passages: tuple[Passage, ...]


def tell(view: CaseView, item: TimelineItem, say: Translator) -> Line:
    """Return what an entry of a case's history says; of a report only that it came."""
    teller = _TELLERS.get(type(item.event))
    headline, mark = teller(item.event, view.protocol, say) if teller else (say("Unreadable entry"), "void")
    return Line(item, headline, mark, (*_texts(item, say), *_record(item, view.protocol, say)))


def _texts(item: TimelineItem, say: Translator) -> tuple[Passage, ...]:
    return () if item.kind == "report_received" else answers(item.texts, say)


def _record(item: TimelineItem, protocol: InvestigationProtocol | None, say: Translator) -> tuple[Passage, ...]:
    """Return the record of a step, its grounds, or a note: what a member wrote."""
    event = item.event
    if isinstance(event, events.StepCompleted):
        return step_record(event, protocol, say)
    named = (
        ("told", "What was told"),
        ("explanation", "Explanation"),
        ("grounds", "Grounds"),
        ("reason", "Reason"),
        ("ground", "Grounds"),
        ("decided_by", "Decided by"),
        ("remarks", "Remarks"),
        ("alone", "Why one member judged it alone"),
    )
    found = [(label, getattr(event, name, "")) for name, label in named]
    if isinstance(event, events.NoteAdded):
        found = [("Note", event.text)]
    if isinstance(event, events.MessageWritten):
        return ()
    return tuple(Passage(say(label), text) for label, text in found if text)


def step_record(
    event: events.Event | events.Unread, protocol: InvestigationProtocol | None, say: Translator
) -> tuple[Passage, ...]:
    """Return what a completed step recorded; nothing for another event."""
    if not isinstance(event, events.StepCompleted):
        return ()
    step = protocol.steps.get(event.step) if protocol else None
    fields = {field.name: field for field in step.record} if step else {}
    outcome = step.option(event.option) if step else None
    passages = [Passage(say("Outcome"), say.text(outcome.label))] if outcome else []
    for name, value in event.record.items():
        label = say.text(fields[name].label) if name in fields else name
        passages.append(Passage(label, _value(value, fields.get(name), say)))
    return tuple(passages)


def _value(value: events.RecordValue, field: RecordField | None, say: Translator) -> str:
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    labels = {choice.value: say.text(choice.label) for choice in field.choices} if field else {}
    if isinstance(value, tuple):
        texts = (labels.get(one, one) if isinstance(one, str) else _row(one, field, say) for one in value)
        return ("\n" if field and field.type is FieldType.ROWS else ", ").join(texts)
    if field and field.type is FieldType.DAY:
        return _day(value, say)
    return labels.get(value, value)


def _day(value: str, say: Translator) -> str:
    """Return a day that stands in a record, in words; what is no day stands for itself."""
    day = day_or_none(value)
    return say.weekday(day) if day else value


def _row(row: events.Row, field: RecordField | None, say: Translator) -> str:
    columns = {column.name: column for column in field.columns} if field else {}
    cells = ((say.text(columns[name].label) if name in columns else name, name, value) for name, value in row.items())
    return "; ".join(f"{label}: {_value(value, columns.get(name), say)}" for label, name, value in cells)


Teller = Callable[[Any, InvestigationProtocol | None, Translator], tuple[str, str]]


def _plain(message: str, mark: str) -> Teller:
    return lambda _event, _protocol, say: (say(message), mark)


def _step(message: str, mark: str) -> Teller:
    def teller(event: Any, protocol: InvestigationProtocol | None, say: Translator) -> tuple[str, str]:
        step = protocol.steps.get(event.step) if protocol else None
        title = f"{event.step} {say.text(step.title)}" if step else event.step
        return say(message, step=title), mark

    return teller


def _written(event: events.MessageWritten, _protocol: object, say: Translator) -> tuple[str, str]:
    if event.kind == "feedback":
        return say("Final feedback to the reporter" if event.final else "Interim feedback to the reporter"), "out"
    return say(KIND_TITLES.get(event.kind, KIND_TITLES["message"])), "out"


def _placed(event: events.MessagePlaced, _protocol: object, say: Translator) -> tuple[str, str]:
    return say("The message reached the reporter on {day}", day=say.weekday(event.placed)), "placed"


def _registered(event: events.CaseRegistered, _protocol: object, say: Translator) -> tuple[str, str]:
    return say("Entered in the register as {number}", number=f"{event.number} {event.title}".strip()), "register"


def _pinned(event: events.ProtocolPinned, protocol: InvestigationProtocol | None, say: Translator) -> tuple[str, str]:
    title = say.text(protocol.title) if protocol else event.protocol
    headline = say("The case follows the protocol “{title}”, version {version}", title=title, version=event.version)
    return headline, "register"


def _declared(event: events.ConflictDeclared, _protocol: object, say: Translator) -> tuple[str, str]:
    return say("Declared to have an interest" if event.conflict else "Declared to have no interest"), "declared"


def _received(event: events.MessageReceived, _protocol: object, say: Translator) -> tuple[str, str]:
    return say(received_title(event)), "in"


_OUTCOMES: Mapping[str, Mapping[str, str]] = {
    "feedback_impossible": FEEDBACK_OUTCOMES,
    "withdrawal": WITHDRAWAL_OUTCOMES,
}


def _decided(event: events.DecisionTaken, _protocol: object, say: Translator) -> tuple[str, str]:
    outcome = _OUTCOMES.get(event.about, {}).get(event.outcome)
    return say("Decision: {outcome}", outcome=say(outcome) if outcome else event.outcome), "register"


KIND_TITLES: Mapping[str, str] = {
    "acknowledgement": "Acknowledgement to the reporter",
    "question": "Question to the reporter",
    "message": "Message to the reporter",
    "feedback": "Feedback to the reporter",
    "transcript": "Written account to the reporter",
}
_TELLERS: Mapping[type, Teller] = {
    events.ReportReceived: _plain("Report received", "in"),
    events.CaseRegistered: _registered,
    events.ProtocolPinned: _pinned,
    events.MessageReceived: _received,
    events.MailboxDeleted: _plain("The reporter deleted the mailbox", "in"),
    events.MessageWritten: _written,
    events.MessagePlaced: _placed,
    events.StepCompleted: _step("Step done: {step}", "step"),
    events.StepReopened: _step("Step reopened: {step}", "step"),
    events.DeviationRecorded: _step("Step left out: {step}", "step"),
    events.ConflictDeclared: _declared,
    events.MemberExcluded: _plain("A member was excluded", "declared"),
    events.MemberReadmitted: _plain("A member may take part again", "declared"),
    events.DecisionTaken: _decided,
    events.NoteAdded: _plain("Note", "note"),
    events.HoldPlaced: _plain("Legal hold: nothing may be destroyed", "register"),
    events.HoldLifted: _plain("The legal hold ended", "register"),
    events.DisclosureMade: _plain("Told outside because of danger to life", "declared"),
    events.DisclosureReviewed: _plain("A disclosure was judged", "declared"),
    events.ReportsJoined: _plain("Joined with another case", "register"),
    events.JoiningUndone: _plain("Apart from another case again", "register"),
    events.CaseSplit: _plain("Split into more cases", "register"),
    events.CaseClosed: _plain("Case closed", "step"),
    events.CaseReopened: _plain("Case reopened", "step"),
}
