# SPDX-License-Identifier: EUPL-1.2
"""Danger to life: telling 112 or a competent service at once, and reviewing that as another member."""

from datetime import date

from casework.acts.act import Act, Scene, asks, gives, reason, text_of
from casework.domain.case.commands import DiscloseInDanger, ReviewDisclosure
from casework.domain.case.disclosures import is_reviewed
from casework.domain.case.events import Record
from casework.domain.case.records import Choice, Condition, FieldType, RecordField, When
from casework.domain.case.state import Disclosure
from casework.domain.text import Text
from casework.names import random_name

_TO = RecordField(
    "to",
    FieldType.TEXT,
    Text("Wie hebt u ingelicht?", "Whom did you tell?"),
    Text("112, of de dienst die moet ingrijpen.", "112, or the service that must act."),
)
_MADE = RecordField("made", FieldType.DAY, Text("Op welke dag?", "On which day?"), when=When.PAST)
_TOLD = RecordField(
    "told",
    FieldType.LONG_TEXT,
    Text("Wat hebt u verteld?", "What did you tell?"),
    Text("Alleen wat nodig is om het gevaar af te wenden.", "Only what is needed to turn the danger away."),
)
_IDENTITY_TOLD = RecordField(
    "identity_told",
    FieldType.YES_NO,
    Text("Hebt u verteld wie de melder is?", "Did you tell who the reporter is?"),
)
_REPORTER_TOLD = RecordField(
    "reporter_told",
    FieldType.DAY,
    Text("Op welke dag is dit aan de melder verteld?", "On which day was the reporter told of this?"),
    Text("Laat dit leeg als dat nog niet is gebeurd.", "Leave this empty if that did not happen yet."),
    required=False,
    when=When.PAST,
)
_JUDGEMENT = RecordField(
    "judgement",
    FieldType.CHOICE,
    Text("Was het terecht?", "Was it justified?"),
    choices=(
        Choice("justified", Text("Ja, dit kon niet wachten", "Yes, this could not wait")),
        Choice("not_justified", Text("Nee, dit was niet terecht", "No, this was not justified")),
    ),
)
_REMARKS = RecordField(
    "remarks",
    FieldType.LONG_TEXT,
    Text("Waarom niet?", "Why not?"),
    Text("Alleen als u nee kiest.", "Only if you choose no."),
    only_if=Condition("judgement", ("not_justified",)),
)


_ALONE = RecordField(
    "alone",
    FieldType.LONG_TEXT,
    Text("Waarom kunt alleen u dit nakijken?", "Why can you alone judge this?"),
    Text(
        "Alleen als er echt geen tweede lid is dat dit kan. Anders laat u dit leeg.",
        "Only if there truly is no second member who can. Otherwise leave this empty.",
    ),
    required=False,
)


def _disclosure(scene: Scene, record: Record) -> DiscloseInDanger:
    reporter_told = text_of(record, "reporter_told")
    return DiscloseInDanger(
        by=scene.by,
        disclosure=random_name(),
        to=text_of(record, "to"),
        told=text_of(record, "told"),
        ground=text_of(record, "ground"),
        made=date.fromisoformat(text_of(record, "made")),
        identity_told=record["identity_told"] is True,
        reporter_told=date.fromisoformat(reporter_told) if reporter_told else None,
    )


def _review(scene: Scene, record: Record) -> ReviewDisclosure:
    given = (text_of(record, name) for name in ("disclosure", "judgement", "remarks", "alone"))
    return ReviewDisclosure(scene.by, *given)


def _to_review(scene: Scene) -> tuple[Disclosure, ...]:
    """Return what others told and this member did not judge yet, or judged while it still waits for a second."""
    found = scene.view.case.disclosures.values()
    judged = {one.made.disclosure for one in found for review in one.reviews if review.author == scene.by}
    mine = (one for one in found if one.author != scene.by)
    return tuple(one for one in mine if one.made.disclosure not in judged or not is_reviewed(one))


def _reviewed(scene: Scene) -> tuple[RecordField, ...]:
    choices = tuple(
        Choice(one.made.disclosure, Text(f"{one.made.made}, {one.made.to}", f"{one.made.made}, {one.made.to}"))
        for one in _to_review(scene)
    )
    none = Text(
        "Er is niets dat u kunt nakijken: u lichtte zelf in, of u gaf uw oordeel al.",
        "There is nothing for you to judge: you told it yourself, or you gave your judgement already.",
    )
    which = RecordField(
        "disclosure",
        FieldType.CHOICE,
        Text("Wat kijkt u na?", "What do you judge?"),
        None if choices else none,
        choices=choices,
    )
    return which, _JUDGEMENT, _REMARKS, _ALONE


DISCLOSE = Act(
    name="disclose",
    heading=Text("Levensgevaar: u hebt 112 of een dienst ingelicht", "Danger to life: you told 112 or a service"),
    lead=Text(
        "Is er nu gevaar? Bel eerst 112. Leg daarna hier vast wat u hebt verteld. Twee andere leden kijken dit binnen "
        "72 uur na.",
        "Is there danger now? Call 112 first. Then record here what you told. Two other members judge it within 72 "
        "hours.",
    ),
    button=Text("Leg dit vast", "Record this"),
    done=Text("Vastgelegd. Twee andere leden kijken het na.", "Recorded. Two other members judge it."),
    fields=asks(
        _TO,
        _MADE,
        _TOLD,
        reason("Waarom kon het niet wachten?", "Why could it not wait?", name="ground"),
        _IDENTITY_TOLD,
        _REPORTER_TOLD,
    ),
    do=gives(_disclosure),
    start=lambda scene: {"made": scene.desk.overview().today.isoformat()},
)
REVIEW_DISCLOSURE = Act(
    name="review-disclosure",
    heading=Text("Nakijken: ingelicht wegens levensgevaar", "Review: told outside because of danger to life"),
    lead=Text(
        "Een lid heeft 112 of een dienst ingelicht zonder te overleggen. Was dat terecht?",
        "A member told 112 or a service without asking anybody. Was that justified?",
    ),
    button=Text("Leg mijn oordeel vast", "Record my judgement"),
    done=Text("Uw oordeel is vastgelegd.", "Your judgement is recorded."),
    fields=_reviewed,
    do=gives(_review),
    offered=lambda scene: bool(_to_review(scene)),
)
