# SPDX-License-Identifier: EUPL-1.2
"""The forms of a case: complete a step, write to the reporter, declare an interest, note, give a title.

A refusal or a failed request gives the same page again with everything that was typed. A message to the reporter is
shown once more before it goes, because it cannot be taken back.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from casework.domain.commands import AddNote, RegisterCase
from casework.domain.errors import Refused
from casework.domain.events import MESSAGE_KINDS, RecordValue
from casework.domain.messages import FEEDBACK_FIELDS
from casework.domain.protocol import DoneBy
from casework.domain.records import FieldType, RecordField
from casework.domain.text import Text
from casework.errors import CaseworkError
from casework.views import CaseView, MessageDraft
from casework.web.forms import Form, Mistake, typed_in
from casework.web.gate import Typed
from casework.web.office import desk, office, words
from casework.web.steps import needs_declaration, remedy

blueprint = Blueprint("write", __name__, url_prefix="/cases/<case_id>")
Answer = Response | str | tuple[str, int]

_MESSAGE = (RecordField("text", FieldType.LONG_TEXT, Text("Uw bericht aan de melder", "Your message to the reporter")),)
_NOTE = (
    RecordField(
        "text",
        FieldType.LONG_TEXT,
        Text("Notitie", "Note"),
        Text("Alleen de commissie leest deze notitie.", "Only the committee reads this note."),
    ),
)
_TITLE = (
    RecordField(
        "title",
        FieldType.TEXT,
        Text("Werktitel", "Working title"),
        Text("Kort, en zonder namen.", "Short, and without names."),
    ),
)
_DECLARATION = (
    RecordField(
        "conflict",
        FieldType.YES_NO,
        Text("Hebt u een belang bij deze melding?", "Do you have an interest in this report?"),
        Text(
            "Bijvoorbeeld: u kent de betrokkene goed, of u was er zelf bij. Kiest u ja, dan kunt u in deze zaak niets "
            "meer doen.",
            "For instance: you know the person concerned well, or you were there yourself. If you choose yes, you "
            "cannot act in this case any more.",
        ),
    ),
    RecordField("explanation", FieldType.LONG_TEXT, Text("Welk belang?", "Which interest?"), required=False),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form page of a case: its template, its form, what it starts with, and what else the template needs."""

    template: str
    view: CaseView
    form: Form
    start: Typed
    more: Mapping[str, object]

    def page(self, typed: Typed, mistakes: Sequence[Mistake] = (), *, review: bool = False) -> str:
        """Return the page with what was typed."""
        shown = self.form.shown(typed, mistakes)
        return render_template(
            self.template, view=self.view, fields=shown, mistakes=mistakes, review=review, **self.more
        )

    def fresh(self) -> str:
        """Return the page as one comes to it: with what the lock kept, else with what it starts with."""
        return self.page(office().gate.take_kept(request.path) or self.start)

    def refused(self, mistakes: Sequence[Mistake]) -> tuple[str, int]:
        """Return the page with everything that was typed, and what is wrong with it."""
        return self.page(typed_in(request.form), mistakes), 422


@blueprint.get("/steps/<step_id>")
def step(case_id: str, step_id: str) -> Answer:
    """Show a step's form, or what is in its way."""
    return _step_sheet(desk().case(case_id), step_id).fresh()


@blueprint.post("/steps/<step_id>")
def complete(case_id: str, step_id: str) -> Answer:
    """Complete a step."""
    sheet = _step_sheet(desk().case(case_id), step_id)
    record, option, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    done = words().say("Step {step} is recorded.", step=step_id)
    return _written(sheet, lambda: desk().complete_step(case_id, step_id, record, option), done)


@blueprint.get("/write/<kind>")
def message(case_id: str, kind: str) -> Answer:
    """Show the form for a message to the reporter."""
    return _message_sheet(desk().case(case_id), kind).fresh()


@blueprint.post("/write/<kind>")
def send(case_id: str, kind: str) -> Answer:
    """Check a message, show it once more, and then send it."""
    sheet = _message_sheet(desk().case(case_id), kind)
    typed = typed_in(request.form)
    record, _, mistakes = sheet.form.read(typed)
    if mistakes:
        return sheet.refused(mistakes)
    if request.form.get("go") != "send":
        return sheet.page(typed, review=request.form.get("go") == "review")
    return _written(sheet, lambda: desk().write_message(case_id, _draft(kind, record)), words().say("Message sent."))


