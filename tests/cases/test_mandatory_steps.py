# SPDX-License-Identifier: EUPL-1.2
"""A step that a statute asks for without a term: nobody can consent to leaving it out, and no file takes it away."""

import pytest

from casework.domain.case.commands import RecordDeviation
from casework.domain.case.events import DeviationRecorded
from casework.domain.errors import ProtocolFileError, Refused
from casework.domain.judge.views import StepState
from casework.domain.protocol.model import InvestigationProtocol
from casework.protocols import read_own, shipped_protocols
from support.casebook import ANNA, Casebook
from support.scenario import ON, go

BASIS = {
    ("A_ambtenaren", "A02"): "article 2(2)(d)",
    ("B_politieke_ambtsdragers", "B02"): "article 2(2)(d)",
    ("C_klacht_ongewenst_gedrag", "C04"): "article 9:9",
    ("C_klacht_ongewenst_gedrag", "C06"): "article 9:10",
    ("C_klacht_ongewenst_gedrag", "C08"): "article 9:15(4)",
    ("D_tijdelijke_commissie", "D02"): "articles 84 and 83(2)",
    ("D_tijdelijke_commissie", "D03"): "article 2(2)(d)",
}
TO_THE_COPY = "acknowledge declare C00=ondertekende_klacht C01 C03=ontvankelijk"


def extending(base: str, step: str, *keys: str) -> InvestigationProtocol:
    text = f'extends = "{base}"\nid = "ours"\nversion = 1\n'
    return read_own("\n".join((text, f'[[step]]\nid = "{step}"', *keys)).encode(), "own.toml")


@pytest.mark.parametrize("base,step", BASIS)
def test_a_step_of_a_statute_is_not_left_out_and_the_refusal_names_the_statute(base: str, step: str) -> None:
    protocol = shipped_protocols()[base]
    book = Casebook(protocol=protocol)
    with pytest.raises(Refused) as refused:
        book.do(RecordDeviation(ANNA, step, "No time", protocol.deviation_authority), on=ON)
    assert refused.value.code == "law_cannot_be_left_out"
    assert BASIS[base, step] in refused.value.text.en


def test_a_deviation_from_it_that_another_tool_wrote_does_not_count() -> None:
    book = go(Casebook(protocol=shipped_protocols()["C_klacht_ongewenst_gedrag"]), TO_THE_COPY)
    assert book.judged(ON).step("C04").state is StepState.OPEN
    book.append(DeviationRecorded("C04", "No time", "bevoegd_gezag"), ON)
    judged = book.judged(ON)
    assert judged.irregular[book.entries[-1].seq].code == "law_cannot_be_left_out"
    assert judged.step("C04").state is StepState.OPEN


@pytest.mark.parametrize("base,step", BASIS)
def test_a_file_that_extends_another_cannot_remove_it(base: str, step: str) -> None:
    with pytest.raises(ProtocolFileError, match=f"step {step}, but the law asks for it"):
        read_own(f'extends = "{base}"\nid = "ours"\nversion = 1\nremove = ["{step}"]'.encode(), "own.toml")


@pytest.mark.parametrize("key", ["optional = true", "record = []", 'after = ["C09"]'])
def test_nor_make_it_less(key: str) -> None:
    with pytest.raises(ProtocolFileError, match="the law asks for it"):
        extending("C_klacht_ongewenst_gedrag", "C04", key)


def test_a_municipality_sets_a_norm_where_the_statute_sets_no_term() -> None:
    norm = 'term = { days = 5, from = "A00", kind = "norm", basis = { nl = "Eigen norm", en = "Own norm" } }'
    assert extending("A_ambtenaren", "A02", norm).steps["A02"].terms[0].rules[0].length.amount == 5


def test_a_municipality_names_the_statute_of_a_step_of_its_own_choice() -> None:
    named = extending("A_ambtenaren", "A18", 'law = { nl = "Wet X, artikel 1", en = "Act X, article 1" }')
    assert named.steps["A18"].is_law
    assert not named.may_leave_out(named.steps["A18"])
