# SPDX-License-Identifier: EUPL-1.2
"""A municipality's own file says what differs, and takes nothing away that the law asks for."""

import json
import tomllib

import pytest

from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import read_own, shipped_protocols, shipped_source

A, B, C, D = shipped_protocols()


def extending(base: str, changes: str) -> InvestigationProtocol:
    return read_own(f'extends = "{base}"\nid = "ours"\nversion = 1\n{changes}'.encode(), "own.toml")


def step(name: str, *lines: str) -> str:
    return "\n".join(["[[step]]", f'id = "{name}"', *lines, ""])


def new_step(name: str, *lines: str) -> str:
    return step(
        name,
        'title = { nl = "Eigen stap", en = "Own step" }',
        'help = { nl = "Doe.", en = "Do." }',
        'phase = "assess"',
        'actors = ["meldpunt"]',
        *lines,
    )


def option(value: str, leads_to: str, more: str = "") -> str:
    return f'{{ value = "{value}", label = {{ nl = "X", en = "X" }}, next = {leads_to}{more} }}'


def options(*rows: str) -> str:
    return f"option = [{', '.join(rows)}]"


def lacking(step_id: str, field: str, part: str) -> str:
    """Return the record of a shipped step as one line, with the last of a field's choices or columns left out."""
    (base,) = (name for name in shipped_protocols() if step_id in shipped_protocols()[name].steps)
    steps = tomllib.loads((shipped_source(base) or b"").decode())["step"]
    (found,) = (row for row in steps if row["id"] == step_id)
    (one,) = (row for row in found["record"] if row["name"] == field)
    one[part] = one[part][:-1]
    return f"record = {inline(found['record'])}"


