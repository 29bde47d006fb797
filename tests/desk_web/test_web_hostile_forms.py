# SPDX-License-Identifier: EUPL-1.2
"""Forms of steps filled in with what no form ever gives: refused in words, shown as text, and nothing is recorded."""

from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from casework.domain.case.records import OF_FORMS, FieldType
from casework.domain.errors import ProtocolFileError
from casework.domain.protocol.model import DoneBy, Step
from casework.domain.protocol_file.reader import load_protocol
from casework.practice.desk import PracticeDesk
from casework.protocols import shipped_protocols
from casework.web import Gate, create_app
from casework.web.forms import MORE_ROWS, OPTION
from casework.web.visitor import CSRF_FIELD
from support.desk_pages import CSRF, HERE, PREFIX
from support.practising import fresh_desk
from support.protocol_samples import SAMPLE

CASES = {
    "A_ambtenaren": "15-overuren",
    "B_politieke_ambtsdragers": "03-wethouder",
    "C_klacht_ongewenst_gedrag": "04-pesterijen",
    "D_tijdelijke_commissie": "11-haven",
}
RECORDED = [
    (case, step)
    for name, case in CASES.items()
    for step in shipped_protocols()[name].steps.values()
    if step.done_by is DoneBy.RECORD
]
MARKUP = '<script>alert(1)</script><b onload="x">&\'{{7*7}}'
ESCAPED = "&lt;script&gt;alert(1)&lt;/script&gt;&lt;b onload=&#34;x&#34;&gt;&amp;&#39;{{7*7}}"
Typed = dict[str, str | list[str]]


class Forms:
    """An exercise's pages, and how many entries its cases have."""

    def __init__(self, desk: PracticeDesk, client: FlaskClient, csrf: str) -> None:
        self.desk, self._client, self._csrf = desk, client, csrf

    def post(self, path: str, typed: Typed, *, csrf: bool = True) -> TestResponse:
        data = typed | ({"csrf": self._csrf} if csrf else {})
        return self._client.post(f"{PREFIX}/cases/{path}", base_url=HERE, data=data)

    def get(self, path: str) -> TestResponse:
        return self._client.get(PREFIX + path, base_url=HERE)

    def entries(self) -> int:
        return sum(len(self.desk.case(case).case.entries) for case in CASES.values())


def token(client: FlaskClient) -> str:
    found = CSRF.search(client.get(f"{PREFIX}/code", base_url=HERE).text)
    assert found
    return found[1]


def opened() -> Forms:
    desk, codes = fresh_desk(), list[str]()
    gate = Gate(codes.append)
    gate.admit(desk)
    client = create_app(gate, PREFIX, language="en", practice=desk).test_client()
    client.post(f"{PREFIX}/code", base_url=HERE, data={"csrf": token(client), "code": codes[-1]})
    return Forms(desk, client, token(client))


@pytest.fixture(scope="module")
def shared() -> Forms:
    """Pages for forms that change nothing."""
    return opened()


@pytest.fixture
def forms() -> Forms:
    return opened()


def named(step: Step) -> Iterator[str]:
    for field in step.record:
        yield from (f"{field.name}.0.{column.name}" for column in field.columns)
        yield field.name


@pytest.mark.parametrize("case, step", RECORDED, ids=lambda one: getattr(one, "id", ""))
def test_odd_answers_in_any_form_are_refused_or_shown_as_text(shared: Forms, case: str, step: Step) -> None:
    typed: Typed = {**dict.fromkeys(named(step), MARKUP), "option": MARKUP, "made_up": MARKUP}
    typed |= {f"{field.name}.{'9' * 5000}.{column.name}": "x" for field in step.record for column in field.columns}
    answer = shared.post(f"{case}/steps/{step.id}", typed)
    assert answer.status_code in (303, 422)
    assert "<script>alert" not in answer.text
    assert "<b onload" not in answer.text
    texts = [field for field in step.record if field.type in (FieldType.TEXT, FieldType.LONG_TEXT)]
    assert not texts or ESCAPED in answer.text


