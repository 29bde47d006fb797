# SPDX-License-Identifier: EUPL-1.2
"""Protocol files: the shipped ones load, and every mistake is named with file, step and cure."""

import re
from hashlib import sha256
from importlib.resources import files

import pytest

from casework.domain.case.messages import FEEDBACK_FIELDS
from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import DoneBy, InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol
from casework.domain.terms.term import TermKind, TermUnit
from casework.protocols import read_own
from support.casebook import PROTOCOL

SMALL = """
format = 1
id = "S"
version = 1
title = { nl = "Klein", en = "Small" }
first = "S0"
reopens_at = "S1"
deviation_authority = "desk"

[actors]
desk = { nl = "Meldpunt", en = "Desk" }

[[exit]]
id = "END"
title = { nl = "Einde", en = "End" }
leaves = true

[[step]]
id = "S0"
phase = "receive"
title = { nl = "Ontvangst", en = "Receipt" }
help = { nl = "Binnen.", en = "In." }
actors = ["desk"]
done_by = "report"
next = ["S1"]

[[step]]
id = "S1"
phase = "assess"
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
phase = "conclude"
title = { nl = "Sluiten", en = "Close" }
help = { nl = "Sluit.", en = "Close." }
actors = ["desk"]
closes = true
next = ["END"]

[[step]]
id = "S3"
phase = "conclude"
title = { nl = "Terugkoppelen", en = "Feedback" }
help = { nl = "Koppel terug.", en = "Give feedback." }
actors = ["desk"]
done_by = "feedback"
term = { clock = "feedback" }
next = ["END"]
"""
RICH = """
[[step]]
id = "S4"
phase = "address"
title = { nl = "Onderzoek", en = "Inquiry" }
help = { nl = "Zoek.", en = "Look." }
actors = ["desk"]
parallel_to = ["S1"]
repeatable = true
figure = 9
term = [
  { law = "awb_9_11_1_committee", from = "S4.asked", stops_on = "told", when = "S4.committee" },
  { months = [3, 6, 12], from = "feedback_given", kind = "default", basis = { nl = "Norm", en = "Norm" } },
]

[[step.calls]]
field = "crime"
is = ["yes"]
next = ["S1"]

[[step.record]]
name = "crime"
type = "yes_no"
label = { nl = "Misdrijf", en = "Crime" }
flag = "criminal_offence"

[[step.record]]
name = "committee"
type = "yes_no"
label = { nl = "Commissie", en = "Committee" }

[[step.record]]
name = "asked"
type = "day"
label = { nl = "Gevraagd", en = "Asked" }
when = "past"

[[step.record]]
name = "told"
type = "day"
label = { nl = "Verteld", en = "Told" }
earliest = { workdays = 5, after = "asked", unless = "haste" }

[[step.record]]
name = "haste"
type = "text"
label = { nl = "Haast", en = "Haste" }
only_if = { field = "crime", is = ["no"] }
required = false

[[step.record]]
name = "later"
type = "day"
label = { nl = "Later", en = "Later" }
options = ["ongegrond"]
when = "coming"

[[step.record]]
name = "proof"
type = "rows"
label = { nl = "Bewijs", en = "Evidence" }
unless = "haste"

[[step.record.columns]]
name = "what"
type = "text"
label = { nl = "Wat", en = "What" }

[[step.record.columns]]
name = "sum"
type = "hash"
label = { nl = "Hash", en = "Hash" }

[[step.record]]
name = "nature"
type = "choice"
label = { nl = "Soort", en = "Kind" }
figure = 3
choices = [{ value = "geld", label = { nl = "Geld", en = "Money" }, counts_as = "financieel" }]

[[step.option]]
value = "gegrond"
label = { nl = "Gegrond", en = "Founded" }
next = ["S2"]

[[step.option]]
value = "ongegrond"
label = { nl = "Ongegrond", en = "Unfounded" }
next = ["S2"]
again_on = "later"

[[step]]
id = "S5"
phase = "address"
title = { nl = "Verdagen", en = "Adjourn" }
help = { nl = "Verdaag.", en = "Adjourn." }
actors = ["desk"]
parallel_to = ["S4"]
optional = true
extends = { step = "S4", law = "awb_9_11_2" }

[[step.record]]
name = "bericht_klager_op"
type = "day"
label = { nl = "Klager", en = "Complainant" }

[[step.record]]
name = "bericht_beklaagde_op"
type = "day"
label = { nl = "Beklaagde", en = "Accused" }
"""


def load(text: str) -> None:
    load_protocol(text.encode(), "small.toml")


