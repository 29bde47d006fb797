# SPDX-License-Identifier: EUPL-1.2
"""Deciding and noting outside the protocol's steps: a note, the register line, decisions, legal holds."""

from casework.acts.act import Act, Scene, asks, gives, nothing, reason, text_of, while_open
from casework.domain.case.commands import AddNote, LiftHold, PlaceHold, RegisterCase, TakeDecision
from casework.domain.case.events import Record
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.case.vocabulary import IMPOSSIBLE, POSSIBLE
from casework.domain.text import Text
from casework.names import random_name

_NOTE = RecordField(
    "text",
    FieldType.LONG_TEXT,
    Text("Notitie", "Note"),
    Text("Alleen de commissie leest deze notitie.", "Only the committee reads this note."),
)
_TITLE = RecordField(
    "title",
    FieldType.TEXT,
    Text("Werktitel", "Working title"),
    Text("Kort, en zonder namen.", "Short, and without names."),
)
_NUMBER = RecordField(
    "number",
    FieldType.TEXT,
    Text("Meldnummer", "Report number"),
    Text("Laat dit leeg om het nummer te houden.", "Leave this empty to keep the number."),
    required=False,
)
_AUTHORITY = RecordField(
    "authority",
    FieldType.TEXT,
    Text("Wie besluit dit?", "Who decides this?"),
    Text("Uw functie, of namens wie u besluit.", "Your function, or for whom you decide."),
)
_WITHDRAWAL = RecordField(
    "outcome",
    FieldType.CHOICE,
    Text("Wat gebeurt er nu?", "What happens now?"),
    choices=(
        Choice("go_on", Text("Het onderzoek gaat door", "The inquiry goes on")),
        Choice("end", Text("De zaak eindigt als ingetrokken", "The case is ended as withdrawn")),
    ),
)
_OUTCOME = RecordField("outcome", FieldType.LONG_TEXT, Text("Wat is het besluit?", "What is the decision?"))
_GROUNDS = reason(name="grounds")
_RECORD_DECISION = Text("Leg het besluit vast", "Record the decision")
_DECIDED = Text("Het besluit is vastgelegd.", "The decision is recorded.")


def _decision(about: str, scene: Scene, record: Record, *, of_report: bool, outcome: str = IMPOSSIBLE) -> TakeDecision:
    return TakeDecision(
        by=scene.by,
        about=about,
        outcome=text_of(record, "outcome") or outcome,
        grounds=text_of(record, "grounds"),
        authority=text_of(record, "authority"),
        report=scene.view.report_to_decide if of_report else None,
    )


def _registration(scene: Scene, record: Record) -> RegisterCase:
    return RegisterCase(scene.by, text_of(record, "number") or scene.view.line.number, text_of(record, "title"))


def _holds(scene: Scene) -> tuple[RecordField, ...]:
    found = scene.view.case.holds.values()
    choices = tuple(Choice(hold.hold, Text(hold.ground, hold.ground)) for hold in found)
    which = RecordField(
        "hold", FieldType.CHOICE, Text("Welke vernietigingsstop?", "Which legal hold?"), choices=choices
    )
    return which, reason()


