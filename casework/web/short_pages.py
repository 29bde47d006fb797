# SPDX-License-Identifier: EUPL-1.2
"""The short forms of a case: a declaration of interest, an exclusion, a note, the working title, doing a step again."""

from flask import Blueprint, request

from casework.domain.case.commands import AddNote, ExcludeMember, RegisterCase, ReopenStep
from casework.domain.case.events import RecordValue
from casework.domain.case.records import FieldType, RecordField
from casework.domain.text import Text
from casework.views import CaseView
from casework.web.forms import Form, Mistake, typed_in
from casework.web.office import desk, words
from casework.web.sheets import Answer, Sheet, written

blueprint = Blueprint("short", __name__, url_prefix="/cases/<case_id>")

_REASON = (RecordField("reason", FieldType.LONG_TEXT, Text("Waarom moet deze stap over?", "Why must it be redone?")),)
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
    RecordField(
        "explanation",
        FieldType.LONG_TEXT,
        Text("Welk belang?", "Which interest?"),
        Text("Alleen nodig als u ja kiest.", "Only needed if you choose yes."),
        required=False,
    ),
)
_EXCLUSION = (
    RecordField("member", FieldType.MEMBERS, Text("Wie sluit u uit?", "Whom do you exclude?")),
    RecordField("ground", FieldType.LONG_TEXT, Text("Waarom?", "Why?")),
)


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
    return written(sheet, lambda: desk().declare(case_id, conflict, explanation), done)


@blueprint.get("/exclusion")
def exclude(case_id: str) -> Answer:
    """Show the form that excludes members from a case."""
    return _exclusion_sheet(desk().case(case_id)).fresh()


@blueprint.post("/exclusion")
def excluded(case_id: str) -> Answer:
    """Record who is excluded; each is an event of their own."""
    sheet = _exclusion_sheet(desk().case(case_id))
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    commands = [ExcludeMember(desk().member, member, str(record["ground"])) for member in _members_of(record["member"])]
    done = words().say("The exclusion is recorded.")
    return written(sheet, lambda: [desk().do(case_id, command) for command in commands][-1], done)


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
    return written(sheet, lambda: desk().do(case_id, command), words().say("Note added."))


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
    return written(sheet, lambda: desk().do(case_id, command), words().say("Working title recorded."))


@blueprint.get("/steps/<step_id>/reopen")
def reopen(case_id: str, step_id: str) -> Answer:  # noqa: ARG001 - it stands in the address that the form posts to
    """Show the form that reopens a step."""
    return _reopen_sheet(desk().case(case_id)).fresh()


@blueprint.post("/steps/<step_id>/reopen")
def reopened(case_id: str, step_id: str) -> Answer:
    """Reopen a step."""
    sheet = _reopen_sheet(desk().case(case_id))
    record, _, mistakes = sheet.form.read(typed_in(request.form))
    if mistakes:
        return sheet.refused(mistakes)
    command = ReopenStep(desk().member, step_id, str(record["reason"]))
    return written(sheet, lambda: desk().do(case_id, command), words().say("Step {step} is open again.", step=step_id))


def _members_of(value: RecordValue) -> tuple[str, ...]:
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, tuple) else ()


def _declaration_sheet(view: CaseView) -> Sheet:
    say = words().say
    more = {
        "heading": say("Your own interest"),
        "lead": say("Each member who works on this report declares this first, for themself."),
        "button": say("Record my declaration"),
    }
    return Sheet("short_form.html", view, Form(_DECLARATION, words()), {}, more)


def _exclusion_sheet(view: CaseView) -> Sheet:
    say = words().say
    more = {
        "heading": say("Exclude a member"),
        "lead": say("This member can do nothing more in this case. What they could read already, they can still read."),
        "button": say("Record the exclusion"),
    }
    return Sheet("short_form.html", view, Form(_EXCLUSION, words(), members=desk().overview().members), {}, more)


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


def _reopen_sheet(view: CaseView) -> Sheet:
    say = words().say
    more = {
        "heading": say("Do this step again"),
        "lead": say("What was recorded first stays readable in the history."),
        "button": say("Reopen this step"),
    }
    return Sheet("short_form.html", view, Form(_REASON, words()), {}, more)
