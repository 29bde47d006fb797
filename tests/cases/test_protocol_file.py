# SPDX-License-Identifier: EUPL-1.2
"""Protocol files: the shipped ones load, and every mistake is named with file, step and cure."""

import re
from hashlib import sha256
from importlib.resources import files

import pytest

from casework.domain.case.messages import FEEDBACK_FIELDS
from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import DoneBy
from casework.domain.protocol_file.reader import load_protocol
from casework.domain.terms.term import TermKind, TermUnit
from support.casebook import PROTOCOL

SMALL = """
format = 1
id = "S"
version = 1
title = { nl = "Klein", en = "Small" }
first = "S0"
reopens_at = "S1"

[actors]
desk = { nl = "Meldpunt", en = "Desk" }

[[exit]]
id = "END"
title = { nl = "Einde", en = "End" }
leaves = true

[[step]]
id = "S0"
title = { nl = "Ontvangst", en = "Receipt" }
help = { nl = "Binnen.", en = "In." }
actors = ["desk"]
done_by = "report"
next = ["S1"]

[[step]]
id = "S1"
title = { nl = "Weging", en = "Triage" }
help = { nl = "Weeg.", en = "Weigh." }
actors = ["desk"]
guards = ["author_declared"]
term = { days = 3, from = "S0", kind = "norm", basis = { nl = "Norm", en = "Norm" } }

[[step.record]]
name = "why"
type = "choice"
label = { nl = "Waarom", en = "Why" }
choices = [{ value = "a", label = { nl = "A", en = "A" } }]
options = ["on"]

[[step.option]]
value = "on"
label = { nl = "Door", en = "On" }
next = ["S2", "END"]

[[step]]
id = "S2"
title = { nl = "Sluiten", en = "Close" }
help = { nl = "Sluit.", en = "Close." }
actors = ["desk"]
closes = true
next = ["END"]
"""


def load(text: str) -> None:
    load_protocol(text.encode(), "small.toml")


def test_a_small_protocol_loads() -> None:
    protocol = load_protocol(SMALL.encode(), "small.toml")
    assert list(protocol.steps) == ["S0", "S1", "S2"]
    assert protocol.digest == sha256(SMALL.encode()).hexdigest()
    assert protocol.closing.id == "S2"


