# SPDX-License-Identifier: EUPL-1.2
"""Tying cases together and apart: joining two about the same facts, undoing that, splitting one."""

from collections.abc import Iterable

from casework.acts.act import Act, Scene, reason, text_of, while_open
from casework.domain.case.commands import JoinCases, UndoJoining
from casework.domain.case.events import Record
from casework.domain.case.records import Choice, FieldType, RecordField
from casework.domain.text import Text
from casework.views.cases import CaseLine, CaseView
from casework.views.drafts import PartDraft


def _others(scene: Scene) -> list[CaseLine]:
    view = scene.view
    known = {view.line.id, *view.case.joined, *view.case.parts, view.part_of}
    return [line for line in scene.desk.cases() if line.id not in known and not (line.closed or line.broken)]


def _joined(scene: Scene) -> list[CaseLine]:
    return [line for line in scene.desk.cases() if line.id in scene.view.case.joined]


def _which(lines: Iterable[CaseLine]) -> RecordField:
    names = [(line.id, f"{line.number} {line.title}".strip()) for line in lines]
    choices = tuple(Choice(case, Text(name, name)) for case, name in names)
    none = None if choices else Text("Er is geen andere open zaak.", "There is no other open case.")
    return RecordField(
        "other", FieldType.CHOICE, Text("Welke andere zaak?", "Which other case?"), none, choices=choices
    )


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


def _part(scene: Scene) -> tuple[RecordField, ...]:
    protocols = scene.desk.protocols().values()
    account = RecordField(
        "account",
        FieldType.LONG_TEXT,
        Text("Wat zegt de melding over dit deel?", "What does the report say of this part?"),
        Text(
            "In uw eigen woorden. De melding zelf, de melder en de berichten blijven in deze zaak.",
            "In your own words. The report itself, the reporter and the messages stay in this case.",
        ),
    )
    title = RecordField(
        "title",
        FieldType.TEXT,
        Text("Werktitel van de nieuwe zaak", "Working title of the new case"),
        Text("Kort, en zonder namen.", "Short, and without names."),
    )
    which = RecordField(
        "protocol",
        FieldType.CHOICE,
        Text("Welk protocol volgt de nieuwe zaak?", "Which protocol does the new case follow?"),
        choices=tuple(Choice(protocol.id, protocol.title) for protocol in protocols),
    )
    return account, title, which, reason()


def _same_protocol(scene: Scene) -> Record:
    return {"protocol": scene.view.protocol.id} if scene.view.protocol else {}


def _split(scene: Scene, record: Record) -> CaseView:
    account, title, protocol, why = (text_of(record, name) for name in ("account", "title", "protocol", "reason"))
    return scene.desk.split(scene.view.line.id, PartDraft(account, title, protocol, why))


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
    # Whether there are others, only the form asks: that judges every case there is.
    offered=while_open,
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
SPLIT = Act(
    name="split",
    heading=Text("Een deel afsplitsen", "Split off a part"),
    lead=Text(
        "Voor een melding over meer personen of zaken. Het deel krijgt een eigen zaak. Het register telt één melding; "
        "de termijnen voor de melder blijven hier.",
        "For a report about several persons or matters. The part gets a case of its own. The register counts one "
        "report; the terms for the reporter stay here.",
    ),
    button=Text("Splits dit deel af", "Split off this part"),
    done=Text("Dit is de zaak van het deel.", "This is the case of the part."),
    fields=_part,
    do=_split,
    offered=while_open,
    start=_same_protocol,
)
