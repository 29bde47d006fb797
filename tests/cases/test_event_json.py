# SPDX-License-Identifier: EUPL-1.2
"""Events as JSON: closed, strict, and the same after a round trip."""

import json
from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.case.event_json import entry_from_json, event_from_json, event_to_json
from casework.domain.case.events import (
    EVENT_VERSION,
    Attached,
    Event,
    MailboxDeleted,
    MessagePlaced,
    MessageReceived,
    MessageWritten,
    ProtocolPinned,
    StepCompleted,
    Unread,
)
from casework.domain.errors import MalformedEventError, UnknownEventError
from support.casebook import web_report

EVENT_TYPES = get_args(Event)
RECORDS = st.dictionaries(
    st.text(max_size=8), st.one_of(st.text(max_size=8), st.booleans(), st.lists(st.text(max_size=4)).map(tuple))
)
COUNTS = st.integers(min_value=0)
EVENTS = st.one_of(
    st.builds(StepCompleted, st.text(max_size=4), RECORDS, st.none() | st.text(max_size=4)),
    st.builds(MessagePlaced, seq=st.none() | COUNTS),
    st.builds(MessageReceived, seq=COUNTS),
    st.builds(MailboxDeleted, seq=COUNTS),
    st.builds(MessageWritten, attachments=st.lists(st.builds(Attached, size=COUNTS), max_size=2).map(tuple)),
    st.builds(ProtocolPinned, version=COUNTS),
    *(
        st.from_type(kind)
        for kind in EVENT_TYPES
        if kind not in (StepCompleted, MessagePlaced, MessageReceived, MailboxDeleted, MessageWritten, ProtocolPinned)
    ),
)
ATTACHED = {"blob": "b", "name": "n", "type": "t", "size": 1, "key": "k", "root": "r"}
PLACED = MessagePlaced("m", "mailbox", date(2026, 11, 24), 4, "head")


def test_the_closed_set_has_some_twenty_types() -> None:
    assert len(EVENT_TYPES) == 24
    assert all(kind.__doc__ for kind in EVENT_TYPES)


def test_an_event_is_a_json_object_with_type_version_and_every_field() -> None:
    assert event_to_json(PLACED) == {
        "type": "MessagePlaced",
        "v": EVENT_VERSION,
        "message": "m",
        "way": "mailbox",
        "placed": "2026-11-24",
        "seq": 4,
        "head": "head",
    }


@given(EVENTS)
def test_every_event_survives_a_round_trip(event: Event) -> None:
    assert event_from_json(json.loads(json.dumps(event_to_json(event)))) == event


@pytest.mark.parametrize(
    "data",
    [
        {"type": "StarsAligned", "v": 2},
        {**event_to_json(PLACED), "v": 2},
    ],
)
def test_a_newer_version_is_not_guessed_at(data: dict[str, Any]) -> None:
    with pytest.raises(UnknownEventError):
        event_from_json(data)


@pytest.mark.parametrize(
    "data",
    [
        {"type": "StarsAligned", "v": 1},
        {**event_to_json(PLACED), "v": 0},
        {**event_to_json(PLACED), "v": True},
        {**event_to_json(PLACED), "v": "2"},
        {key: value for key, value in event_to_json(PLACED).items() if key != "v"},
    ],
)
def test_a_type_or_version_that_there_never_was_does_not_pass_for_a_newer_one(data: dict[str, Any]) -> None:
    with pytest.raises(MalformedEventError):
        event_from_json(data)


@pytest.mark.parametrize(
    "changes",
    [
        {"extra": 1},
        {"seq": "4"},
        {"seq": True},
        {"seq": -1},
        {"seq": 1.5},
        {"placed": "24-11-2026"},
        {"placed": "20261124"},
        {"placed": 20261124},
        {"placed": None},
        {"message": None},
        {"head": 3},
    ],
)
def test_a_field_of_another_kind_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(MalformedEventError):
        event_from_json({**event_to_json(PLACED), **changes})


def test_a_field_too_few_is_refused() -> None:
    data = event_to_json(PLACED)
    del data["way"]
    with pytest.raises(MalformedEventError):
        event_from_json(data)


@pytest.mark.parametrize("data", [None, [], "MessagePlaced", 1, {}, {"type": 3, "v": 1}])
def test_what_is_no_event_object_is_refused(data: object) -> None:
    with pytest.raises(MalformedEventError):
        event_from_json(data)


@pytest.mark.parametrize("record", [[], {"a": 1}, {"a": None}, {"a": ["x", 1]}, {"a": {"b": "c"}}])
def test_a_record_holds_texts_truths_and_lists_of_texts_only(record: object) -> None:
    with pytest.raises(MalformedEventError):
        event_from_json({"type": "StepCompleted", "v": 1, "step": "A01", "record": record, "option": None})


@pytest.mark.parametrize(
    "files", [{}, ["blob"], [{"blob": "b"}], [{**ATTACHED, "size": "1"}], [{**ATTACHED, "more": "x"}]]
)
def test_attachments_are_closed_records(files: object) -> None:
    written = event_to_json(MessageWritten("m", "r", "message", "Hi", "", "", "", "", final=False))
    with pytest.raises(MalformedEventError):
        event_from_json({**written, "attachments": files})


@pytest.mark.parametrize("keys", [[], {"report": 1}, "key"])
def test_file_keys_are_named_texts(keys: object) -> None:
    with pytest.raises(MalformedEventError):
        event_from_json({**event_to_json(web_report()), "file_keys": keys})


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_reading_an_entry_never_raises(data: object) -> None:
    assert isinstance(entry_from_json(0, date(2026, 11, 21), "a", data).event, Unread)
