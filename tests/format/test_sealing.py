# SPDX-License-Identifier: EUPL-1.2
"""What one side seals and signs, the other side opens: a mailbox from the report to the case's opening."""

from dataclasses import replace
from datetime import timedelta

import pytest

from crypto import logs, seal, unseal
from crypto.caselog import CaseKey
from crypto.desk import read_bundle, sign_succession
from crypto.epochs import recipients_hash
from crypto.errors import BindingError, DeskError, KeyFileError
from crypto.keyfile import lock, unlock
from crypto.logs import Frame, Meta, encode_frame, parse_frame
from crypto.mailbox import MailboxKeys
from crypto.passphrase import check_words, new_words
from crypto.place import Place
from crypto.records import Record, Seen, sign_record
from crypto.signing import public_key
from crypto.statements import Grant, Message, Reply
from support.open_desk import DESK, KEYS, ROOT, SEEDS, SUCCESSOR, TODAY, make_bundle, reader, sealed_report

LIVE = DESK.live(TODAY)
READERS = ("anna", "carla", "dirk")
REPORT = sealed_report("x", ["bram"])
HEAD = logs.head(KEYS.log, 1, logs.ZERO_HEAD, REPORT.hash)
SECOND = Place(KEYS.log, 2, HEAD)
HASH = recipients_hash(epoch for epoch in LIVE if epoch.member in READERS)
COMMITTEE = b"committee".ljust(32)
CASE = CaseKey(DESK.id, b"case".ljust(32))


def message() -> Message:
    return Message(
        desk=DESK.id,
        log=KEYS.log,
        seq=2,
        prev=HEAD,
        desk_version=1,
        desk_hash=DESK.document.hash,
        day=TODAY,
        language="nl",
        sealed_to=("anna",),
        excluded=("bram", "carla", "dirk"),
        recipients_hash=recipients_hash(LIVE[:1]),
        answers={"text": "y"},
        kind="message",
        about=None,
    )


def grant() -> Grant:
    return Grant(
        desk=DESK.id,
        log=KEYS.log,
        seq=2,
        prev=HEAD,
        desk_version=1,
        desk_hash=DESK.document.hash,
        day=TODAY,
        author="anna",
        purpose="open",
        holders=READERS,
        sealed_to=READERS,
        recipients_hash=HASH,
        case=CASE.log,
        case_key=CASE.secret,
        committee_seed=COMMITTEE,
        report=REPORT.hash,
    )


def reply() -> Reply:
    return Reply(
        desk=DESK.id,
        log=KEYS.log,
        seq=2,
        prev=HEAD,
        desk_version=1,
        desk_hash=DESK.document.hash,
        day=TODAY,
        author="carla",
        language="nl",
        kind="message",
        about=HEAD,
        readers=READERS,
        content={"text": "z"},
    )


def framed(part: bytes, login: bytes | None = None) -> Frame:
    return parse_frame(encode_frame(Meta(KEYS.log, committee_login=login), (part,)), KEYS.log)


def granted(shown: Grant) -> unseal.Opened[Grant]:
    part = seal.seal_to_members(sign_record(shown, SEEDS[shown.author]), LIVE, shown.sealed_to)
    return unseal.open_grant(framed(part, public_key(COMMITTEE)), [DESK], reader("carla"), SECOND)


def test_eight_words_lead_to_the_mailbox_again_however_they_are_typed() -> None:
    words = new_words("nl")
    again = check_words("  " + ", ".join(words).upper())
    assert MailboxKeys.from_words(again, DESK.id).log == MailboxKeys.from_words(words, DESK.id).log


def test_a_message_reaches_those_named_and_its_state_keeps_only_the_reporters_own_exclusions() -> None:
    data = seal.seal_message(message(), KEYS, LIVE, Seen(1, HEAD), ["bram"])
    frame = parse_frame(data, KEYS.log)
    assert unseal.open_message(frame, [DESK], reader("anna"), KEYS.public.sign, SECOND).record == message()
    state = unseal.open_state(frame, KEYS, SECOND)
    assert (state.excluded, state.seen) == (("bram",), Seen(1, HEAD))


def test_a_reply_is_read_by_the_reporter() -> None:
    frame = framed(seal.seal_to_reporter(sign_record(reply(), SEEDS["carla"]), KEYS.public.reply_to))
    opened = unseal.open_reply(frame, [DESK], KEYS, SECOND, READERS, 1)
    assert opened.record == reply()


def test_a_grant_opens_the_case_of_the_report_that_it_names() -> None:
    report = unseal.open_report(REPORT, [DESK], reader("carla"))
    opened = granted(grant())
    assert CaseKey(DESK.id, opened.record.case_key) == CASE
    assert unseal.opens_case(opened, report, [DESK])


@pytest.mark.parametrize(
    "change",
    [
        {"purpose": "share"},
        {"report": None},
        {"report": bytes(32)},
        {"author": "bram"},
        {"holders": ("anna", "bram")},
        {"holders": ("anna", "carla")},
    ],
)
def test_a_grant_for_something_else_or_by_somebody_excluded_opens_no_case(change: dict[str, object]) -> None:
    report = unseal.open_report(REPORT, [DESK], reader("carla"))
    changed: Grant = replace(grant(), **change)  # type: ignore[arg-type]  # each change names a field of a grant
    assert not unseal.opens_case(granted(changed), report, [DESK])


@pytest.mark.parametrize("record", [message(), grant(), reply()])
def test_an_entry_at_another_place_is_refused(record: Message | Grant | Reply) -> None:
    elsewhere = Place(KEYS.log, 3, HEAD)
    with pytest.raises(BindingError):
        open_at(record, elsewhere)


def open_at(record: Record, place: Place) -> object:
    """Open any later entry, made by whoever may make it, at a place."""
    if isinstance(record, Message):
        frame = parse_frame(seal.seal_message(record, KEYS, LIVE, Seen(0, None), []), KEYS.log)
        return unseal.open_message(frame, [DESK], reader("anna"), KEYS.public.sign, place)
    if isinstance(record, Grant):
        part = seal.seal_to_members(sign_record(record, SEEDS["anna"]), LIVE, READERS)
        return unseal.open_grant(framed(part, public_key(COMMITTEE)), [DESK], reader("carla"), place)
    part = seal.seal_to_reporter(sign_record(record, SEEDS["carla"]), KEYS.public.reply_to)
    return unseal.open_reply(framed(part), [DESK], KEYS, place, READERS, 1)


def test_a_desk_keeps_its_id_when_its_root_hands_over() -> None:
    step = sign_succession(DESK.id, ROOT, public_key(SUCCESSOR), TODAY)
    found = read_bundle(DESK.id, make_bundle(SUCCESSOR, (step,)), TODAY)
    assert found.document.root == public_key(SUCCESSOR)
    with pytest.raises(DeskError):
        read_bundle(DESK.id, make_bundle(SUCCESSOR, (step,)), TODAY + timedelta(400))


def test_a_key_file_opens_with_its_passphrase_and_kind_only() -> None:
    data = lock({"seed": "x"}, "member", "lange zin")
    assert unlock(data, "member", "lange zin") == {"seed": "x"}
    for kind, passphrase in (("member", "korte zin"), ("root", "lange zin")):
        with pytest.raises(KeyFileError) as refusal:
            unlock(data, kind, passphrase)
        assert "zin" not in str(refusal.value)


def test_two_key_files_of_one_value_differ() -> None:
    assert lock({}, "member", "x") != lock({}, "member", "x")
