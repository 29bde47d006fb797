# SPDX-License-Identifier: EUPL-1.2
"""Decisions outside the protocol's steps: about a withdrawn report, and that feedback is not possible."""

from collections.abc import Mapping

from flask import Blueprint, abort, request

from casework.domain.case.commands import TakeDecision
from casework.domain.case.events import RecordValue
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.case.vocabulary import IMPOSSIBLE
from casework.domain.text import Text
from casework.views import CaseView
from casework.web.forms import Form, typed_in
from casework.web.office import desk, words
from casework.web.sheets import Answer, Sheet, written

blueprint = Blueprint("decision", __name__, url_prefix="/cases/<case_id>")

_GROUNDS = RecordField("grounds", FieldType.LONG_TEXT, Text("Waarom?", "Why?"))
_AUTHORITY = RecordField(
    "authority",
    FieldType.TEXT,
    Text("Wie besluit dit?", "Who decides this?"),
    Text("Uw functie, of namens wie u besluit.", "Your function, or for whom you decide."),
)
_OUTCOME = RecordField(
    "outcome",
    FieldType.CHOICE,
    Text("Wat gebeurt er nu?", "What happens now?"),
    choices=(
        Choice("go_on", Text("Het onderzoek gaat door", "The inquiry goes on")),
        Choice("end", Text("De zaak eindigt als ingetrokken", "The case is ended as withdrawn")),
    ),
)
_FIELDS: Mapping[str, tuple[RecordField, ...]] = {
    "withdrawal": (_OUTCOME, _GROUNDS, _AUTHORITY),
    "feedback_impossible": (_GROUNDS, _AUTHORITY),
}


@blueprint.get("/decisions/<about>")
def take(case_id: str, about: str) -> Answer:
    """Show the form of a decision."""
    return _sheet(desk().case(case_id), about).fresh()


@blueprint.post("/decisions/<about>")
def taken(case_id: str, about: str) -> Answer:
    """Record a decision."""
    sheet = _sheet(desk().case(case_id), about)
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    command = _command(sheet.view, about, record)
    return written(sheet, lambda: desk().do(case_id, command), words().say("The decision is recorded."))


def _command(view: CaseView, about: str, record: Mapping[str, RecordValue]) -> TakeDecision:
    return TakeDecision(
        by=desk().member,
        about=about,
        outcome=str(record.get("outcome", IMPOSSIBLE)),
        grounds=str(record["grounds"]),
        authority=str(record["authority"]),
        report=view.report_to_decide,
    )


def _sheet(view: CaseView, about: str) -> Sheet:
    if about not in _FIELDS:
        abort(404)
    say = words().say
    headings = {
        "withdrawal": say("The reporter withdrew the report"),
        "feedback_impossible": say("Feedback is not possible"),
    }
    leads = {
        "withdrawal": say("Withdrawing deletes nothing. What the report says may still need an inquiry."),
        "feedback_impossible": say("Only if this reporter cannot be reached at all. The reason stays in the case."),
    }
    more = {"heading": headings[about], "lead": leads[about], "button": say("Record the decision")}
    return Sheet("short_form.html", view, Form(_FIELDS[about], words()), {}, more)
