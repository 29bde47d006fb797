# SPDX-License-Identifier: EUPL-1.2
"""What stands on the boxes of a protocol's picture, and that the file is one that everybody can read."""

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.domain.text import Language, Text
from casework.drawing.cards import Card, Mark, cards
from casework.drawing.measure import text_width, wrap
from casework.drawing.svg import draw_map, draw_poster
from casework.drawing.words import PHASES, term_of
from casework.protocols import shipped_protocols

every_picture = pytest.mark.parametrize(
    "protocol, language",
    [
        pytest.param(protocol, language, id=f"{name}-{language}")
        for name, protocol in shipped_protocols().items()
        for language in ("nl", "en")
    ],
)


def step(name: str) -> Step:
    (protocol,) = (known for known in shipped_protocols().values() if name in known.steps)
    return protocol.steps[name]


def card(protocol: InvestigationProtocol, name: str, language: Language = "en") -> Card:
    return next(one for one in cards(protocol, language) if one.id == name)


def said(svg: str) -> list[str]:
    return [unescape(text) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def outcomes(one: Card) -> list[tuple[str, str]]:
    """The outcomes on a card with what they lead to, each in one piece."""
    found, label = [], ""
    for row in one.rows:
        if row.style == "outcome":
            label = f"{label} {row.text}".strip()
            if row.tail:
                found.append((label.replace("\u00a0", " "), row.tail.replace("\u00a0", " ")))
                label = ""
    return found


@every_picture
def test_a_poster_says_every_step_in_its_language(protocol: InvestigationProtocol, language: Language) -> None:
    words = " ".join(said(draw_poster(protocol, language)))

    assert protocol.title.in_language(language) in words
    for known in protocol.steps.values():
        assert f"{known.id} {known.title.in_language(language)}" in words
    for phase in {known.phase for known in protocol.steps.values()}:
        assert PHASES[phase].in_language(language) in words


@every_picture
def test_a_poster_is_accessible_and_harmless(protocol: InvestigationProtocol, language: Language) -> None:
    svg = draw_poster(protocol, language)

    assert svg.startswith("<svg ")
    assert f'lang="{language}"' in svg
    assert 'role="img" aria-labelledby="map-title map-about"' in svg
    assert f'<title id="map-title">{protocol.title.in_language(language)}</title>' in svg
    assert f"{len(protocol.steps)} " in re.findall(r'<desc id="map-about">([^<]*)</desc>', svg)[0]
    assert not re.search(r"<script|\son\w+=|\sstyle=|href=|url\(|<image|<foreignObject", svg)


@every_picture
def test_a_poster_is_black_and_white_where_no_style_sheet_counts(
    protocol: InvestigationProtocol, language: Language
) -> None:
    svg = draw_poster(protocol, language)

    assert set(re.findall(r'(?:fill|stroke)="([^"]*)"', svg)) == {"none", "currentColor", "#fff", "#f2f2f2"}


@pytest.mark.parametrize(
    "name, nl, en",
    [
        ("A01", "7 dagen · wet", "7 days · law"),
        ("A10", "1 maand · wet", "1 month · law"),
        ("A13", "10 werkdagen · norm", "10 working days · norm"),
        ("A16", "onverwijld · wet", "without delay · law"),
        ("A17", "3 maanden · wet", "3 months · law"),
        ("A19", "3, 6 en 12 maanden · norm", "3, 6 and 12 months · norm"),
        ("C09", "10 of 6 weken · wet", "10 or 6 weeks · law"),
        ("A00", "", ""),
    ],
)
def test_a_term_is_said_with_what_it_rests_on(name: str, nl: str, en: str) -> None:
    assert (term_of(step(name), "nl"), term_of(step(name), "en")) == (nl, en)


def test_each_outcome_names_the_step_that_follows() -> None:
    told = dict(outcomes(card(shipped_protocols()["A_ambtenaren"], "A06")))

    assert told["Preliminary inquiry"] == "→ A07"
    assert told["Report to the police"] == "→ A16"


def test_outcomes_that_lead_to_the_same_are_told_together() -> None:
    told = dict(outcomes(card(shipped_protocols()["A_ambtenaren"], "A03")))

    assert told["Ask the reporter further questions"] == "→ A04"
    assert told["Otherwise"] == "→ A05"


def test_where_every_outcome_leads_to_the_same_none_is_named() -> None:
    protocol = shipped_protocols()["A_ambtenaren"]
    triage = protocol.steps["A03"]
    same = replace(triage, calls=(), options=tuple(replace(option, next=("A05",)) for option in triage.options))

    one = card(replace(protocol, steps={**protocol.steps, "A03": same}), "A03")

    assert outcomes(one) == []
    assert [outlet.targets for outlet in one.outlets] == [("A05",)]


def test_a_step_that_stays_to_be_done_says_so_without_a_line() -> None:
    one = card(shipped_protocols()["A_ambtenaren"], "A10")

    assert ("Postponed", "→ again") in outcomes(one)
    assert "A10" not in {target for outlet in one.outlets for target in outlet.targets}


def test_an_exit_names_the_protocol_that_it_leads_to() -> None:
    protocol = shipped_protocols()["A_ambtenaren"]
    leading = {card(protocol, way.id).rows[-1].text for way in protocol.exits.values() if way.to}

    assert leading == {"B_politieke_ambtsdragers", "C_klacht_ongewenst_gedrag"}


def test_hostile_words_stay_words() -> None:
    protocol = shipped_protocols()["A_ambtenaren"]
    sharp = '<script>alert("&")</script>'

    svg = draw_poster(replace(protocol, title=Text(sharp, sharp)), "nl")

    assert "<script" not in svg
    assert sharp in said(svg)[0]


def test_signs_that_no_picture_can_hold_are_shown_as_such() -> None:
    protocol = shipped_protocols()["A_ambtenaren"]

    svg = draw_poster(replace(protocol, title=Text("Bel\a en\nga", "Ring\a and\ngo")), "nl")

    assert "Bel\ufffd en ga" in said(svg)


def test_a_map_shows_each_state_by_word_sign_and_class_and_links_to_the_step() -> None:
    protocol = shipped_protocols()["A_ambtenaren"]
    states = ("done", "open", "blocked", "later", "left_out")
    marks = {
        name: Mark(state, f"it is {state}", f"/steps/{name}")
        for name, state in zip(protocol.steps, states, strict=False)
    }

    svg = draw_map(protocol, "en", marks)

    assert len(re.findall('class="map-sign"', svg)) == len(states) - 1
    for name, mark in marks.items():
        assert f"map-{mark.state}" in svg
        assert mark.words in said(svg)
        title = protocol.steps[name].title.en
        assert f'<a href="/steps/{name}" aria-label="{name} {title}: it is {mark.state}">' in svg
    assert not re.search(r"<style|\sstyle=", svg)


@given(st.text(st.characters(categories=("Lu", "Ll", "Nd", "Po", "Zs")), max_size=80), st.integers(40, 300))
def test_wrapped_words_fit_and_none_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, 13)

    assert "".join("".join(lines).split(" ")) == "".join(text.split(" "))
    assert all(text_width(line, 13) <= width or len(line) == 1 for line in lines)
