# SPDX-License-Identifier: EUPL-1.2
"""Cases of every protocol in which members try all sorts of things, as hypothesis draws them."""

from datetime import date, timedelta
from functools import cache

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from casework.domain.case.commands import (
    AddNote,
    Command,
    DeclareConflict,
    DiscloseInDanger,
    ExcludeMember,
    LiftHold,
    PlaceHold,
    PlaceMessage,
    ReadmitMember,
    ReceiveDeletion,
    ReceiveMessage,
    RecordDeviation,
    ReopenCase,
    ReopenStep,
    ReviewDisclosure,
    TakeDecision,
    WriteMessage,
)
from casework.domain.case.events import CaseClosed
from casework.domain.case.records import FieldType
from casework.domain.case.state import Case
from casework.domain.errors import Refused
from casework.domain.judge.moving import follow
from casework.domain.protocol.model import InvestigationProtocol, Step
from casework.protocols import shipped_protocols
from support.casebook import ANNA, BRAM, CARLA, REPORT, Casebook, D
from support.scenario import walked
from support.scenario_roads import ROADS

PROTOCOLS = shipped_protocols()
BY_DIGEST = {protocol.digest: protocol for protocol in PROTOCOLS.values()}
MEMBERS = (ANNA, ANNA, ANNA, BRAM, CARLA)
LAST_DAY_OF_A_ROAD = D("2026-11-24")
OPENING = 3
"""How many events open a case."""

# The number of examples is the profile's: a quarter of it, because each is a case of some thirty commands.
each_is_a_case = settings(
    max_examples=settings().max_examples // 4,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def protocol_of(case: Case) -> InvestigationProtocol:
    assert case.pinned
    return BY_DIGEST[case.pinned.digest]


@cache
def at_the_end(protocol: str, road: str) -> Casebook:
    return walked(PROTOCOLS[protocol], ROADS[protocol][road])


@st.composite
def begun(draw: st.DrawFn) -> Casebook:
    """A case somewhere on a road of some protocol."""
    protocol = draw(st.sampled_from(sorted(ROADS)))
    whole = at_the_end(protocol, draw(st.sampled_from(sorted(ROADS[protocol]))))
    places = [at for at in range(OPENING, len(whole.entries) + 1) if not is_within_a_command(whole, at)]
    book = Casebook(protocol=PROTOCOLS[protocol])
    book.entries = whole.entries[: draw(st.sampled_from(places))]
    return book


def is_within_a_command(book: Casebook, at: int) -> bool:
    return at < len(book.entries) and isinstance(book.entries[at].event, CaseClosed)


@st.composite
def casebooks(draw: st.DrawFn) -> Casebook:
    """A case begun on a road, in which members then try whatever they like, each day one thing."""
    book = draw(begun())
    for _ in range(draw(st.integers(0, 20))):
        attempt(book, draw(commands(book)), today(book))
    return book


def today(book: Casebook) -> date:
    return LAST_DAY_OF_A_ROAD + timedelta(days=len(book.entries))


def attempt(book: Casebook, command: Command, on: date) -> bool:
    """Try a command, and say whether it was accepted."""
    try:
        book.do(command, on=on.isoformat())
    except Refused:
        return False
    book.protocol = protocol_of(book.case)
    return True


@st.composite
def commands(draw: st.DrawFn, book: Casebook) -> Command:
    """Mostly completions of steps whose turn it is, so that cases get somewhere."""
    make = draw(st.sampled_from([completion] * 8 + [message] * 4 + [aside] * 4 + [turn]))
    return make(draw, book, draw(st.sampled_from(MEMBERS)))


def completion(draw: st.DrawFn, book: Casebook, by: str) -> Command:
    on = today(book).isoformat()
    turn = [view.step.id for view in book.judged(on).to_do]
    step = draw(st.sampled_from(turn * 3 + list(book.protocol.steps)))
    return completing(draw, book, by, book.protocol.steps[step])


def completing(draw: st.DrawFn, book: Casebook, by: str, step: Step) -> Command:
    """A completion with any option and any answers, and a record that fits them."""
    option = draw(st.sampled_from([option.value for option in step.options])) if step.options else None
    questions = [field for field in step.record if field.type is FieldType.YES_NO]
    answers = {field.name: draw(st.booleans()) for field in questions if not (field.options or field.only_if)}
    return book.completion(step.id, option, on=today(book).isoformat(), by=by, **answers)


def message(draw: st.DrawFn, book: Casebook, by: str) -> Command:
    length = len(book.entries)
    unplaced = [message.written.message for message in book.case.unplaced]
    if draw(st.integers(0, 3)) and unplaced:
        return PlaceMessage(by, unplaced[0], "mailbox", today(book), length, "head")
    kind = draw(st.sampled_from(["acknowledgement", "question", "message", "feedback"]))
    content = ("True.", "none", "Nothing to do.", "Facts.") if kind == "feedback" else ("",) * 4
    final = kind == "feedback" and draw(st.booleans())
    return WriteMessage(by, f"message-{length}", REPORT, kind, "Hello", *content, final)


def aside(draw: st.DrawFn, book: Casebook, by: str) -> Command:
    """Something outside the steps."""
    on, length = today(book), len(book.entries)
    choices: list[Command] = [
        AddNote(by, "Hm"),
        DeclareConflict(by, draw(st.integers(0, 4)) == 0, "Kin"),
        ExcludeMember(by, draw(st.sampled_from((BRAM, CARLA))), "Kin"),
        ReadmitMember(by, draw(st.sampled_from((BRAM, CARLA))), "No kin after all"),
        PlaceHold(by, f"hold-{length % 3}", "A court asked"),
        LiftHold(by, f"hold-{length % 3}", "The court is done"),
        DiscloseInDanger(by, f"danger-{length % 3}", "112", "All", "A life", on, identity_told=False),
        ReviewDisclosure(by, f"danger-{length % 3}", "justified"),
        TakeDecision(by, "feedback_impossible", "impossible", "No way to reach them", "chair", REPORT),
        TakeDecision(by, "feedback_impossible", "possible", "There is an address", "chair", REPORT),
        TakeDecision(by, "withdrawal", "go_on", "It is serious", "chair", REPORT),
        ReceiveMessage(by, REPORT, length, "head", on, "signed", "00" * 32, {}, "withdrawal", None),
        ReceiveDeletion(by, REPORT, length, on, "signed"),
    ]
    return draw(st.sampled_from(choices))


def turn(draw: st.DrawFn, book: Casebook, by: str) -> Command:
    """Something that changes what is to be done."""
    step = draw(st.sampled_from(list(book.protocol.steps)))
    to = PROTOCOLS[draw(st.sampled_from(sorted(PROTOCOLS)))]
    choices: list[Command] = [
        *[RecordDeviation(by, step, "Not needed", book.protocol.deviation_authority)] * 2,
        *[ReopenStep(by, step, "Mistake")] * 2,
        ReopenCase(by, "New facts"),
        follow(by, book.case, book.protocol, to, "It belongs there"),
    ]
    return draw(st.sampled_from(choices))
