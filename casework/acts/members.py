# SPDX-License-Identifier: EUPL-1.2
"""Who may act in a case: a declaration of one's own interest, and an exclusion."""

from casework.acts.act import Act, Scene, asks, gives, reason, text_of, texts_of
from casework.domain.case.commands import DeclareConflict, ExcludeMember
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
        "doen.",
        "For instance: you know the person concerned well, or you were there yourself. If you choose yes, you cannot "
        "act in this case any more.",
    ),
)
_EXPLANATION = RecordField(
    "explanation",
    FieldType.LONG_TEXT,
    Text("Welk belang?", "Which interest?"),
    Text("Alleen als u ja kiest.", "Only if you choose yes."),
    only_if=Condition("conflict", ("yes",)),
)


def _members(scene: Scene) -> tuple[RecordField, ...]:
    choices = tuple(Choice(member.id, _named(member)) for member in scene.desk.overview().members)
    who = RecordField("member", FieldType.CHOICES, Text("Wie sluit u uit?", "Whom do you exclude?"), choices=choices)
    return who, reason(name="ground")


def _named(member: MemberName) -> Text:
    dutch, english = (member.role.get(language, "") for language in ("nl", "en"))
    return Text(f"{member.name}, {dutch or english}", f"{member.name}, {english or dutch}")


def _exclude(scene: Scene, record: Record) -> CaseView:
    ground = text_of(record, "ground")
    commands = [ExcludeMember(scene.by, member, ground) for member in texts_of(record, "member")]
    return [scene.desk.do(scene.view.line.id, command) for command in commands][-1]


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
