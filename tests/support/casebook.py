# SPDX-License-Identifier: EUPL-1.2
"""A case that tests drive by commands: every accepted command's events are appended, as the tool would."""

from collections.abc import Mapping
from datetime import date, timedelta
from types import MappingProxyType

from casework.domain.case.commands import (
    Command,
    CompleteStep,
    DeclareConflict,
    OpenCase,
    PlaceMessage,
    WriteMessage,
)
from casework.domain.case.events import Entry, Event, RecordValue, ReportReceived, Row
from casework.domain.case.fold import fold
from casework.domain.case.records import FieldType, RecordField, When
from casework.domain.case.state import Case
from casework.domain.errors import Refused
from casework.domain.judge.assess import Assessment, assess
from casework.domain.judge.decide import decide
from casework.domain.judge.views import StepView
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import shipped_protocols

PROTOCOL = shipped_protocols()["A_ambtenaren"]
D = date.fromisoformat
ANNA, BRAM, CARLA = "member-a", "member-b", "member-c"
REPORT = "mailbox-1"
REASON = "Because of what the report says."

DISMISSED = (("A03", "niet_in_behandeling"), ("A05", None), ("A06", "sepot"), ("A10", "uitzondering"))
AFTERWARDS = (("A19", "contact_gehad"), ("A19", "afgerond"), ("A20", None))


_PLAIN: dict[FieldType, RecordValue] = {
    FieldType.YES_NO: False,
    FieldType.MEMBERS: (ANNA,),
    FieldType.HASH: "0f" * 32,
    FieldType.TEXT: REASON,
    FieldType.LONG_TEXT: REASON,
}


def web_report(received: str = "2026-11-21", report: str = REPORT, *, receipt_is_ack: bool = False) -> ReportReceived:
    return ReportReceived(
        report=report,
        mailbox=report,
        channel="web",
        received=D(received),
        forwarded=None,
        statement="signed head",
        ciphertext_hash="00" * 32,
        file_keys={"report": "key"},
        account=None,
        receipt_is_ack=receipt_is_ack,
    )


def told_report(received: str, channel: str = "post", forwarded: str | None = None) -> ReportReceived:
    return ReportReceived(
        report="told-1",
        mailbox=None,
        channel=channel,
        received=D(received),
        forwarded=D(forwarded) if forwarded else None,
        statement=None,
        ciphertext_hash=None,
        file_keys={},
        account="What the letter says.",
        receipt_is_ack=False,
    )


def filled_in(
    fields: tuple[RecordField, ...],
    option: str | None,
    on: str = "2026-11-24",
    facts: Mapping[str, RecordValue] = MappingProxyType({}),
) -> dict[str, RecordValue]:
    """A record, written on that day, with these facts and a fitting value for all else that they make necessary.

    Days are the day of writing, or four weeks later where they must come; what needs a reason has one.
    """
    record = dict(facts)
    for field in fields:
        if field.name in record or not field.applies(option, record) or field.may_stay_empty(record):
            continue
        record[field.name] = _value(field, D(on))
        if field.earliest and field.earliest.unless:
            record[field.earliest.unless] = REASON
    return record


def _value(field: RecordField, on: date) -> RecordValue:
    if field.type is FieldType.DAY:
        return (on + timedelta(weeks=4) if field.when is When.COMING else on).isoformat()
    if field.choices:
        first = field.choices[0].value
        return (first,) if field.type is FieldType.CHOICES else first
    return (_row(field, on),) if field.columns else _PLAIN[field.type]


def _row(field: RecordField, on: date) -> Row:
    cells = filled_in(field.columns, None, on.isoformat())
    return {name: cell for name, cell in cells.items() if isinstance(cell, str | bool)}


class Casebook:
    """One case's log. `on` is the day of appending; `do` appends or raises Refused."""

    def __init__(
        self,
        report: ReportReceived | None = None,
        *,
        on: str | None = None,
        protocol: InvestigationProtocol = PROTOCOL,
    ) -> None:
        self.protocol = protocol
        self.split_off = False
        self.entries: list[Entry] = []
        opened = report or web_report()
        self.do(OpenCase(ANNA, opened, "2026-001", "Bills"), on=on or opened.received.isoformat())

    def __repr__(self) -> str:
        return "\n".join(f"{entry.seq} {entry.author} {entry.event}" for entry in self.entries)

    @property
    def case(self) -> Case:
        return fold(self.entries)

    def append(self, event: Event, on: str, by: str = ANNA) -> None:
        """Append without asking anybody, as a faulty tool would."""
        self.entries.append(Entry(len(self.entries), D(on), by, event))

    def do(self, command: Command, *, on: str) -> list[Event]:
        events = decide(self.case, self.protocol, command, D(on))
        for event in events:
            self.append(event, on, command.by)
        return events

    def refusal(self, command: Command, *, on: str = "2026-11-25") -> str:
        try:
            decide(self.case, self.protocol, command, D(on))
        except Refused as refused:
            return refused.code if all(refused.text) else "refused without a sentence"
        return "accepted"

    def judged(self, on: str) -> Assessment:
        return assess(self.protocol, self.case, D(on), split_off=self.split_off)

    def closing(self, on: str) -> StepView:
        """How the step that closes the case stands."""
        return self.judged(on).step(PROTOCOL.closing.id)

    def write(self, kind: str, *, on: str, final: bool = False) -> str:
        message = f"message-{len(self.entries)}"
        content = ("We believe it.", "some", "An inquiry.", "What we found.") if kind == "feedback" else ("",) * 4
        report = next(iter(self.case.reports))
        self.do(WriteMessage(ANNA, message, report, kind, "Dear reporter", *content, final), on=on)
        return message

    def send(self, kind: str, *, on: str, final: bool = False) -> None:
        """Write a message and place it the same day."""
        message = self.write(kind, on=on, final=final)
        web = next(iter(self.case.reports.values())).received.mailbox is not None
        entry = (len(self.entries), "head") if web else (None, None)
        self.do(PlaceMessage(ANNA, message, "mailbox" if web else "post", D(on), *entry), on=on)

    def complete(self, step: str, option: str | None = None, *, on: str, by: str = ANNA, **facts: RecordValue) -> None:
        """Complete a step with a record that has these facts."""
        self.do(self.completion(step, option, on=on, by=by, **facts), on=on)

    def completion(
        self, step: str, option: str | None = None, *, on: str, by: str = ANNA, **facts: RecordValue
    ) -> CompleteStep:
        """The command that completes a step with a record that has these facts."""
        return CompleteStep(by, step, filled_in(self.protocol.steps[step].record, option, on, facts), option)

    def through_conflict_check(self, *, on: str = "2026-11-23") -> "Casebook":
        """Acknowledge, register and declare: the case stands at triage. A part has nobody to acknowledge to."""
        if self.case.own_reports:
            self.send("acknowledgement", on=on)
        self.complete("A01", on=on)
        self.do(DeclareConflict(ANNA, conflict=False), on=on)
        self.complete("A02", on=on)
        return self

    def dismissed(self) -> "Casebook":
        """Walk on from the conflict check to where only closing is left, without an investigation."""
        for step, option in DISMISSED:
            self.complete(step, option, on="2026-11-24")
        if self.case.own_reports:
            self.send("feedback", on="2026-11-25", final=True)
        for step, option in AFTERWARDS:
            self.complete(step, option, on="2026-11-25")
        return self

    def closed(self) -> "Casebook":
        """Walk all the way to a closed case, without an investigation."""
        self.through_conflict_check().dismissed().complete("A21", on="2026-11-25")
        return self