def inline(value: object) -> str:
    """Return a value as TOML on one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(part)}" for key, part in value.items()) + " }"
    return f"[{', '.join(map(inline, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


OFFENCE = '{ field = "strafbaar_feit", is = ["yes"], next = ["A16"] }'
DAYS = 'term = { days = 40, from = "A00", kind = "norm", basis = { nl = "Norm", en = "Norm" } }'
NOTICE = ("geinformeerd", "uitzondering", "geen_betrokkene")
C_SIGNED = '["C01", "C03", "C04k", "C09"]'
C_SIGNAL = option("anoniem_of_niet_ondertekend", '["C0S", "C04k"]', ', counts_as = "signaal"')

B_WITHOUT_TALKS = (
    step(
        "B03",
        options(
            option("geen_vermoeden", '["B15"]', ', counts_as = "niet_in_behandeling"'),
            option("vooronderzoek", '["B05"]'),
            option("doorverwijzen", '["B02x"]', ', counts_as = "doorverwezen"'),
            option("aangifte", '["B14"]'),
        ),
    )
    + step("B06", options(*(option(*row) for row in (("feitenonderzoek", '["B07"]'), ("aangifte", '["B14", "B15"]')))))
    + step(
        "B02x",
        options(
            option("klacht_ongewenst_gedrag", '["EXIT_C", "B17"]', ', counts_as = "doorverwezen"'),
            option("externe_instantie", '["EXIT_EXTERN", "B17"]', ', counts_as = "doorverwezen"'),
        ),
    )
)

WEAKER = {
    "a step of the law is removed": (A, 'remove = ["A08", "A16"]', "'remove' names step A16, but the law asks for it"),
    "the conflict check is removed": (A, 'remove = ["A02"]', "step A02, but the law asks for it"),
    "the beginning is removed": (C, 'remove = ["C00"]', "step C00, but every case begins with it"),
    "what starts a term is removed": (A, 'remove = ["A07"]', "step A07, but a term of the law in step A16 reads it"),
    "a law is called another": (C, step("C06", 'law = { nl = "Geen", en = "None" }'), "leave 'law' out"),
    "a hearing is passed by": (
        C,
        step("C05", 'next = ["C08"]', options(*(option(one, '["C08"]') for one in ("verweer", "geen_verweer")))),
        "step C05: option 'verweer' must lead to C06: the law asks for it (Dutch General Administrative Law Act (Awb)",
    ),
    "a term of the law is longer": (A, step("A10", DAYS), "step A10: the law asks for it (GDPR, article 14(3)"),
    "a clock is left out": (A, step("A01", "term = []"), "article 2(2)(h)); leave 'term' out"),
    "a step of the law is optional": (A, step("A10", "optional = true"), "leave 'optional' out"),
    "what starts a term is optional": (A, step("A03", "optional = true"), "step A16 reads it; leave 'optional' out"),
    "a step of the law is done once": (A, step("A16", "repeatable = false"), "leave 'repeatable' out"),
    "a notice waits for the decision": (A, step("A10", 'after = ["A15"]'), "leave 'after' out"),
    "a decision waits for nothing": (C, step("C09", "after = []"), "leave 'after' out"),
    "feedback is a form": (A, step("A17", 'done_by = "record"'), "leave 'done_by' out"),
    "a notice waits for a guard": (
        A,
        step("A10", 'guards = ["author_declared", "feedback_finished"]'),
        "take feedback_finished, for which it would wait, out of 'guards'",
    ),
    "a guard is taken away": (D, step("D02", "guards = []"), "step D02: 'guards' lacks committee_compatible"),
    "a guard is taken from a free step": (A, step("A14", 'guards = ["author_declared"]'), "lacks deviations_accounted"),
    "a notice asks nothing": (A, step("A10", "record = []"), "copy the field 'wijze'"),
    "what starts a term is not asked": (
        A,
        step("A03", "record = []", "calls = []"),
        "step A10, of the law, depends on the field 'gegevens_op'",
    ),
    "an offence calls nothing": (
        A,
        step("A03", "calls = []"),
        "step A03: 'calls' where strafbaar_feit is 'yes' must lead to A16, A17",
    ),
    "a notice has an outcome more": (
        A,
        step("A10", options(*(option(value, "[]") for value in (*NOTICE, "uitgesteld", "vergeten")))),
        "keep its options geinformeerd, uitgesteld, uitzondering, geen_betrokkene",
    ),
    "a postponed notice does not come back": (
        A,
        step("A10", options(*(option(value, "[]") for value in (*NOTICE, "uitgesteld")))),
        "each with the 'again_on' that it had",
    ),
    "a complaint calls no decision": (
        C,
        step("C00", options(option("ondertekende_klacht", '["C01", "C04k"]', ', counts_as = "klacht"'), C_SIGNAL)),
        "step C00: option 'ondertekende_klacht' must lead to C09",
    ),
    "a signed complaint cannot be": (C, step("C00", options(C_SIGNAL)), "keep its options ondertekende_klacht, "),
    "admissibility is passed by": (C, step("C01", 'next = ["C02"]'), "step C01: 'next' must lead to C03"),
    "a report is not acknowledged": (A, step("A00", 'next = ["A02", "A10"]'), "step A00: 'next' must lead to A01"),
    "triage is passed by": (
        A,
        step("A02", 'next = ["A05", "A02x", "A03b"]') + new_step("A03b", 'next = ["A03"]', "optional = true"),
        "step A02: 'next' must lead to A03",
    ),
    "a case begins at its end": (A, 'first = "A21"', "own.toml: 'first' must lead to A00, A01"),
    "an outcome beside the others leads to less": (
        A,
        step("A15", options(option("gegrond", '["A16", "A17"]'), option("ongegrond", '["A21"]'))),
        "step A15: option 'ongegrond' must lead to A16, A17",
    ),
    "the outcome that leads to a step of the law goes": (
        A,
        step("A06", "record = []", "calls = []", options(option("onderzoek", '["A07", "A17"]'))),
        "step A06: option 'aangifte' must lead to A16",
    ),
    "an answer ends what is to do": (
        A,
        step("A03", f'calls = [{OFFENCE}, {{ field = "spoed", is = ["geen"], next = ["END"] }}]'),
        "step A03: 'calls' where spoed is 'geen' leads to an exit that leaves",
    ),
    "a test has fewer answers": (A, step("A16", lacking("A16", "toets", "choices")), "copy the field 'toets'"),
    "a list has fewer columns": (C, step("C09", lacking("C09", "oordelen", "columns")), "copy the field 'oordelen'"),
    "an own step stands between and may be left out": (
        A,
        step("A00", 'next = ["A01", "A00n"]') + new_step("A00n", options(option("ja", '["A10"]'))),
        "step A00: 'next' must lead to A10",
    ),
    "an exit ends what is to do": (
        A,
        '[[exit]]\nid = "HOLD"\ntitle = { nl = "Aangehouden", en = "On hold" }\nleaves = true\n',
        "step A16: option 'aangifte' leads to an exit that leaves",
    ),
    "an own step ends the case": (
        A,
        step("A01", 'next = ["A02", "A01e"]') + new_step("A01e", 'next = ["END"]'),
        "step A01e: 'next' leads to an exit that leaves",
    ),
    "a term is adjourned that cannot be": (
        C,
        new_step("C03v", 'parallel_to = ["C03"]', 'extends = { step = "C03", law = "awb_9_11_2" }'),
        "awb_9_11_2 extends the terms awb_9_11_1, awb_9_11_1_committee; step C03 has none",
    ),
}


@pytest.mark.parametrize("base,changes,message", WEAKER.values(), ids=WEAKER)
def test_a_file_is_refused_in_which(base: str, changes: str, message: str) -> None:
    with pytest.raises(ProtocolFileError, match=r"^own\.toml") as refused:
        extending(base, changes)
    assert message in str(refused.value)


FREE = {
    "a norm is the municipality's": (A, step("A03", DAYS)),
    "a step of the law has another norm": (
        A,
        step("A02", 'term = { days = 5, from = "A00", kind = "norm", basis = { nl = "Norm", en = "Norm" } }'),
    ),
    "texts and actors are others": (A, step("A10", 'actors = ["hrm"]', 'help = { nl = "Meld het.", en = "Tell it." }')),
    "a guard is added": (A, step("A10", 'guards = ["author_declared", "conflicts_excluded"]')),
    "an outcome goes that others can replace": (
        A,
        step("A15", options(*(option(value, '["A16", "A17", "A18"]') for value in ("gegrond", "ongegrond")))),
    ),
    "a step stands between that always leads on": (
        A,
        step("A00", 'next = ["A01", "A00n"]') + new_step("A00n", 'next = ["A10"]', options(option("ja", '["A10"]'))),
    ),
    "a talk does not lead to an inquiry": (
        B,
        step("B04", options(option("opnieuw_wegen", '["B03"]'), option("afgerond", '["B15", "B16"]'))),
    ),
    "a preliminary inquiry has an outcome more": (
        A,
        step("A07", options(*(option(value, '["A06"]') for value in ("sepot", "aangifte", "anders")))),
    ),
    "free steps and exits go": (B, 'remove = ["B04", "EXIT_A"]\n' + B_WITHOUT_TALKS),
}


@pytest.mark.parametrize("base,changes", FREE.values(), ids=FREE)
def test_a_file_is_taken_in_which(base: str, changes: str) -> None:
    assert extending(base, changes).id == "ours"


@pytest.mark.parametrize("base", shipped_protocols())
def test_a_file_that_changes_nothing_weakens_nothing(base: str) -> None:
    assert extending(base, "").steps == shipped_protocols()[base].steps