@blueprint.get("/declaration")
def declare(case_id: str) -> Answer:
    """Show the declaration of interest."""
    return _declaration_sheet(desk().case(case_id)).fresh()


@blueprint.post("/declaration")
def declared(case_id: str) -> Answer:
    """Record this member's declaration."""
    sheet = _declaration_sheet(desk().case(case_id))
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if not mistakes and record["conflict"] and "explanation" not in record:
        mistakes = (Mistake("explanation", words().say("Say which interest you have.")),)
    if mistakes:
        return sheet.refused(mistakes)
    conflict, explanation = bool(record["conflict"]), str(record.get("explanation", ""))
    done = words().say("Your declaration is recorded.")
    return _written(sheet, lambda: desk().declare(case_id, conflict, explanation), done)


@blueprint.get("/note")
def note(case_id: str) -> Answer:
    """Show the form for a note."""
    return _note_sheet(desk().case(case_id)).fresh()


@blueprint.post("/note")
def add_note(case_id: str) -> Answer:
    """Add a note for the committee."""
    sheet = _note_sheet(desk().case(case_id))
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    command = AddNote(desk().member, str(record["text"]))
    return _written(sheet, lambda: desk().do(case_id, command), words().say("Note added."))


@blueprint.get("/title")
def title(case_id: str) -> Answer:
    """Show the form for the working title."""
    return _title_sheet(desk().case(case_id)).fresh()


@blueprint.post("/title")
def give_title(case_id: str) -> Answer:
    """Give the case a working title."""
    sheet = _title_sheet(desk().case(case_id))
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    command = RegisterCase(desk().member, sheet.view.line.number, str(record["title"]))
    return _written(sheet, lambda: desk().do(case_id, command), words().say("Working title recorded."))


def _written(sheet: Sheet, write: Callable[[], CaseView], done: str) -> Answer:
    """Write, and go to the case; if that fails, show the form again as it was filled in."""
    try:
        view = write()
    except (Refused, CaseworkError) as error:
        return sheet.refused((Mistake("", words().explain(error)),))
    waiting = len(view.unplaced) > len(sheet.view.unplaced)
    office().notice = words().say("Written. It goes to the reporter at the next sync.") if waiting else done
    return redirect(url_for("case.show", case_id=view.line.id), 303)


def _declaration_sheet(view: CaseView) -> Sheet:
    say = words().say
    more = {
        "heading": say("Your own interest"),
        "lead": say("Each member who works on this report declares this first, for themself."),
        "button": say("Record my declaration"),
    }
    return Sheet("short_form.html", view, Form(_DECLARATION, words()), {}, more)


def _note_sheet(view: CaseView) -> Sheet:
    say = words().say
    more = {
        "heading": say("Add a note"),
        "lead": say("A note stands in the history of the case, with your name and the day."),
        "button": say("Add the note"),
    }
    return Sheet("short_form.html", view, Form(_NOTE, words()), {}, more)


def _title_sheet(view: CaseView) -> Sheet:
    say = words().say
    more = {
        "heading": say("Working title"),
        "lead": say("It helps you to tell cases apart in the list."),
        "button": say("Record the title"),
    }
    return Sheet("short_form.html", view, Form(_TITLE, words()), {"title": [view.line.title]}, more)


def _step_sheet(view: CaseView, step_id: str) -> Sheet:
    found = next((known for known in view.assessment.steps if known.step.id == step_id), None)
    if found is None or found.step.done_by is not DoneBy.RECORD:
        abort(404)
    form = Form(found.step.record, words(), found.step.options, desk().overview().members)
    more = {
        "step": found,
        "remedy": remedy(view, found, desk().member),
        "declaration_missing": needs_declaration(view, found, desk().member),
    }
    return Sheet("step.html", view, form, {}, more)


def _message_sheet(view: CaseView, kind: str) -> Sheet:
    if kind not in MESSAGE_KINDS or not view.reports:
        abort(404)
    start: Typed = {}
    if kind == "acknowledgement":
        start = {"text": [desk().acknowledgement_text(view.line.id)]}
    form = Form(FEEDBACK_FIELDS if kind == "feedback" else _MESSAGE, words())
    return Sheet("message.html", view, form, start, {"kind": kind})


def _draft(kind: str, record: Mapping[str, RecordValue]) -> MessageDraft:
    texts = {name: value for name, value in record.items() if isinstance(value, str)}
    return MessageDraft(kind=kind, final=bool(record.get("final", False)), **texts)