@pytest.mark.parametrize("case, step", RECORDED[:: len(RECORDED) // 8])
def test_a_form_without_or_with_unfit_answers_records_nothing(shared: Forms, case: str, step: Step) -> None:
    before = shared.entries()
    unfit: list[Typed] = [
        {},
        {f"extra{number}": "x" for number in range(20)},
        {**{name: ["9999-12-31", "", "yes"] for name in named(step)}, "option": ["x", "y"]},
    ]
    assert {shared.post(f"{case}/steps/{step.id}", typed).status_code for typed in unfit} == {422}
    assert shared.entries() == before


def test_what_was_written_as_markup_is_text_in_the_page_and_in_the_lists(forms: Forms) -> None:
    case = CASES["A_ambtenaren"]
    assert forms.post(f"{case}/note", {"text": MARKUP}).status_code == 303
    assert forms.post(f"{case}/register", {"number": MARKUP, "title": MARKUP}).status_code == 303
    for page in ("/", "/today", f"/cases/{case}"):
        shown = forms.get(page).text
        assert ESCAPED in shown
        assert "<script>alert" not in shown


@pytest.mark.parametrize("letters, status", [(900_000, 422), (1_100_000, 413)])
def test_an_answer_without_end_is_refused(shared: Forms, letters: int, status: int) -> None:
    answer = shared.post(f"{CASES['A_ambtenaren']}/steps/A03", {"onderbouwing": "x" * letters})
    assert answer.status_code == status


@pytest.mark.parametrize("step", ["B01", "D05", "nowhere", "A17", "%00", "A" * 3000])
def test_a_step_that_the_case_does_not_have_is_not_found(shared: Forms, step: str) -> None:
    assert shared.post(f"{CASES['A_ambtenaren']}/steps/{step}", {}).status_code == 404


def test_a_form_without_its_token_is_refused(shared: Forms) -> None:
    before = shared.entries()
    assert shared.post(f"{CASES['A_ambtenaren']}/note", {"text": "x"}, csrf=False).status_code == 403
    assert shared.entries() == before


def test_an_outcome_that_does_not_exist_is_named_as_the_mistake(shared: Forms) -> None:
    answer = shared.post(f"{CASES['A_ambtenaren']}/steps/A03", {"option": "made_up"})
    assert answer.status_code == 422
    assert "Choose an outcome." in answer.text


def test_who_is_excluded_records_nothing_more(forms: Forms) -> None:
    case = CASES["A_ambtenaren"]
    me = forms.desk.member
    assert forms.post(f"{case}/exclude", {"member": me, "ground": "Kin of the person concerned"}).status_code == 303
    before = forms.entries()
    assert forms.post(f"{case}/note", {"text": "Once more"}).status_code == 422
    assert forms.entries() == before
    assert forms.get(f"/cases/{case}").status_code == 200


def test_a_row_with_a_number_that_no_form_gives_is_no_row(shared: Forms) -> None:
    case, step = next(one for one in RECORDED if any(field.columns for field in one[1].record))
    rows = next(field for field in step.record if field.columns)
    numbers = ("01", "-1", "", "²", "٣", "10000", "0 ", "9" * 5000)
    typed: Typed = {f"{rows.name}.{number}.{rows.columns[0].name}": "SEEN" for number in numbers}
    assert "SEEN" not in shared.post(f"{case}/steps/{step.id}", typed | {"more": rows.name}).text


def test_no_field_of_a_step_is_called_as_what_every_form_has_for_itself() -> None:
    assert set(OF_FORMS) == {OPTION, MORE_ROWS, CSRF_FIELD}
    with pytest.raises(ProtocolFileError, match="a field cannot be called 'more', which forms use themselves"):
        load_protocol(SAMPLE.replace('name = "soon_why"', 'name = "more"').encode(), "own.toml")
