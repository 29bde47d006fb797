# SPDX-License-Identifier: EUPL-1.2
"""Any file in the place of a protocol is refused with its name and a reason, or is drawn, opened and judged."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.figures import not_recorded
from casework.domain.protocol.model import InvestigationProtocol
from casework.drawing.svg import draw_poster
from casework.protocols import read_own
from support.casebook import Casebook
from support.protocol_samples import SAMPLE

LINES = SAMPLE.strip().split("\n")
PLACES = st.integers(0, len(LINES) - 1)
NAMES = sorted(set(re.findall(r'"[A-Za-z0-9_.]+"', SAMPLE)))
VALUES = st.sampled_from(
    [
        "0",
        "-1",
        "9" * 30,
        "9" * 5000,
        "true",
        "[]",
        "{}",
        '""',
        "nan",
        "1979-05-27",
        "[[]]",
        "[{}]",
        '"\\u202e"',
        *NAMES,
    ]
    + [f"[{name}]" for name in NAMES]
)
OWN = 'extends = "A_ambtenaren"\nid = "own"\nversion = 1\n'


@st.composite
def mutated(draw: st.DrawFn) -> str:
    """The sample with one to three of its lines taken away, doubled, changed places, or given another value."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 3))):
        at, other = draw(PLACES), draw(PLACES)
        match draw(st.sampled_from(["gone", "doubled", "swapped", "other value", "other name", "cut"])):
            case "gone":
                lines[at] = ""
            case "doubled":
                lines[at] += f"\n{lines[other]}"
            case "swapped":
                lines[at], lines[other] = lines[other], lines[at]
            case "other value":
                lines[at] = f"{lines[at].split(' = ')[0]} = {draw(VALUES)}"
            case "other name":
                lines[at] = re.sub(r'"[A-Za-z0-9_.]+"', draw(st.sampled_from(NAMES)), lines[at], count=1)
            case "cut":
                lines[at] = lines[at][: len(lines[at]) // 2]
    return "\n".join(lines)


def read(data: bytes) -> InvestigationProtocol | None:
    """The protocol, or None where the file was refused in words that begin with its name."""
    try:
        return read_own(data, "own.toml")
    except ProtocolFileError as refused:
        told = str(refused)
    assert re.match(r"own\.toml(, [^:]+)?: \S", told)
    return None


@settings(max_examples=150)
@given(mutated())
def test_a_changed_file_is_refused_with_its_name_or_can_be_used(text: str) -> None:
    protocol = read(text.encode())
    if protocol:
        not_recorded(protocol)
        assert draw_poster(protocol, "nl")
        judged = Casebook(protocol=protocol).judged("2027-11-22")
        assert len(judged.steps) == len(protocol.steps)
        assert judged.clocks


@settings(max_examples=100)
@given(st.binary(max_size=200))
def test_bytes_of_any_kind_are_refused_with_the_name_of_the_file(data: bytes) -> None:
    assert read(data) is None


@settings(max_examples=8)
@given(mutated())
def test_what_is_laid_over_a_shipped_protocol_is_refused_with_the_name_of_the_file_or_can_be_used(text: str) -> None:
    steps = text[text.find("[[step]]") :] if "[[step]]" in text else ""
    protocol = read((OWN + steps).encode())
    assert protocol is None or draw_poster(protocol, "en")
