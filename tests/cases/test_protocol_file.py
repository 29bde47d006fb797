# SPDX-License-Identifier: EUPL-1.2
"""Protocol files: the shipped ones load, and every mistake is named with file, step and cure."""

from hashlib import sha256
from importlib.resources import files

import pytest

from casework.domain.case.messages import FEEDBACK_FIELDS
from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import DoneBy, InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol
from casework.domain.terms.term import TermKind, TermUnit
from support.casebook import PROTOCOL
from support.protocol_samples import OWN, SAMPLE


def load(text: str) -> None:
    load_protocol(text.encode(), "small.toml")


def test_a_small_protocol_loads() -> None:
    protocol = load_protocol(SAMPLE.encode(), "small.toml")
    assert list(protocol.steps) == ["S0", "S1", "S2", "S3", "S4"]
    assert protocol.digest == sha256(SAMPLE.encode()).hexdigest()
    assert protocol.closing.id == "S3"


@pytest.mark.parametrize(
    "old,new,message",
    [
        ("format = 1", "format = 2", "'format' must be 1"),
        ("format = 1", "", "'format' is missing; add format = 1, or 'extends'"),
        ('first = "S0"', 'first = "S0"\nremove = ["S1"]', "leave it out"),
        (
            'desk = { nl = "Meldpunt", en',
            'desk = { nl = "Meldpunt" en',
            "(at line 11, column 26)); look there for",
        ),
        ('desk = { nl = "Meldpunt", en = "Desk" }', 'desk = { nl = "Meldpunt" }', "actors, 'desk': 'en' is missing"),
        ("closes = true", "closes = true\nreopens_at = 'S1'", "'reopens_at'; it belongs on top of the file, before"),
        ('next = ["S1", "S4"]', 'next = "S1"', "step S0: 'next' must be a list; write it between [ and ]"),
        ("version = 1", 'version = "1"', "write it without quotes"),
        ('phase = "assess"', "phase = 3", "'phase' must be text; write it between straight quotes"),
        ('id = "S3"\n', "", "step 4: 'id' is missing"),
        ('first = "S0"', 'first = "S9"', "'first' names 'S9'"),
        ('reopens_at = "S1"', 'reopens_at = "S9"', "'reopens_at' names 'S9'"),
        ('first = "S0"', 'first = "S0"\ncolour = "red"', "unknown key 'colour'"),
        ('title = { nl = "Klein", en = "Small" }', 'title = { nl = "Klein" }', "'en' is missing"),
        ('title = { nl = "Klein", en = "Small" }', 'title = { nl = "", en = "Small" }', "'nl' is empty"),
        ('title = { nl = "Klein", en = "Small" }', 'title = { nl = " ", en = " " }', "'nl' is empty"),
        ('title = { nl = "Klein", en = "Small" }', 'title = "Small"', "'title' must be a table"),
        ('en = "Small"', f'en = "{"x" * 81}"', "'title' has a word of more than 80 letters"),
        ("version = 1", 'version = "1"', "'version' must be a whole number"),
        ("version = 1", "version = true", "'version' must be a whole number"),
        ('id = "S2"', 'id = "S1"', "step 'S1' stands there twice"),
        ('id = "S2"', 'id = "S7"', "'next' names 'S2'"),
        ('next = ["S1", "S4"]', 'next = ["S7"]', "step S0: 'next' names 'S7'"),
        ('next = ["S1", "S4"]', 'next = ["S1", "S1"]', "step S0: 'next' names something twice"),
        ('next = ["S1", "S4"]', "next = [1]", "step S0: 'next' must be a list of names"),
        ('next = ["S2", "AWAY"]', 'next = ["S8"]', "step S1: 'next' names 'S8'"),
        ('guards = ["author_declared"]', 'guards = ["nice"]', "step S1: 'guards' names 'nice'"),
        ('after = ["S0"]', 'after = ["S7"]', "step S1: 'after' names 'S7'"),
        ('parallel_to = ["S0"]', 'parallel_to = ["S7"]', "step S1: 'parallel_to' names 'S7'"),
        ("optional = false", "optinal = false", "step S1: unknown key 'optinal'"),
        ('actors = ["desk"]\nclos', 'actors = ["mayor"]\nclos', "step S3: 'actors' names 'mayor'"),
        ('actors = ["desk"]\nclos', "actors = []\nclos", "step S3: 'actors' is empty"),
        ('done_by = "report"', 'done_by = "magic"', "step S0: 'done_by' is 'magic'"),
        ("days = 3", "days = 0", "step S1, term 2: 'days' is empty"),
        ("days = 3", "days = -3", "step S1, term 2: 'days' must be 1 or more"),
        ("days = 3", "days = [3, 3]", "step S1, term 2: 'days' must be whole numbers of 1 or more, each more"),
        ("days = 3", 'law = "own", days = 3', "step S1, term 2: 'law' is 'own'"),
        ('kind = "norm"', 'kind = "law"', "step S1, term 2: 'kind' is 'law', but terms of the law are code"),
        ('phase = "assess"\n', "", "step S1: 'phase' is missing"),
        ('deviation_authority = "desk"', 'deviation_authority = "king"', "'deviation_authority' names 'king'"),
        ("leaves = true", "leaves = false", "exit 'AWAY': leads 'to' another protocol"),
        ('done_by = "feedback"\n', "", "no step gives the reporter feedback"),
        ("days = 3", "days = 3, weeks = 1", "step S1, term 2: needs exactly one of"),
        ("days = 3, ", "", "step S1, term 2: needs exactly one of"),
        ('clock = "feedback"', 'clock = "lunch"', "step S4, term: 'clock' is 'lunch'"),
        ('clock = "feedback"', 'clock = "feedback", from = "S0"', "step S4, term: unknown key 'from'"),
        ('from = "S0"', 'from = "S9"', "step S1, term: 'from' names 'S9'"),
        ('kind = "norm"', 'kind = "wish"', "step S1, term 2: 'kind' is 'wish'; use one of norm, default"),
        ('basis = { nl = "Norm", en = "Norm" }', 'basis = { nl = "Norm", en = "" }', "'en' is empty"),
        ('type = "choice"', 'type = "text"', "step S1, record 'nature': type 'text' and choices"),
        ('type = "choice"', 'type = "colour"', "step S1, record 'nature': 'type' is 'colour'"),
        ('options = ["wait"]', 'options = ["off"]', "step S1, record 'soon_why': 'options' names 'off'"),
        ('options = ["wait"]', "size = 3", "step S1, record 'soon_why': unknown key 'size'"),
        ('name = "nature"', 'name = ""', "step S1, record 5: 'name' is empty"),
        ('value = "onderzoek"', 'value = "onderzoek"\nif = "x"', "step S1, option 'onderzoek': unknown key 'if'"),
        ("closes = true", "closes = false", "exactly one step must have closes = true, not 0"),
        ("closes = true", 'closes = "yes"', "step S3: 'closes' must be true or false"),
        ("leaves = true", "", "exit 'AWAY': 'leaves' is missing"),
        ("[actors]\n", "[actors]\nclerk = 3\n", "actors: 'clerk' must be a table; write it as { nl = "),
        ("days = 3", "workdays = 1000000000", "step S1, term 2: 'workdays' must be 1 or more, and at most"),
        ("days = 3", "days = [3, 1000000000]", "before, at most 9999"),
        ('id = "S"', 'id = "../S"', "'id' is '../S'; use only letters"),
        ('id = "AWAY"', 'id = "A/WAY"', "'id' is 'A/WAY'; use only letters"),
        ('id = "S0"', 'id = "S.0"', "'id' is 'S.0'; use only letters"),
        ('value = "onderzoek"', 'value = "<b>"', "'value' is '<b>'; use only letters"),
        ('name = "nature"', 'name = "n.0.e"', "'name' is 'n.0.e'; use only letters"),
        ('nl = "Klein"', 'nl = "\\u001b[31mKlein"', "'title': 'nl' holds a sign that nobody sees"),
        ('en = "Small"', 'en = "\\u202eSmall"', "'title': 'en' holds a sign that nobody sees"),
        ("figure = 7", "figure = 2", "step S1: 'figure' is 2"),
        ("figure = 7", "figure = 11", "step S1: figure 11 does not know nog_niet, onderzoek"),
        ("figure = 3", "figure = 4", "record 'nature': figure 4 does not know financieel, overig"),
        ("figure = 3", "required = true", "record 'nature': 'geld' has counts_as, but nothing here feeds a figure"),
        (
            'from = "S1.known_on"',
            'from = "S1.crime"',
            "which has the type yes_no; use a field of the type day: known_on, planned_on",
        ),
        ('from = "S1.known_on"', 'from = "S9.known_on"', "step S1, term: 'from' names 'S9'"),
        ('stops_on = "known_on"', 'stops_on = "then"', "step S1, term: 'stops_on' names 'then'"),
        ('when = "S1.crime"', 'when = "S1.known_on"', "step S1, term: 'when' names 'known_on'"),
        ('when = "S1.crime"', 'when = "always"', "step S1, term 1: 'always' names no field"),
        ('field = "crime"\nis', 'field = "sin"\nis', "step S1: 'calls' names 'sin'"),
        ('is = ["yes"]', "is = []", "step S1, calls 1: 'is' is empty"),
        ('is = ["yes"]', 'is = ["ja"]', "step S1: 'calls is' names 'ja', which does not exist; use one of yes, no"),
        ('is = ["yes"]\nnext = ["S2"]', 'is = ["yes"]\nnext = []', "step S1, calls 1: 'next' is empty"),
        ('flag = "criminal_offence"', 'flag = "sad"', "record 'crime': 'flag' is 'sad'"),
        ('when = "past"', 'when = "soon"', "record 'known_on': 'when' is 'soon'"),
        ('after = "known_on"', 'after = "crime"', "record 'planned_on': 'earliest after' names 'crime'"),
        ('unless = "soon_why" }', 'unless = "rush" }', "record 'planned_on': 'earliest unless' names 'rush'"),
        ('only_if = { field = "crime"', 'only_if = { field = "sin"', "record 'known_on': 'only_if' names 'sin'"),
        (
            'only_if = { field = "crime", is = ["yes"] }',
            'only_if = { field = "crime", is = ["perhaps"] }',
            "'only_if is'",
        ),
        ('unless = "soon_why"\n', 'unless = "rush"\n', "record 'pieces': 'unless' names 'rush'"),
        ('type = "hash"', 'type = "rows"', "a column cannot have the type 'rows'"),
        ('type = "rows"', 'type = "text"', "record 'pieces': type 'text' and columns do not go together"),
        ('name = "sum"', 'name = "what"', "columns 'what' stands there twice"),
        ('again_on = "planned_on"', 'again_on = "crime"', "option 'wait': 'again_on' names 'crime'"),
        ("repeatable = true", "repeatable = false", "'again_on' has the step done again; write repeatable = true"),
        ('law = "awb_9_11_2"', 'law = "awb"', "step S2, extends: 'law' is 'awb'"),
        (', law = "awb_9_11_2"', "", "step S2, extends: 'law' is missing"),
        ('extends = { step = "S1"', 'extends = { step = "S9"', "step S2, extends: 'step' names 'S9'"),
        (
            'extends = { step = "S1"',
            'extends = { step = "S4"',
            "awb_9_11_1_committee; step S4 has none of these",
        ),
        ('law = "awb_9_11_1"', 'law = "sv_162"', "step S1 has none of these, or another of the law too"),
        ('name = "bericht_klager_op"', 'name = "x"', "step S2: 'extends by awb_9_11_2' names 'bericht_klager_op'"),
        ('name = "bericht_klager_op"', 'required = false\nname = "bericht_klager_op"', "the law asks for"),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, message: str) -> None:
    assert old in SAMPLE
    with pytest.raises(ProtocolFileError, match=r"^small\.toml") as refused:
        load(SAMPLE.replace(old, new, 1))
    assert message in str(refused.value)


def extended(text: str) -> InvestigationProtocol:
    return load_protocol(text.encode(), "own.toml", {"S": SAMPLE.encode()})


def test_a_file_that_extends_another_says_only_what_differs() -> None:
    own, base = extended(OWN), load_protocol(SAMPLE.encode(), "small.toml")
    assert (own.id, own.version, own.title) == ("S_own", 4, base.title)
    assert list(own.steps) == ["S0", "S1", "S5", "S3", "S4"]
    assert own.steps["S1"].help != base.steps["S1"].help
    assert own.steps["S1"].record == base.steps["S1"].record
    assert list(own.actors) == ["desk", "chair"]


def test_the_digest_of_an_extending_file_changes_with_either_file() -> None:
    other = SAMPLE.replace("Klein", "Kleiner")
    digests = {
        extended(OWN).digest,
        extended(OWN.replace("version = 4", "version = 5")).digest,
        load_protocol(OWN.encode(), "own.toml", {"S": other.encode()}).digest,
    }
    assert len(digests) == 3


@pytest.mark.parametrize(
    "old,new,message",
    [
        ('extends = "S"', 'extends = "Z"', "'extends' must be one of S"),
        ('extends = "S"', "extends = 3", "'extends' must be one of S"),
        ('id = "S5"', 'id = ["S5"]', "'id' must be text"),
        ("version = 4", "version = -4", "'version' must be a whole number from 1"),
        ("version = 4", "version = 0x7fffffffffffffff", "'version' must be a whole number from 1"),
        ('remove = ["S2"]', 'remove = ["S7"]', "'remove' names S7, which S does not have; it can name S2, S3, AWAY"),
        ('remove = ["S2"]', 'remove = "S2"', "'remove' must be a list of ids; write it as remove = [\"S2\"]"),
        ('remove = ["S2"]', 'remove = ["S3"]', "'next' names 'S3'"),
        ('id = "S_own"\n', "", "needs an 'id' and a 'version' of its own"),
        ("version = 4\n", "", "needs an 'id' and a 'version' of its own"),
        ('id = "S5"\n', "", "'id' is missing"),
        ('id = "S1"', 'id = "S11"', "step S11: S has no such step; use one of S0, S1, S2, S3, S4, or give a step"),
        ('remove = ["S2"]', "remove = [2]", "'remove' names 2, which S does not have"),
        ('remove = ["S2"]', 'remove = [["S2"]]', "which S does not have"),
    ],
)
def test_a_mistake_in_an_extending_file_is_named(old: str, new: str, message: str) -> None:
    assert old in OWN
    with pytest.raises(ProtocolFileError, match=r"^own\.toml") as refused:
        extended(OWN.replace(old, new, 1))
    assert message in str(refused.value)


def test_a_file_cannot_extend_itself() -> None:
    with pytest.raises(ProtocolFileError, match="'extends' must be one of"):
        load_protocol(OWN.encode(), "own.toml", {"S": OWN.encode()})


def test_a_step_that_is_also_an_exit_is_refused() -> None:
    with pytest.raises(ProtocolFileError, match="S3 is both a step and an exit"):
        load(SAMPLE.replace('"AWAY"', '"S3"'))


def test_a_file_without_steps_is_refused() -> None:
    with pytest.raises(ProtocolFileError, match="there are no steps"):
        load(SAMPLE[: SAMPLE.index("[[step]]")])


def test_a_step_that_nothing_leads_to_is_refused() -> None:
    closing = SAMPLE[SAMPLE.index('[[step]]\nid = "S3"') : SAMPLE.index('[[step]]\nid = "S4"')]
    with pytest.raises(ProtocolFileError, match="step S9: nothing leads to it"):
        load(SAMPLE + closing.replace("S3", "S9").replace("closes = true", ""))


def test_a_step_that_only_leaving_out_leads_to_is_refused() -> None:
    with pytest.raises(ProtocolFileError, match="step S2: only leaving out another step leads to it"):
        load(
            SAMPLE.replace('parallel_to = ["S0"]', 'parallel_to = ["S0"]\nnext = ["S2"]')
            .replace('is = ["yes"]\nnext = ["S2"]', 'is = ["yes"]\nnext = ["S3"]')
            .replace('["S2", "AWAY"]', '["S3", "AWAY"]')
        )


def test_an_automatic_step_has_no_record_of_its_own() -> None:
    extra = '\n[[step.record]]\nname = "x"\ntype = "text"\nlabel = { nl = "X", en = "X" }\n\n[[step]]\nid = "S1"'
    with pytest.raises(ProtocolFileError, match="step S0: has a record, but is done by itself"):
        load(SAMPLE.replace('\n[[step]]\nid = "S1"', extra))


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe",
        b"id = ",
        b"",
        b"version = " + b"9" * 5000,
        b"a = " + b"[" * 5000 + b"]" * 5000,
        b"a = " + b"{ a = " * 3000 + b"1" + b" }" * 3000,
    ],
    ids=["no UTF-8", "half a line", "nothing", "endless number", "endless lists", "endless tables"],
)
def test_bytes_that_are_no_protocol_are_refused(data: bytes) -> None:
    with pytest.raises(ProtocolFileError, match=r"^x\.toml"):
        load_protocol(data, "x.toml")


