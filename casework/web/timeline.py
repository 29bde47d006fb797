# SPDX-License-Identifier: EUPL-1.2
"""The history of a case in words: one line per entry of its log, with the texts and records that belong to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from casework.domain.case import events
from casework.domain.case.records import FieldType, RecordField
from casework.domain.protocol.model import InvestigationProtocol
from casework.views.answers import Passage, answers
from casework.views.cases import CaseView
from casework.views.entries import TimelineItem
from casework.views.labels import WITHDRAWAL_OUTCOMES, received_title
from casework.web.wording import Wording

_MESSAGES = ("message_received", "message_written")
FOLDED_TO = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: what happened, and the texts in it. `mark` names the icon."""

    item: TimelineItem
    headline: str
    mark: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines that a page shows, and how many there are in all."""

    shown: tuple[Line, ...]
    total: int

    @property
    def folded(self) -> bool:
        """Whether older ones are left out."""
        return len(self.shown) < self.total


def history(view: CaseView, words: Wording, *, everything: bool) -> Lines:
    """Return the newest entries, or all, the newest first."""
    newest = _newest(view.timeline, everything=everything)
    return Lines(tuple(_line(view, item, words) for item in reversed(newest)), len(view.timeline))


def messages(view: CaseView, words: Wording, *, everything: bool) -> Lines:
    """Return the newest messages between reporter and committee, or all, the oldest first; not the report itself."""
    exchanged = [item for item in view.timeline if _is_said(item)]
    newest = _newest(exchanged, everything=everything)
    return Lines(tuple(_line(view, item, words) for item in newest), len(exchanged))


def _is_said(item: TimelineItem) -> bool:
    if isinstance(item.event, events.MessageReceived) and item.event.kind == "files":
        return False
    return item.kind in _MESSAGES and item.problem is None


def _newest(items: Sequence[TimelineItem], *, everything: bool) -> Sequence[TimelineItem]:
    return items if everything else items[-FOLDED_TO:]


def _line(view: CaseView, item: TimelineItem, words: Wording) -> Line:
    teller = _TELLERS.get(type(item.event))
    headline, mark = teller(item.event, view.protocol, words) if teller else (words.say("Unreadable entry"), "void")
    return Line(item, headline, mark, (*_texts(item, words), *_record(item, view.protocol, words)))


def _texts(item: TimelineItem, words: Wording) -> tuple[Passage, ...]:
    return () if item.kind == "report_received" else answers(item.texts, words.say)


def _record(item: TimelineItem, protocol: InvestigationProtocol | None, words: Wording) -> tuple[Passage, ...]:
    """Return the record of a step, its grounds, or a note: what a member wrote."""
    event = item.event
    if isinstance(event, events.StepCompleted):
        return step_record(event, protocol, words)
    named = (
        ("told", "What was told"),
        ("explanation", "Explanation"),
        ("grounds", "Grounds"),
        ("reason", "Reason"),
        ("ground", "Grounds"),
        ("remarks", "Remarks"),
    )
    found = [(label, getattr(event, name, "")) for name, label in named]
    if isinstance(event, events.NoteAdded):
        found = [("Note", event.text)]
    if isinstance(event, events.MessageWritten):
        return ()
    return tuple(Passage(words.say(label), text) for label, text in found if text)


def step_record(
    event: events.Event | events.Unread, protocol: InvestigationProtocol | None, words: Wording
) -> tuple[Passage, ...]:
    """Return what a completed step recorded; nothing for another event."""
    if not isinstance(event, events.StepCompleted):
        return ()
    step = protocol.steps.get(event.step) if protocol else None
    fields = {field.name: field for field in step.record} if step else {}
    outcome = step.option(event.option) if step else None
    passages = [Passage(words.say("Outcome"), words.text(outcome.label))] if outcome else []
    for name, value in event.record.items():
        label = words.text(fields[name].label) if name in fields else name
        passages.append(Passage(label, _value(value, fields.get(name), words)))
    return tuple(passages)


def _value(value: events.RecordValue, field: RecordField | None, words: Wording) -> str:
    if isinstance(value, bool):
        return words.say("Yes") if value else words.say("No")
    labels = {choice.value: words.text(choice.label) for choice in field.choices} if field else {}
    if isinstance(value, tuple):
        texts = (labels.get(one, one) if isinstance(one, str) else _row(one, field, words) for one in value)
        return ("\n" if field and field.type is FieldType.ROWS else ", ").join(texts)
    if field and field.type is FieldType.DAY:
        return words.day_from(value)
    return labels.get(value, value)


def _row(row: events.Row, field: RecordField | None, words: Wording) -> str:
    columns = {column.name: column for column in field.columns} if field else {}
    cells = ((words.text(columns[name].label) if name in columns else name, name, value) for name, value in row.items())
    return "; ".join(f"{label}: {_value(value, columns.get(name), words)}" for label, name, value in cells)


Teller = Callable[[Any, InvestigationProtocol | None, Wording], tuple[str, str]]


def _plain(message: str, mark: str) -> Teller:
    return lambda _event, _protocol, words: (words.say(message), mark)


def _step(message: str, mark: str) -> Teller:
    def tell(event: Any, protocol: InvestigationProtocol | None, words: Wording) -> tuple[str, str]:
        step = protocol.steps.get(event.step) if protocol else None
        title = f"{event.step} {words.text(step.title)}" if step else event.step
        return words.say(message, step=title), mark

    return tell


def _written(event: events.MessageWritten, _protocol: object, words: Wording) -> tuple[str, str]:
    if event.kind == "feedback":
        return words.say("Final feedback to the reporter" if event.final else "Interim feedback to the reporter"), "out"
    return words.say(KIND_TITLES.get(event.kind, KIND_TITLES["message"])), "out"


def _placed(event: events.MessagePlaced, _protocol: object, words: Wording) -> tuple[str, str]:
    return words.say("The message reached the reporter on {day}", day=words.day(event.placed)), "placed"


def _registered(event: events.CaseRegistered, _protocol: object, words: Wording) -> tuple[str, str]:
    return words.say("Entered in the register as {number}", number=f"{event.number} {event.title}".strip()), "register"


def _pinned(event: events.ProtocolPinned, protocol: InvestigationProtocol | None, words: Wording) -> tuple[str, str]:
    title = words.text(protocol.title) if protocol else event.protocol
    headline = words.say(
        "The case follows the protocol “{title}”, version {version}", title=title, version=event.version
    )
    return headline, "register"


def _declared(event: events.ConflictDeclared, _protocol: object, words: Wording) -> tuple[str, str]:
    return words.say("Declared to have an interest" if event.conflict else "Declared to have no interest"), "declared"


def _received(event: events.MessageReceived, _protocol: object, words: Wording) -> tuple[str, str]:
    return words.say(received_title(event)), "in"


def _decided(event: events.DecisionTaken, _protocol: object, words: Wording) -> tuple[str, str]:
    outcome = WITHDRAWAL_OUTCOMES.get(event.outcome) if event.about == "withdrawal" else None
    return words.say("Decision: {outcome}", outcome=words.say(outcome) if outcome else event.outcome), "register"


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
