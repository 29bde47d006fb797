# SPDX-License-Identifier: EUPL-1.2
"""Who may act in a case: a declaration of one's own interest, an exclusion, and letting a member in again."""

from casework.acts.act import Act, Scene, asks, gives, reason, text_of, texts_of
from casework.domain.case.commands import DeclareConflict, ExcludeMember, ReadmitMember
from casework.domain.case.events import Record
from casework.domain.case.records import Choice, Condition, FieldType, RecordField
from casework.domain.text import Text
from casework.views.cases import CaseView
from casework.views.desk import MemberName

_CONFLICT = RecordField(
    "conflict",
    FieldType.YES_NO,
    Text("Hebt u een belang bij deze melding?", "Do you have an interest in this report?"),
    Text(
        "Bijvoorbeeld: u kent de betrokkene goed, of u was er zelf bij. Kiest u ja, dan kunt u in deze zaak niets meer "
        "doen. Alleen een ander lid kan dat terugdraaien.",
        "For instance: you know the person concerned well, or you were there yourself. If you choose yes, you cannot "
        "act in this case any more. Only another member can undo that.",
    ),
)
_EXPLANATION = RecordField(
    "explanation",
    FieldType.LONG_TEXT,
    Text("Welk belang?", "Which interest?"),
    Text("Alleen als u ja kiest.", "Only if you choose yes."),
    only_if=Condition("conflict", ("yes",)),
)


_DECIDED_BY = RecordField(
    "decided_by",
    FieldType.TEXT,
    Text("Wie besloot hierover?", "Who decided this?"),
    Text(
        "Alleen nodig als u zelf meer dan één collega uitsluit die geen belang meldde: noem de vervanger of het "
        "bevoegd gezag.",
        "Needed only if you exclude more than one colleague yourself who declared no interest: name the substitute or "
        "the authority.",
    ),
    required=False,
)


def _members(scene: Scene) -> tuple[RecordField, ...]:
    choices = tuple(Choice(member.id, _named(member)) for member in scene.desk.overview().members)
    who = RecordField("member", FieldType.CHOICES, Text("Wie sluit u uit?", "Whom do you exclude?"), choices=choices)
    return who, reason(name="ground"), _DECIDED_BY


def _kept_out(scene: Scene) -> list[MemberName]:
    case = scene.view.case
    members = scene.desk.overview().members
    return [one for one in members if one.id != scene.by and (one.id in case.excluded or case.has_interest(one.id))]


def _who_may_return(scene: Scene) -> tuple[RecordField, ...]:
    choices = tuple(Choice(member.id, _named(member)) for member in _kept_out(scene))
    return RecordField("member", FieldType.CHOICE, Text("Welk lid?", "Which member?"), choices=choices), reason()


def _named(member: MemberName) -> Text:
    dutch, english = (member.role.get(language, "") for language in ("nl", "en"))
    return Text(f"{member.name}, {dutch or english}", f"{member.name}, {english or dutch}")


def _exclude(scene: Scene, record: Record) -> CaseView:
    ground = text_of(record, "ground")
    decided_by = text_of(record, "decided_by")
    commands = [ExcludeMember(scene.by, member, ground, decided_by) for member in texts_of(record, "member")]
    return [scene.desk.do(scene.view.line.id, command) for command in commands][-1]


def _readmission(scene: Scene, record: Record) -> ReadmitMember:
    return ReadmitMember(scene.by, text_of(record, "member"), text_of(record, "reason"))


def _declaration(scene: Scene, record: Record) -> DeclareConflict:
    return DeclareConflict(scene.by, record["conflict"] is True, text_of(record, "explanation"))


DECLARE = Act(
    name="declare",
    heading=Text("Uw eigen belang", "Your own interest"),
    lead=Text(
        "Ieder lid dat aan deze melding werkt, verklaart dit eerst voor zichzelf.",
        "Each member who works on this report declares this first, for themself.",
    ),
    button=Text("Leg mijn verklaring vast", "Record my declaration"),
    done=Text("Uw verklaring is vastgelegd.", "Your declaration is recorded."),
    fields=asks(_CONFLICT, _EXPLANATION),
    do=gives(_declaration),
)
EXCLUDE = Act(
    name="exclude",
    heading=Text("Een lid uitsluiten", "Exclude a member"),
    lead=Text(
        "Dit lid kan in deze zaak niets meer doen. Wat dit lid al kon lezen, blijft leesbaar voor dit lid.",
        "This member can do nothing more in this case. What they could read already, they can still read.",
    ),
    button=Text("Leg de uitsluiting vast", "Record the exclusion"),
    done=Text("De uitsluiting is vastgelegd.", "The exclusion is recorded."),
    fields=_members,
    do=_exclude,
)
READMIT = Act(
    name="readmit",
    heading=Text("Een lid weer laten meedoen", "Let a member take part again"),
    lead=Text(
        "Dit lid meldde een belang of werd uitgesloten. Besluit dit alleen als er echt niets meer in de weg staat. Het "
        "lid verklaart daarna opnieuw dat er geen belang is.",
        "This member declared an interest or was excluded. Decide this only if truly nothing stands in the way any "
        "more. The member then declares anew that there is no interest.",
    ),
    button=Text("Leg dit besluit vast", "Record this decision"),
    done=Text("Dit lid mag weer meedoen.", "This member may take part again."),
    fields=_who_may_return,
    do=gives(_readmission),
    offered=lambda scene: bool(_kept_out(scene)),
)
