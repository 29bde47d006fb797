# SPDX-License-Identifier: EUPL-1.2
"""What a colleague's broken or hostile tool signs into a case: kept, shown as void, and it changes no verdict."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from click.testing import Result

from casework.service.desk import Desk
from crypto.caselog import seal_entry
from crypto.encoding import b64encode
from crypto.logs import Meta, encode_frame, hash_of, head
from crypto.signing import sign_statement
from crypto.statements import CaseEntry
from support.desk_world import World

Run = Callable[..., Result]
Signed = tuple[str, dict[str, Any]]
NOTE = {"v": 1, "text": "x", "step": None}
STEP = {"v": 1, "step": "A01", "record": {}, "option": None}
REGISTER = {"v": 1, "number": "1", "title": "x"}

UNREAD: dict[str, Signed] = {
    "an event that never was": ("case_burned", {"v": 1}),
    "no field at all": ("note_added", {}),
    "no version": ("note_added", {"text": "x", "step": None}),
    "a version that never was": ("note_added", NOTE | {"v": 0}),
    "an unknown field": ("note_added", NOTE | {"colour": "red"}),
    "a number as text": ("note_added", NOTE | {"v": "1"}),
    "a text as number": ("note_added", NOTE | {"text": 7}),
    "a list as text": ("note_added", NOTE | {"text": ["x"]}),
    "a whole number that is huge": ("note_added", NOTE | {"text": 2**53 - 1}),
    "another spelling of its name": ("note__added", NOTE),
    "two names, one of them in its data": ("note_added", {**REGISTER, "type": "CaseRegistered"}),
    "its own name once more in its data": ("note_added", {**NOTE, "type": "NoteAdded"}),
    "ten thousand fields": ("note_added", NOTE | {f"x{at}": "x" for at in range(10_000)}),
    "a record in a record": ("step_completed", STEP | {"record": {"a": {"b": "c"}}}),
    "rows in rows": ("step_completed", STEP | {"record": {"a": [{"b": [{"c": "d"}]}]}}),
    "rows among texts": ("step_completed", STEP | {"record": {"a": ["x", {"b": "c"}]}}),
    "a day that never was": (
        "message_placed",
        {"v": 1, "message": "m", "way": "post", "placed": "2027-02-30", "seq": None, "head": None},
    ),
}
VOID: dict[str, Signed] = {
    "a step that no protocol has": ("step_completed", STEP | {"step": "\x1b[2J<b>"}),
    "a record with fields of no step": ("step_completed", STEP | {"record": {"\x1b[2J": "x", "\u202e": True}}),
    "ten thousand rows": ("step_completed", STEP | {"record": {"a": [{"b": "c"}] * 10_000}}),
    "a message that nobody wrote, on the first day of the calendar": (
        "message_placed",
        {"v": 1, "message": "m", "way": "post", "placed": "0001-01-01", "seq": None, "head": None},
    ),
    "a message of no kind": (
        "message_written",
        {
            "v": 1, "message": "m", "report": "x", "kind": "poem", "text": "x", "assessment": "", "follow_up": "",
            "follow_up_text": "", "grounds": "", "final": True, "consent": "", "attachments": [],
            "proposes_meeting": False,
        },
    ),
}  # fmt: skip
UNSOUND = {
    "no JSON": "{",
    "a key twice": '{"v":1,"text":"x","text":"y","step":null}',
    "no number": '{"v":1,"text":NaN,"step":null}',
    "a number with a fraction": '{"v":1.0,"text":"x","step":null}',
    "a number of many digits": '{"v":' + "9" * 5000 + ',"text":"x","step":null}',
    "half a sign": '{"v":1,"text":"\\ud800","step":null}',
    "lists in lists": '{"v":1,"text":' + "[" * 40 + "]" * 40 + ',"step":null}',
    "lists in lists without end": '{"v":1,"text":' + "[" * 100_000 + "]" * 100_000 + ',"step":null}',
    "no object": "[]",
}


def sign_into(world: World, desk: Desk, case: str, *signed: tuple[str, str]) -> None:
    """Append entries with these events and these data, as they stand, at the end of a case."""
    log = desk._session.logs[case]
    place, before = log.state.length, log.state.head
    for event, data in signed:
        place += 1
        named: dict[str, object] = {
            "v": 1, "desk": log.key.desk, "log": log.id, "seq": place, "prev": b64encode(before),
            "day": world.today.isoformat(), "author": desk.member, "desk_version": 1, "event": event,
        }  # fmt: skip
        payload = f'{json.dumps(named)[:-1]},"data":{data}}}'.encode()
        statement = sign_statement(CaseEntry.TYPE, payload, desk._session.keyring.secrets.identity)
        frame = encode_frame(Meta(log.id), (seal_entry(log.key, place, before, statement),))
        world.intake.place(log.id, frame, "member")
        before = head(log.id, place, before, hash_of(frame))


def as_json(events: Iterable[Signed]) -> list[tuple[str, str]]:
    return [(event, json.dumps(data)) for event, data in events]


Two = tuple[Desk, Desk, str]


@pytest.fixture
def two(world: World) -> Two:
    """The tools of Anna and Bram, and the case that both read; what is hostile comes from Bram's."""
    anna, bram = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    bram.sync()
    return anna, bram, anna.cases()[0].id


def verdict(desk: Desk, case: str) -> object:
    judged = desk.case(case).assessment
    return [(view.step.id, view.state, view.clock) for view in judged.steps], judged.clocks, judged.notices


def test_what_is_no_event_or_breaks_a_rule_is_shown_as_void_and_changes_no_verdict(world: World, two: Two) -> None:
    anna, bram, case = two
    before, known = verdict(anna, case), len(anna.case(case).timeline)
    sign_into(world, bram, case, *as_json((*UNREAD.values(), *VOID.values())))
    assert anna.sync().problems == []
    for restarts in (False, True):
        tool = world.restart(anna) if restarts else anna
        added = tool.case(case).timeline[known:]
        assert [item.kind == "unread" for item in added] == [True] * len(UNREAD) + [False] * len(VOID)
        assert all(item.problem for item in added)
        assert not tool.case(case).line.read_only
        assert verdict(tool, case) == before


def test_what_is_no_strict_json_counts_for_nobody(world: World, two: Two) -> None:
    anna, bram, case = two
    before = verdict(anna, case)
    sign_into(world, bram, case, *(("note_added", data) for data in (*UNSOUND.values(), json.dumps(NOTE))))
    assert anna.sync().problems == []
    assert [void.layer for void in anna.case(case).voids] == ["encoding"] * len(UNSOUND)
    assert [item.kind for item in anna.case(case).timeline][-1] == "note_added"
    assert verdict(anna, case) == before


def test_the_command_line_shows_the_case_and_forges_no_line_of_its_own(world: World, two: Two, run: Run) -> None:
    anna, bram, case = two
    named = ("case_registered", REGISTER | {"number": "7\x1b[2J", "title": "\u202ex"})
    joined = ("reports_joined", {"v": 1, "other_case": "\x1b[2J", "leads": True, "reason": "x"})
    sign_into(world, bram, case, *as_json((*VOID.values(), named, joined)))
    anna.close()
    run("anna", "sync")
    for command in (["cases"], ["today"], ["case", "show", case]):
        output = run("anna", *command).output
        assert "7\ufffd[2J" in output
        assert "\x1b[2J" not in output
        assert "\u202e" not in output
