# SPDX-License-Identifier: EUPL-1.2
"""Plays the stories of the invented year: every act is a command on its day, and `decide` says what happens.

So whatever the year shows could have happened in the real tool; a story that breaks a rule raises Refused.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, get_args

from casework.domain.case.commands import Command, CompleteStep, FollowProtocol, OpenCase, ReceiveMessage, WriteMessage
from casework.domain.case.events import Record, RecordValue, ReportReceived, Row
from casework.domain.case.parts import part_report
from casework.domain.case.records import FieldType, RecordField
from casework.domain.case.state import Case
from casework.domain.judge.moving import follow
from casework.logs.evidence import LETTER
from casework.practice.committee import CHAIR, TRAINEE, invented
from casework.practice.log import PracticeLog
from casework.practice.mailbox import Reporter, placed
from casework.practice.story import Act, Story, invented_year, usual_words
from casework.protocols import Shelf
from casework.service.drafts import acknowledgement
from crypto.encoding import b64encode

_COMMANDS: Mapping[str, Any] = {kind.__name__: kind for kind in get_args(Command)}
_SAYS_NOTHING_ELSE = "Zie het dossier."
_KEY_BYTES = 16


def play(story: Story, shelf: Shelf) -> PracticeLog:
    """Return the log of a case after all that the story tells."""
    log = PracticeLog(story.id, shelf.newest[story.protocol])
    reporter = _reporter(story)
    log.do(OpenCase(TRAINEE, _report(story), story.number, story.title), shelf, story.opened)
    for act in story.acts:
        for command in _commands(act, log, shelf, reporter):
            log.do(command, shelf, act.day)
    return log


def _reporter(story: Story) -> Reporter:
    return Reporter.of(story.id, story.report.get("language", "nl"), tuple(story.report.get("excluded", ())))


def _report(story: Story) -> ReportReceived:
    told, answers = story.report, story.report["answers"]
    if "part_of" in told:
        whole = next(one for one in invented_year() if one.id == told["part_of"])
        return part_report(_report(whole), whole.id, answers["what"])
    if told["channel"] == "web":
        return _reporter(story).report(told["received"], answers)
    letter = told["channel"] == LETTER
    return ReportReceived(
        report=f"{story.id}-melding",
        mailbox=None,
        channel=told["channel"],
        received=told["received"],
        forwarded=told.get("forwarded"),
        statement=None,
        ciphertext_hash=b64encode(invented("letter", story.id)) if letter else None,
        file_keys={LETTER: b64encode(invented("key", story.id)[:_KEY_BYTES])} if letter else {},
        account=answers["what"],
        receipt_is_ack=False,
    )


def _commands(act: Act, log: PracticeLog, shelf: Shelf, reporter: Reporter) -> Iterator[Command]:
    case = log.on(act.day).case
    kind = _COMMANDS[act.does]
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in act.fields.items()
    }
    if "report" in {field.name for field in fields(kind)}:
        given.setdefault("report", next(iter(case.reports)))
    if kind is WriteMessage:
        yield from _message(act, log, given)
    elif kind is ReceiveMessage:
        about = _head_of(case, log.id, given.get("about"))
        yield reporter.says(case, act.day, given["kind"], given["answers"], by=act.by, about=about)
    elif kind is CompleteStep:
        option = given.get("option")
        record = filled_in(shelf.of(case).steps[given["step"]].record, _plain(given.get("record", {})), option, act.day)
        yield CompleteStep(act.by, given["step"], record, option)
    elif kind is FollowProtocol:
        yield follow(act.by, case, shelf.of(case), shelf.newest[given["protocol"]], given["reason"])
    else:
        yield kind(by=act.by, **given)


def _message(act: Act, log: PracticeLog, given: dict[str, Any]) -> Iterator[Command]:
    case = log.on(act.day).case
    way = given.pop("way", "mailbox")
    message = _message_id(log.id, given.pop("name", len(case.messages) + 1))
    if given["kind"] == "acknowledgement":
        given.setdefault("text", acknowledgement(case, act.day) if way == "mailbox" else _SAYS_NOTHING_ELSE)
    yield WriteMessage(by=act.by, message=message, **given)
    yield placed(log.on(act.day).case, message, act.day, by=act.by, way=way)


def _message_id(story: str, name: object) -> str:
    return f"{story}-{name}"


def _head_of(case: Case, story: str, name: str | None) -> str | None:
    """Return where a message of the committee, called `name` in the story, stands in the mailbox."""
    message = case.messages[_message_id(story, name)] if name else None
    return message.placed.head if message and message.placed else None


def filled_in(asked: Sequence[RecordField], given: Record, option: str | None, day: date) -> Record:
    """Return a record with what a story gives, and in every other required field what is usual."""
    record = dict(given)
    for field in asked:
        if field.name not in record and field.applies(option, record) and not field.may_stay_empty(record):
            record[field.name] = _usual(field, day)
    return record


def _usual(field: RecordField, day: date) -> RecordValue:
    make = _MAKE.get(field.type)
    return make(field, day) if make else usual_words().get(field.name, _SAYS_NOTHING_ELSE)


def _chosen(field: RecordField) -> str:
    usual = usual_words().get(field.name)
    return next((choice.value for choice in field.choices if choice.value == usual), field.choices[0].value)


def _row(field: RecordField, day: date) -> Row:
    cells = ((column.name, _usual(column, day)) for column in field.columns if column.required)
    return {name: value for name, value in cells if isinstance(value, str | bool)}


_MAKE: Mapping[FieldType, Callable[[RecordField, date], RecordValue]] = {
    FieldType.YES_NO: lambda _field, _day: False,
    FieldType.DAY: lambda _field, day: day.isoformat(),
    FieldType.CHOICE: lambda field, _day: _chosen(field),
    FieldType.CHOICES: lambda field, _day: (_chosen(field),),
    FieldType.MEMBERS: lambda _field, _day: (TRAINEE, CHAIR),
    FieldType.HASH: lambda field, day: invented(field.name, day).hex(),
    FieldType.ROWS: lambda field, day: (_row(field, day),),
}


def _plain(value: Any) -> Any:
    """Return what a file gives as records have it: days as texts, lists as tuples."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return tuple(_plain(one) for one in value)
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value
