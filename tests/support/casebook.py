# SPDX-License-Identifier: EUPL-1.2
"""A case that tests drive by commands: every accepted command's events are appended, as the tool would."""

from datetime import date

from casework.domain.case.commands import (
    Command,
    CompleteStep,
    DeclareConflict,
    OpenCase,
    PlaceMessage,
    WriteMessage,
)
from casework.domain.case.events import Entry, Event, Record, ReportReceived
from casework.domain.case.fold import fold
from casework.domain.case.records import FieldType, RecordField
from casework.domain.case.state import Case
from casework.domain.errors import Refused
from casework.domain.judge.assess import Assessment, StepView, assess
from casework.domain.judge.decide import decide
from casework.protocols import shipped_protocols

PROTOCOL = shipped_protocols()["A_ambtenaren"]
D = date.fromisoformat
ANNA, BRAM, CARLA = "member-a", "member-b", "member-c"
REPORT = "mailbox-1"

DISMISSED = (("A03", "niet_in_behandeling"), ("A05", None), ("A06", "sepot"))
AFTERWARDS = (("A19", "contact_gehad"), ("A19", "afgerond"), ("A20", None))


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


def filled_in(fields: tuple[RecordField, ...], option: str | None) -> Record:
    """A record in which every required field has a value that fits."""
    return {field.name: _value(field) for field in fields if field.required and field.applies(option)}


def _value(field: RecordField) -> str | bool | tuple[str, ...]:
    match field.type:
        case FieldType.YES_NO:
            return False
        case FieldType.DAY:
            return "2026-11-24"
        case FieldType.CHOICE:
            return field.choices[0].value
        case FieldType.CHOICES:
            return (field.choices[0].value,)
        case FieldType.MEMBERS:
            return (ANNA,)
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return "Because of what the report says."


class Casebook:
    """One case's log. `on` is the day of appending; `do` appends or raises Refused."""

    def __init__(self, report: ReportReceived | None = None, *, on: str | None = None) -> None:
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
        events = decide(self.case, PROTOCOL, command, D(on))
        for event in events:
            self.append(event, on, command.by)
        return events

    def refusal(self, command: Command, *, on: str = "2026-11-25") -> str:
        try:
            decide(self.case, PROTOCOL, command, D(on))
        except Refused as refused:
            return refused.code if all(refused.text) else "refused without a sentence"
        return "accepted"

    def judged(self, on: str) -> Assessment:
        return assess(PROTOCOL, self.case, D(on))

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

    def complete(self, step: str, option: str | None = None, *, on: str, by: str = ANNA) -> None:
        record = filled_in(PROTOCOL.steps[step].record, option)
        self.do(CompleteStep(by, step, record, option), on=on)

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