NOTE = Act(
    name="note",
    heading=Text("Notitie toevoegen", "Add a note"),
    lead=Text(
        "Een notitie staat in de geschiedenis van de zaak, met uw naam en de dag.",
        "A note stands in the history of the case, with your name and the day.",
    ),
    button=Text("Voeg de notitie toe", "Add the note"),
    done=Text("Notitie toegevoegd.", "Note added."),
    fields=asks(_NOTE),
    do=gives(lambda scene, record: AddNote(scene.by, text_of(record, "text"))),
)
REGISTER = Act(
    name="register",
    heading=Text("Werktitel en meldnummer", "Working title and report number"),
    lead=Text("Zo houdt u de zaken in de lijst uit elkaar.", "It helps you to tell cases apart in the list."),
    button=Text("Leg de werktitel vast", "Record the working title"),
    done=Text("Werktitel vastgelegd.", "Working title recorded."),
    fields=asks(_TITLE, _NUMBER),
    do=gives(_registration),
    offered=while_open,
    start=lambda scene: {"title": scene.view.line.title} if scene.view.line.title else nothing(scene),
)
WITHDRAWAL = Act(
    name="withdrawal",
    heading=Text("Besluiten over een ingetrokken melding", "Decide about a withdrawn report"),
    lead=Text(
        "Intrekken verwijdert niets. Wat er in de melding staat, kan toch onderzoek nodig hebben.",
        "Withdrawing deletes nothing. What the report says may still need an inquiry.",
    ),
    button=_RECORD_DECISION,
    done=_DECIDED,
    fields=asks(_WITHDRAWAL, _GROUNDS, _AUTHORITY),
    do=gives(lambda scene, record: _decision("withdrawal", scene, record, of_report=True)),
    offered=lambda scene: any(taken.decision is None for taken in scene.view.withdrawals) and while_open(scene),
)
FEEDBACK_IMPOSSIBLE = Act(
    name="feedback-impossible",
    heading=Text("Terugkoppeling is niet mogelijk", "Feedback is not possible"),
    lead=Text(
        "Alleen als deze melder helemaal niet te bereiken is. De reden blijft in de zaak staan.",
        "Only if this reporter cannot be reached at all. The reason stays in the case.",
    ),
    button=_RECORD_DECISION,
    done=_DECIDED,
    fields=asks(_GROUNDS, _AUTHORITY),
    do=gives(lambda scene, record: _decision("feedback_impossible", scene, record, of_report=True)),
    offered=lambda scene: bool(scene.view.case.own_reports) and while_open(scene),
)
FEEDBACK_POSSIBLE = Act(
    name="feedback-possible",
    heading=Text("Terugkoppeling is toch mogelijk", "Feedback is possible after all"),
    lead=Text(
        "De melder is toch te bereiken. U bent dan weer een terugkoppeling schuldig; de termijn is die van de melding.",
        "The reporter can be reached after all. Then you owe feedback again; its term is that of the report.",
    ),
    button=_RECORD_DECISION,
    done=_DECIDED,
    fields=asks(_GROUNDS, _AUTHORITY),
    do=gives(lambda scene, record: _decision("feedback_impossible", scene, record, of_report=True, outcome=POSSIBLE)),
    offered=lambda scene: (
        any(report.feedback_impossible for report in scene.view.case.own_reports) and while_open(scene)
    ),
)
DECISION = Act(
    name="decision",
    heading=Text("Een ander besluit", "Another decision"),
    lead=Text(
        "Voor een besluit dat in geen stap van het protocol past.",
        "For a decision that fits into no step of the protocol.",
    ),
    button=_RECORD_DECISION,
    done=_DECIDED,
    fields=asks(_OUTCOME, _GROUNDS, _AUTHORITY),
    do=gives(lambda scene, record: _decision("other", scene, record, of_report=False)),
    offered=while_open,
)
HOLD = Act(
    name="hold",
    heading=Text("Een vernietigingsstop instellen", "Place a legal hold"),
    lead=Text(
        "Zolang de vernietigingsstop geldt, mag niets uit deze zaak worden vernietigd. Bijvoorbeeld "
        "omdat er een rechtszaak loopt.",
        "While the legal hold stands, nothing in this case may be destroyed. For instance because of a court case.",
    ),
    button=Text("Stel de vernietigingsstop in", "Place the legal hold"),
    done=Text("De vernietigingsstop is ingesteld.", "The legal hold is placed."),
    fields=asks(reason(name="ground")),
    do=gives(lambda scene, record: PlaceHold(scene.by, random_name(), text_of(record, "ground"))),
)
LIFT_HOLD = Act(
    name="lift-hold",
    heading=Text("De vernietigingsstop opheffen", "Lift a legal hold"),
    lead=Text("Daarna mag er weer vernietigd worden.", "After that, destroying is allowed again."),
    button=Text("Hef de vernietigingsstop op", "Lift the legal hold"),
    done=Text("De vernietigingsstop is opgeheven.", "The legal hold is lifted."),
    fields=_holds,
    do=gives(lambda scene, record: LiftHold(scene.by, text_of(record, "hold"), text_of(record, "reason"))),
    offered=lambda scene: bool(scene.view.case.holds),
)