def test_the_shipped_protocol_has_every_step_of_the_list() -> None:
    assert set(PROTOCOL.steps) == {f"A{number:02}" for number in range(23)} | {"A02x", "A12r"}


def test_the_shipped_protocol_pins_its_exact_bytes() -> None:
    data = files("casework.protocols").joinpath("a_ambtenaren.toml").read_bytes()
    assert sha256(data).hexdigest() == PROTOCOL.digest


def test_feedback_has_the_same_fields_in_every_protocol() -> None:
    step = PROTOCOL.steps["A17"]
    assert (step.done_by, step.clock, step.record) == (DoneBy.FEEDBACK, "feedback", FEEDBACK_FIELDS)


@pytest.mark.parametrize(
    "step,amount,unit,kind",
    [
        ("A02", 2, TermUnit.DAYS, TermKind.NORM),
        ("A03", 14, TermUnit.DAYS, TermKind.NORM),
        ("A04", 14, TermUnit.DAYS, TermKind.NORM),
        ("A07", 4, TermUnit.WEEKS, TermKind.NORM),
        ("A09", 2, TermUnit.WEEKS, TermKind.NORM),
        ("A10", 1, TermUnit.MONTHS, TermKind.LAW),
        ("A13", 10, TermUnit.WORKDAYS, TermKind.NORM),
        ("A15", 4, TermUnit.WEEKS, TermKind.NORM),
    ],
)
def test_the_shipped_protocol_has_the_terms_of_the_list(step: str, amount: int, unit: TermUnit, kind: TermKind) -> None:
    rule = PROTOCOL.steps[step].terms[0].rules[0]
    assert (rule.length, rule.kind) == ((amount, unit), kind)
