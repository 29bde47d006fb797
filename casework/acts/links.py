# SPDX-License-Identifier: EUPL-1.2
"""Tying cases together and apart: joining two about the same facts, undoing that, splitting one."""

from collections.abc import Iterable

from casework.acts.act import Act, Scene, reason, text_of, while_open
from casework.domain.case.commands import JoinCases, UndoJoining
from casework.domain.case.events import Record
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.text import Text
from casework.views import CaseLine, CaseView


def _others(scene: Scene) -> list[CaseLine]:
    known = {scene.view.line.id, *scene.view.case.joined}
    return [line for line in scene.desk.cases() if line.id not in known and not (line.closed or line.broken)]


def _joined(scene: Scene) -> list[CaseLine]:
    return [line for line in scene.desk.cases() if line.id in scene.view.case.joined]


def _which(lines: Iterable[CaseLine]) -> RecordField:
    names = [(line.id, f"{line.number} {line.title}".strip()) for line in lines]
    choices = tuple(Choice(case, Text(name, name)) for case, name in names)
    return RecordField("other", FieldType.CHOICE, Text("Welke andere zaak?", "Which other case?"), choices=choices)


def _joining(scene: Scene) -> tuple[RecordField, ...]:
    leads = RecordField(
        "leads",
        FieldType.YES_NO,
        Text("Gebeurt het onderzoek in deze zaak?", "Is the inquiry done in this case?"),
        Text("Bij nee gebeurt het in de andere.", "If no, it is done in the other."),
    )
    why = RecordField(
        "reason",
        FieldType.LONG_TEXT,
        Text("Waarom?", "Why?"),
        Text(
            "Dit komt in beide zaken te staan. Schrijf er niets in waaraan een melder te herkennen is.",
            "This will stand in both cases. Write nothing in it by which a reporter can be recognised.",
        ),
    )
    return _which(_others(scene)), leads, why


def _join(scene: Scene, record: Record) -> CaseView:
    case, other = scene.view.line.id, text_of(record, "other")
    leads, why = record["leads"] is True, text_of(record, "reason")
    here, there = JoinCases(scene.by, case, other, leads, why), JoinCases(scene.by, other, case, not leads, why)
    # A failure between the two may have left the other one joined.
    is_there = case in scene.desk.case(other).case.joined
    return scene.desk.do_all({case: here} if is_there else {case: here, other: there})


def _undo(scene: Scene, record: Record) -> CaseView:
    case, other, why = scene.view.line.id, text_of(record, "other"), text_of(record, "reason")
    here, there = UndoJoining(scene.by, other, why), UndoJoining(scene.by, case, why)
    is_there = case in scene.desk.case(other).case.joined
    return scene.desk.do_all({case: here, other: there} if is_there else {case: here})


JOIN = Act(
    name="join",
    heading=Text("Samenvoegen met een andere zaak", "Join with another case"),
    lead=Text(
        "Voor twee meldingen over hetzelfde. Elke melding houdt haar eigen melder, postbus en termijnen. Geen van de "
        "melders merkt iets van de ander.",
        "For two reports about the same facts. Each report keeps its own reporter, mailbox and terms. Neither reporter "
        "learns of the other.",
    ),
    button=Text("Voeg samen", "Join"),
    done=Text("De zaken zijn samengevoegd.", "The cases are joined."),
    fields=_joining,
    do=_join,
    offered=lambda scene: while_open(scene) and bool(_others(scene)),
)
UNJOIN = Act(
    name="unjoin",
    heading=Text("Weer los van een andere zaak", "Apart from another case again"),
    lead=Text("Elke zaak gaat daarna haar eigen weg.", "After this each case goes its own way."),
    button=Text("Maak los", "Take apart"),
    done=Text("De zaken zijn weer los van elkaar.", "The cases are apart again."),
    fields=lambda scene: (_which(_joined(scene)), reason()),
    do=_undo,
    offered=lambda scene: while_open(scene) and bool(scene.view.case.joined),
)