@pytest.mark.parametrize(
    "old,new,message",
    [
        ("format = 1", "format = 2", "'format' must be 1"),
        ('first = "S0"', 'first = "S9"', "'first' names 'S9'"),
        ('reopens_at = "S1"', 'reopens_at = "S9"', "'reopens_at' names 'S9'"),
        ('first = "S0"', 'first = "S0"\ncolour = "red"', "unknown key 'colour'"),
        ('title = { nl = "Klein", en = "Small" }', 'title = { nl = "Klein" }', "'en' is missing"),
        ('title = { nl = "Klein", en = "Small" }', 'title = { nl = "", en = "Small" }', "'nl' is empty"),
        ('title = { nl = "Klein", en = "Small" }', 'title = "Small"', "'title' must be a table"),
        ("version = 1", 'version = "1"', "'version' must be a whole number"),
        ("version = 1", "version = true", "'version' must be a whole number"),
        ('id = "S2"', 'id = "S1"', "step 'S1' stands there twice"),
        ('id = "S2"', 'id = "END"', "'next' names 'S2'"),
        ('next = ["S1"]', 'next = ["S7"]', "step S0: 'next' names 'S7'"),
        ('next = ["S1"]', 'next = ["S1", "S1"]', "step S0: 'next' names something twice"),
        ('next = ["S1"]', "next = [1]", "step S0: 'next' must be a list of names"),
        ('next = ["S2", "END"]', 'next = ["S8"]', "step S1: 'next' names 'S8'"),
        ('next = ["S2", "END"]', 'next = ["END"]', "step S2: nothing leads to it"),
        ('guards = ["author_declared"]', 'guards = ["nice"]', "step S1: 'guards' names 'nice'"),
        ('guards = ["author_declared"]', 'after = ["S7"]', "step S1: 'after' names 'S7'"),
        ('guards = ["author_declared"]', 'parallel_to = ["S7"]', "step S1: 'parallel_to' names 'S7'"),
        ('guards = ["author_declared"]', "optinal = true", "step S1: unknown key 'optinal'"),
        ('actors = ["desk"]\nclos', 'actors = ["mayor"]\nclos', "step S2: 'actors' names 'mayor'"),
        ('actors = ["desk"]\nclos', "actors = []\nclos", "step S2: 'actors' is empty"),
        ('done_by = "report"', 'done_by = "magic"', "step S0: 'done_by' is 'magic'"),
        ("days = 3", "days = 0", "step S1, term: 'days' is empty"),
        ("days = 3", "days = -3", "step S1, term: 'days' must be 1 or more"),
        ("days = 3", "days = 3, weeks = 1", "step S1, term: needs exactly one of"),
        ("days = 3, ", "", "step S1, term: needs exactly one of"),
        ("days = 3, ", 'clock = "lunch", ', "step S1, term: 'clock' is 'lunch'"),
        ("days = 3, ", 'clock = "feedback", ', "step S1, term: unknown key 'from'"),
        ('from = "S0"', 'from = "S9"', "step S1, term: 'from' names 'S9'"),
        ('kind = "norm"', 'kind = "wish"', "step S1, term: 'kind' is 'wish'"),
        ('basis = { nl = "Norm", en = "Norm" }', 'basis = { nl = "Norm", en = "" }', "'en' is empty"),
        ('type = "choice"', 'type = "text"', "step S1, record 'why': type 'text' and choices"),
        ('type = "choice"', 'type = "colour"', "step S1, record 'why': 'type' is 'colour'"),
        ('options = ["on"]', 'options = ["off"]', "step S1, record 'why': 'options' names 'off'"),
        ('options = ["on"]', "size = 3", "step S1, record 'why': unknown key 'size'"),
        ('name = "why"', 'name = ""', "step S1, record '': 'name' is empty"),
        ('value = "on"', 'value = "on"\nif = "x"', "step S1, option 'on': unknown key 'if'"),
        ("closes = true", "closes = false", "exactly one step must have closes = true, not 0"),
        ("closes = true", 'closes = "yes"', "step S2: 'closes' must be true or false"),
        ("leaves = true", "", "exit 'END': 'leaves' is missing"),
        ("[actors]\n", "[actors]\nclerk = 3\n", "actors, 'clerk': 'actor' must be a table"),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, message: str) -> None:
    assert old in SMALL
    with pytest.raises(ProtocolFileError, match=r"^small\.toml") as refused:
        load(SMALL.replace(old, new, 1))
    assert re.search(re.escape(message), str(refused.value))


def test_a_step_that_is_also_an_exit_is_refused() -> None:
    with pytest.raises(ProtocolFileError, match="END is both a step and an exit"):
        load(SMALL.replace('["S2", "END"]', '["END"]').replace('"S2"', '"END"'))


def test_a_file_without_steps_is_refused() -> None:
    with pytest.raises(ProtocolFileError, match="there are no steps"):
        load(SMALL[: SMALL.index("[[step]]")])


def test_an_automatic_step_has_no_record_of_its_own() -> None:
    extra = '\n[[step.record]]\nname = "x"\ntype = "text"\nlabel = { nl = "X", en = "X" }\n\n[[step]]\nid = "S1"'
    with pytest.raises(ProtocolFileError, match="step S0: has a record, but is done by itself"):
        load(SMALL.replace('\n[[step]]\nid = "S1"', extra))


@pytest.mark.parametrize("data", [b"\xff\xfe", b"id = ", b""])
def test_bytes_that_are_no_protocol_are_refused(data: bytes) -> None:
    with pytest.raises(ProtocolFileError, match=r"^x\.toml"):
        load_protocol(data, "x.toml")


def test_the_shipped_protocol_has_every_step_of_the_list() -> None:
    assert set(PROTOCOL.steps) == {f"A{number:02}" for number in range(23)} | {"A02x"}


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
    term = PROTOCOL.steps[step].term
    assert term is not None
    assert (term.rule.length, term.rule.kind) == ((amount, unit), kind)
