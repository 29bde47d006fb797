# SPDX-License-Identifier: EUPL-1.2
"""The two large forms of a case: complete a step of the protocol, and write to the reporter.

A message to the reporter is shown once more before it goes, because it cannot be taken back.
"""

from collections.abc import Sequence

from flask import Blueprint, abort, request

from casework.domain.case.events import Attached
from casework.domain.case.messages import FEEDBACK_FIELDS, MAY_PROPOSE, MEETING_FIELD, TRANSCRIPT_FIELDS
from casework.domain.case.records import FieldType, RecordField
from casework.domain.case.vocabulary import MESSAGE_KINDS
from casework.domain.protocol.model import DoneBy
from casework.domain.text import Text
from casework.views.cases import CaseView
from casework.views.drafts import MessageDraft
from casework.views.history import step_record
from casework.web.file_pages import ATTACHED, FILES, chosen_files
from casework.web.forms import MORE_ROWS, Form, Mistake, typed_in
from casework.web.gate import Typed
from casework.web.office import desk, office, words
from casework.web.sheets import Answer, Sheet, written
from casework.web.steps import needs_declaration, remedy

blueprint = Blueprint("write", __name__, url_prefix="/cases/<case_id>")

_MESSAGE = (RecordField("text", FieldType.LONG_TEXT, Text("Uw bericht aan de melder", "Your message to the reporter")),)
_FIELDS = {"feedback": FEEDBACK_FIELDS, "transcript": TRANSCRIPT_FIELDS}


@blueprint.get("/steps/<step_id>")
def step(case_id: str, step_id: str) -> Answer:
    """Show a step's form, or what is in its way."""
    return _step_sheet(desk().case(case_id), step_id).fresh()


@blueprint.post("/steps/<step_id>")
def complete(case_id: str, step_id: str) -> Answer:
    """Complete a step."""
    sheet = _step_sheet(desk().case(case_id), step_id)
    if MORE_ROWS in request.form:
        return sheet.page(typed_in(request.form))
    record, option, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    done = words().say("Step {step} is recorded.", step=step_id)
    return written(sheet, lambda: desk().complete_step(case_id, step_id, record, option), done)


@blueprint.get("/write/<kind>")
def message(case_id: str, kind: str) -> Answer:
    """Show the form for a message to the reporter."""
    sheet = _message_sheet(desk().case(case_id), kind, ())
    kept = office().gate.take_kept(request.path)
    return sheet.page(kept or sheet.start, _lost_files(kept or {}))


@blueprint.post("/write/<kind>")
def send(case_id: str, kind: str) -> Answer:
    """Check a message, show it once more, and then send it."""
    view = desk().case(case_id)
    _message_sheet(view, kind, ())
    files, wrong = chosen_files(case_id)
    sheet = _message_sheet(view, kind, files)
    typed = typed_in(request.form)
    record, _, mistakes = sheet.form.read(typed)
    if mistakes or wrong:
        return sheet.refused((*mistakes, *wrong))
    if request.form.get("go") != "send":
        return sheet.page(typed, review=request.form.get("go") == "review")
    draft = MessageDraft.from_record(kind, record, tuple(file.blob for file in files))
    return written(sheet, lambda: desk().write_message(case_id, draft), words().say("Message sent."))


def _step_sheet(view: CaseView, step_id: str) -> Sheet:
    found = next((known for known in view.assessment.steps if known.step.id == step_id), None)
    if found is None or found.step.done_by is not DoneBy.RECORD:
        abort(404)
    overview = desk().overview()
    form = Form(found.step.record, words(), found.step.options, overview.members, overview.today)
    more = {
        "step": found,
        "recorded": [step_record(entry.event, view.protocol, words().say) for entry in found.completions],
        "remedy": remedy(view, found, desk().member),
        "declaration_missing": needs_declaration(view, found, desk().member),
    }
    return Sheet("step.html", view, form, {}, more)


def _message_sheet(view: CaseView, kind: str, files: Sequence[Attached]) -> Sheet:
    if kind not in MESSAGE_KINDS or not view.reports:
        abort(404)
    start: Typed = {}
    if kind == "acknowledgement":
        start = {"text": [desk().acknowledgement_text(view.line.id)]}
    fields = _FIELDS.get(kind, _MESSAGE)
    if kind in MAY_PROPOSE and view.meeting_wanted:
        fields = (*fields, MEETING_FIELD)
    form = Form(fields, words())
    return Sheet("message.html", view, form, start, {"kind": kind, "files": files})


def _lost_files(kept: Typed) -> tuple[Mistake, ...]:
    """Say that files which were chosen before the lock are gone, where there were any."""
    if not kept.get(ATTACHED):
        return ()
    return (Mistake(FILES, words().say("This tool was locked, so the files are gone. Choose them again.")),)
