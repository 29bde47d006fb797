# SPDX-License-Identifier: EUPL-1.2
"""The pages of a case whose log holds what no tool of ours writes: they open and say what does not count."""

from dataclasses import replace
from datetime import date

import pytest

from casework.domain.case.events import (
    CaseRegistered,
    CaseSplit,
    DecisionTaken,
    Entry,
    Event,
    HoldPlaced,
    MessagePlaced,
    MessageWritten,
    ProtocolPinned,
    ReportReceived,
    ReportsJoined,
    StepCompleted,
    Unread,
)
from casework.domain.text import Language
from casework.practice.committee import TRAINEE
from casework.practice.desk import PracticeDesk
from casework.protocols import open_shelf
from casework.web import Gate, create_app
from support.desk_pages import CSRF, HERE, PREFIX
from support.practising import played

CASE = "15-overuren"
DAY = date(2027, 1, 18)
PATHS = ("/", "/today", f"/cases/{CASE}", f"/cases/{CASE}/protocol")
MARKUP = "<script>alert(1)</script>\x1b[2J\u202e"
ODD: dict[str, Event | Unread] = {
    "no event": Unread(MARKUP, newer=False),
    "a message of no kind": MessageWritten("m", "r", MARKUP, MARKUP, "", "", "", "", final=True),
    "a message that nobody wrote": MessagePlaced(MARKUP, MARKUP, date.max, None, None),
    "a step of no protocol": StepCompleted(MARKUP, {MARKUP: MARKUP}, MARKUP),
    "a record of odd shapes": StepCompleted("A03", {"soort": (), MARKUP: ({MARKUP: True},), "b": (MARKUP,)}, "x"),
    "ten thousand rows": StepCompleted("A03", {"rows": ({"a": "b"},) * 10_000}, "feitenonderzoek"),
    "a decision about nothing": DecisionTaken(MARKUP, None, MARKUP, MARKUP, MARKUP),
    "a case joined with nothing": ReportsJoined(MARKUP, leads=False, reason=MARKUP),
    "a case joined with itself": ReportsJoined(CASE, leads=False, reason="x"),
    "a case that is a part of itself": CaseSplit((CASE, MARKUP), MARKUP),
    "a report that is a part of its own case": ReportReceived(
        "p", None, "web", DAY, None, None, None, {}, MARKUP, receipt_is_ack=False, part_of=CASE
    ),
    "a hold without a name": HoldPlaced("", MARKUP),
    "a number that is markup": CaseRegistered(MARKUP, MARKUP),
    "a protocol that is not at hand": ProtocolPinned(MARKUP, 10**15, MARKUP, MARKUP, (MARKUP,)),
}


class OddCase:
    """A case of the exercise, and its pages."""

    def __init__(self, language: Language) -> None:
        codes: list[str] = []
        gate = Gate(codes.append)
        self._log = replace(played()[CASE])
        self._sound = [entry for entry in self._log.entries if entry.day <= DAY]
        desk = PracticeDesk([self._log], open_shelf(), DAY)
        gate.admit(desk)
        self._client = create_app(gate, PREFIX, language=language, practice=desk).test_client()
        found = CSRF.search(self._client.get(f"{PREFIX}/code", base_url=HERE).text)
        assert found
        self._client.post(f"{PREFIX}/code", base_url=HERE, data={"csrf": found[1], "code": codes[-1]})

    def page(self, path: str, *events: Event | Unread) -> str:
        """What a page says when the case has these entries too."""
        places = range(len(self._sound) + 1, len(self._sound) + len(events) + 1)
        odd = (Entry(place, DAY, TRAINEE, event) for place, event in zip(places, events, strict=True))
        self._log.entries = (*self._sound, *odd)
        answer = self._client.get(PREFIX + path, base_url=HERE)
        assert answer.status_code == 200
        return answer.text


@pytest.fixture(scope="module")
def dutch() -> OddCase:
    return OddCase("nl")


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("path", PATHS)
def test_a_case_with_an_odd_entry_opens_and_its_texts_stay_texts(dutch: OddCase, path: str, odd: Event) -> None:
    text = dutch.page(path, odd)
    assert "<script>alert" not in text
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_case_with_every_odd_entry_says_which_do_not_count(dutch: OddCase) -> None:
    shown = dutch.page(f"/cases/{CASE}", *ODD.values())
    assert shown.count("Telt niet mee") == 4
