# SPDX-License-Identifier: EUPL-1.2
"""A picture of any protocol, however odd its shape or its words: well-formed, whole, and nothing runs over its box."""

import time
from collections.abc import Sequence
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import InvestigationProtocol, Option, Phase, Step
from casework.domain.protocol_file.reader import load_protocol
from casework.domain.text import Text
from casework.drawing.cards import CARD_WIDTH, Mark, Row, cards
from casework.drawing.measure import text_width
from casework.drawing.svg import draw_map, draw_poster
from casework.protocols import shipped_protocols
from support.protocol_samples import SAMPLE

SHIPPED = shipped_protocols()["A_ambtenaren"]
PLAIN = replace(SHIPPED.steps["A13"], options=(), calls=(), extends=None, terms=(), parallel_to=(), next=())
SVG = "{http://www.w3.org/2000/svg}"
DRAWN = {"svg", "title", "desc", "style", "g", "a", "rect", "path", "text", "circle"}
HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "' onclick='x",
    "]]><image href='x'/>",
    "</text></svg><svg>",
    "&amp;&#x3c;b&#x3e;",
    "\0\x1b[2J\u202e\u2066\ufffe",
    "{steps}{title}%s%(x)s",
)


def step(name: str, *following: str, phase: Phase = Phase.ASSESS, title: str = "Step", beside: str = "") -> Step:
    parallel = (beside,) if beside else ()
    return replace(PLAIN, id=name, title=Text(title, title), phase=phase, next=following, parallel_to=parallel)


def choosing(name: str, *outcomes: Sequence[str]) -> Step:
    options = (Option(f"o{at}", Text(f"Way {at}", f"Way {at}"), tuple(to)) for at, to in enumerate(outcomes))
    return replace(step(name), options=tuple(options))


def protocol(*steps: Step, title: str = "Title") -> InvestigationProtocol:
    return replace(SHIPPED, title=Text(title, title), first=steps[0].id, steps={one.id: one for one in steps}, exits={})


def names(many: int) -> list[str]:
    return [f"S{at:03}" for at in range(many)]


def chain(many: int, *, closed: bool) -> tuple[Step, ...]:
    known, phases = names(many), list(Phase)
    onward = [*((name,) for name in known[1:]), (known[0],) if closed else ()]
    return tuple(
        step(name, *to, phase=phases[at * 4 // many]) for at, (name, to) in enumerate(zip(known, onward, strict=True))
    )


ODD = {
    "one step": protocol(step("A")),
    "a step that leads to itself": protocol(step("A", "A")),
    "a choice between itself and itself": protocol(choosing("A", ["A"], ["A"])),
    "a cycle": protocol(*chain(3, closed=True)),
    "200 steps in a row": protocol(*chain(200, closed=False)),
    "200 steps in a circle": protocol(*chain(200, closed=True)),
    "branches that never meet": protocol(
        step("A", "B", "C"), step("B", "D", beside="C"), step("C", "E", beside="B"), step("D"), step("E")
    ),
    "an outcome that leads to everything": protocol(
        choosing("A", names(20), names(3), []), *(step(name) for name in names(20))
    ),
    "a step with a long id": protocol(choosing("A", ["B" * 80], []), step("B" * 80)),
}
every_odd = pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())


def drawn(svg: str) -> list[Element]:
    return list(fromstring(svg).iter())  # noqa: S314 - a picture of our own


def width(row: Row) -> float:
    size, bold = (14 if row.style == "title" else 13), row.style in ("title", "law", "mark")
    return text_width(row.text, size, bold=bold) + text_width(row.tail, size, bold=True)


@every_odd
def test_an_odd_protocol_is_drawn_whole_and_soon(odd: InvestigationProtocol) -> None:
    begun = time.process_time()
    svg = draw_poster(odd, "en")
    assert time.process_time() - begun < 2
    boxes = [one for one in drawn(svg) if one.tag == f"{SVG}g" and one.get("class") == "map-card"]
    assert len(boxes) == len(odd.steps)
    assert not any("nan" in (one.get("d") or "") for one in drawn(svg))


@every_odd
def test_no_line_of_text_runs_over_its_box(odd: InvestigationProtocol) -> None:
    wide = [row for card in cards(odd, "nl") for row in card.rows if width(row) > CARD_WIDTH]
    assert wide == []


def test_an_outcome_with_many_followers_names_each_of_them() -> None:
    (card, *_) = cards(ODD["an outcome that leads to everything"], "en")
    tails = " ".join(row.tail for row in card.rows)
    assert [name for name in names(20) if name not in tails] == []


def worded(words: str) -> InvestigationProtocol:
    odd = replace(choosing("A", ["B"], []), actors=("x",))
    labels = tuple(replace(option, label=Text(words, words)) for option in odd.options)
    made = protocol(replace(odd, options=labels), step("B", title=words), title=words)
    return replace(made, actors={**made.actors, "x": Text(words, words)})


def shape(elements: list[Element]) -> list[tuple[str, list[str]]]:
    return [(one.tag.removeprefix(SVG), sorted(one.attrib)) for one in elements if one.tag != f"{SVG}text"]


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_become_an_element_or_an_attribute(words: str) -> None:
    poster = drawn(draw_poster(worded(words), "nl"))
    on_page = drawn(draw_map(worded(words), "nl", {"A": Mark("open", words, "/x?a=1&b=2")}))
    for elements in (poster, on_page):
        assert {one.tag.removeprefix(SVG) for one in elements} <= DRAWN
        assert not any(name.startswith("on") or name == "style" for one in elements for name in one.attrib)
    assert {one.get("href") for one in on_page} == {None, "/x?a=1&b=2"}
    assert shape(poster) == shape(drawn(draw_poster(worded("x"), "nl")))


@given(st.text(max_size=60))
def test_any_words_give_a_picture_that_a_program_can_read(words: str) -> None:
    drawn(draw_poster(worded(words), "en"))


@pytest.mark.parametrize("words", ["", "a b " * 1250, "wet " * 1250, "調査報告" * 20])
def test_text_of_any_length_stays_in_its_box(words: str) -> None:
    made = worded(words)
    drawn(draw_poster(made, "nl"))
    assert [row for card in cards(made, "nl") for row in card.rows if width(row) > CARD_WIDTH] == []


def test_full_width_signs_are_as_wide_as_they_look() -> None:
    assert text_width("調査", 100) >= 2 * 90


@pytest.mark.parametrize("old, new", [('id = "S2"', f'id = "{"S" * 81}"'), ('to = "T"', f'to = "{"T" * 81}"')])
def test_a_name_that_no_picture_can_hold_is_refused(old: str, new: str) -> None:
    with pytest.raises(ProtocolFileError, match="more than 80 letters; give it a shorter one"):
        load_protocol(SAMPLE.replace(old, new).encode(), "own.toml")