def test_a_small_protocol_loads() -> None:
    protocol = load_protocol(SMALL.encode(), "small.toml")
    assert list(protocol.steps) == ["S0", "S1", "S2", "S3"]
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
        ('title = { nl = "Klein", en = "Small" }', 'title = { nl = " ", en = " " }', "'nl' is empty"),
        ('title = { nl = "Klein", en = "Small" }', 'title = "Small"', "'title' must be a table"),
        ('en = "Small"', f'en = "{"x" * 81}"', "'title' has a word of more than 80 letters"),
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
        ("days = 3", "days = [3, 3]", "step S1, term: 'days' must be whole numbers of 1 or more, each more"),
        ("days = 3", 'law = "own", days = 3', "step S1, term: 'law' is 'own'"),
        ('kind = "norm"', 'kind = "law"', "step S1, term: 'kind' is 'law', but terms of the law are code"),
        ('phase = "assess"\n', "", "step S1: 'phase' is missing"),
        ('deviation_authority = "desk"', 'deviation_authority = "king"', "'deviation_authority' names 'king'"),
        ("leaves = true", 'leaves = false\nto = "S"', "exit 'END': leads 'to' another protocol"),
        ('done_by = "feedback"\n', "", "no step gives the reporter feedback"),
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
        ("days = 3", "workdays = 1000000000", "step S1, term: 'workdays' must be 1 or more, and at most"),
        ("days = 3", "days = [3, 1000000000]", "before, at most 9999"),
        ('id = "S"', 'id = "../S"', "'id' is '../S'; use only letters"),
        ('id = "END"', 'id = "E/ND"', "'id' is 'E/ND'; use only letters"),
        ('id = "S0"', 'id = "S.0"', "'id' is 'S.0'; use only letters"),
        ('value = "on"', 'value = "<b>"', "'value' is '<b>'; use only letters"),
        ('name = "why"', 'name = "w.0.y"', "'name' is 'w.0.y'; use only letters"),
        ('nl = "Klein"', 'nl = "\\u001b[31mKlein"', "'title': 'nl' holds a sign that nobody sees"),
        ('en = "Small"', 'en = "\\u202eSmall"', "'title': 'en' holds a sign that nobody sees"),
    ],
)
def test_a_mistake_is_named_with_its_place(old: str, new: str, message: str) -> None:
    assert old in SMALL
    with pytest.raises(ProtocolFileError, match=r"^small\.toml") as refused:
        load(SMALL.replace(old, new, 1))
    assert re.search(re.escape(message), str(refused.value))


@pytest.mark.parametrize(
    "old,new,message",
    [
        ("figure = 9", "figure = 2", "step S4: 'figure' is 2"),
        ("figure = 9", "figure = 11", "step S4: figure 11 does not know gegrond, ongegrond"),
        ("figure = 3", "figure = 4", "record 'nature': figure 4 does not know financieel"),
        ("figure = 3", "required = true", "record 'nature': 'geld' has counts_as, but nothing here feeds a figure"),
        ('from = "S4.asked"', 'from = "S4.crime"', "step S4, term: 'from' names 'crime'"),
        ('from = "S4.asked"', 'from = "S9.asked"', "step S4, term: 'from' names 'S9'"),
        ('stops_on = "told"', 'stops_on = "then"', "step S4, term: 'stops_on' names 'then'"),
        ('when = "S4.committee"', 'when = "S4.asked"', "step S4, term: 'when' names 'asked'"),
        ('when = "S4.committee"', 'when = "always"', "step S4, term 1: 'always' names no field"),
        ('field = "crime"\nis', 'field = "sin"\nis', "step S4: 'calls' names 'sin'"),
        ('is = ["yes"]', "is = []", "step S4, calls 1: 'is' is empty"),
        ('is = ["yes"]', 'is = ["ja"]', "step S4: 'calls is' names 'ja', which does not exist; use one of yes, no"),
        ('next = ["S1"]', "next = []", "step S4, calls 1: 'next' is empty"),
        ('flag = "criminal_offence"', 'flag = "sad"', "record 'crime': 'flag' is 'sad'"),
        ('when = "past"', 'when = "soon"', "record 'asked': 'when' is 'soon'"),
        ('after = "asked"', 'after = "crime"', "record 'told': 'earliest after' names 'crime'"),
        ('unless = "haste" }', 'unless = "rush" }', "record 'told': 'earliest unless' names 'rush'"),
        ('only_if = { field = "crime"', 'only_if = { field = "sin"', "record 'haste': 'only_if' names 'sin'"),
        ('is = ["no"]', 'is = ["perhaps"]', "record 'haste': 'only_if is' names 'perhaps'"),
        ('unless = "haste"\n', 'unless = "rush"\n', "record 'proof': 'unless' names 'rush'"),
        ('type = "hash"', 'type = "rows"', "a column cannot have the type 'rows'"),
        ('type = "rows"', 'type = "text"', "record 'proof': type 'text' and columns do not go together"),
        ('name = "sum"', 'name = "what"', "columns 'what' stands there twice"),
        ('again_on = "later"', 'again_on = "crime"', "option 'ongegrond': 'again_on' names 'crime'"),
        ("repeatable = true", "repeatable = false", "'again_on' has the step done again; write repeatable = true"),
        ('law = "awb_9_11_2"', 'law = "awb"', "step S5, extends: 'law' is 'awb'"),
        (', law = "awb_9_11_2"', "", "step S5, extends: 'law' is missing"),
        ('extends = { step = "S4"', 'extends = { step = "S9"', "step S5, extends: 'step' names 'S9'"),
        ('name = "bericht_klager_op"', 'name = "x"', "step S5: 'extends by awb_9_11_2' names 'bericht_klager_op'"),
        ('name = "bericht_klager_op"', 'required = false\nname = "bericht_klager_op"', "the law asks for"),
    ],
)
def test_a_mistake_in_what_a_rich_step_says_is_named_with_its_place(old: str, new: str, message: str) -> None:
    assert old in RICH
    load(SMALL + RICH)
    with pytest.raises(ProtocolFileError, match=r"^small\.toml") as refused:
        load(SMALL + RICH.replace(old, new, 1))
    assert message in str(refused.value)


OWN = """
format = 1
extends = "S"
id = "T"
version = 4
remove = ["S1"]
reopens_at = "S0"

[actors]
mayor = { nl = "Burgemeester", en = "Mayor" }

[[step]]
id = "S0"
next = ["S2", "T1"]

[[step]]
id = "T1"
phase = "assess"
title = { nl = "Eigen stap", en = "Own step" }
help = { nl = "Doe.", en = "Do." }
actors = ["mayor"]
"""


def extended(text: str) -> InvestigationProtocol:
    return load_protocol(text.encode(), "own.toml", {"S": SMALL.encode()})


def test_a_file_that_extends_another_says_only_what_differs() -> None:
    own, base = extended(OWN), load_protocol(SMALL.encode(), "small.toml")
    assert (own.id, own.version, own.title) == ("T", 4, base.title)
    assert list(own.steps) == ["S0", "S2", "S3", "T1"]
    assert own.steps["S0"].next == ("S2", "T1")
    assert own.steps["S0"].help == base.steps["S0"].help
    assert list(own.actors) == ["desk", "mayor"]


def test_the_digest_of_an_extending_file_changes_with_either_file() -> None:
    other = SMALL.replace("Klein", "Kleiner")
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
        ('id = "T1"', 'id = ["T1"]', "'id' must be text"),
        ("version = 4", "version = -4", "'version' must be a whole number from 1"),
        ("version = 4", "version = 0x7fffffffffffffff", "'version' must be a whole number from 1"),
        ('remove = ["S1"]', 'remove = ["S7"]', "'remove' names S7, which it does not have"),
        ('remove = ["S1"]', 'remove = "S1"', "'remove' names S1"),
        ('remove = ["S1"]', 'remove = ["S2"]', "step S0: 'next' names 'S2'"),
        ('id = "T"\n', "", "needs an 'id' and a 'version' of its own"),
        ("version = 4\n", "", "needs an 'id' and a 'version' of its own"),
        ('id = "T1"\n', "", "'id' is missing"),
    ],
)
def test_a_mistake_in_an_extending_file_is_named(old: str, new: str, message: str) -> None:
    assert old in OWN
    with pytest.raises(ProtocolFileError, match=r"^own\.toml") as refused:
        extended(OWN.replace(old, new, 1))
    assert message in str(refused.value)


@pytest.mark.parametrize(
    "own,message",
    [
        ('[[step]]\nid = "A10"\nterm = { weeks = 40 }', "step A10: the law sets its term; leave 'term' out"),
        ('[[step]]\nid = "A01"\nterm = []', "step A01: the law sets its term; leave 'term' out"),
        ('[[step]]\nid = "A10"\noptional = true', "step A10: the law sets its term; leave 'optional' out"),
        ('remove = ["A08", "A16"]', "the law asks for step A16; take it out of 'remove'"),
    ],
)
def test_an_extending_file_cannot_take_away_a_term_of_the_law(own: str, message: str) -> None:
    head = 'extends = "A_ambtenaren"\nid = "ours"\nversion = 1\n'
    with pytest.raises(ProtocolFileError, match=r"^own\.toml") as refused:
        read_own((head + own).encode(), "own.toml")
    assert message in str(refused.value)


def test_a_file_cannot_extend_itself() -> None:
    with pytest.raises(ProtocolFileError, match="'extends' must be one of"):
        load_protocol(OWN.encode(), "own.toml", {"S": OWN.encode()})


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
