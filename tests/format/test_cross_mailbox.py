# SPDX-License-Identifier: EUPL-1.2
"""A mailbox goes between Python and JavaScript, with fresh random keys and words: what one seals the other opens."""

import json
import secrets
from dataclasses import dataclass, field
from typing import Any

import pytest

from crypto.age import Identity
from crypto.desk import Desk, read_bundle, write_bundle
from crypto.encoding import b64decode, b64encode, u32
from crypto.httpsig import content_digest, sign_request, verify_request
from crypto.logs import ZERO_HEAD, Meta, encode_frame, head, parse_frame
from crypto.mailbox import MailboxKeys
from crypto.passphrase import new_words
from crypto.place import Place
from crypto.records import sign_record
from crypto.seal import new_report, seal_report, seal_to_reporter
from crypto.signing import public_key
from crypto.statements import Reply, Report
from crypto.unseal import Opened, Reader, open_message, open_report, open_state
from support.node import run_node
from support.sealed_desk import ORIGIN, TODAY, SealedDesk

ANSWERS = {"what": "Het geld is weg.\n\u00e9\u00e9n \U0001f4a1", "where": ""}
TARGET = f"{ORIGIN}/logs/abc/entries"


def ask_javascript(op: str, **question: object) -> Any:
    output = run_node('import "./tests/support/mailbox_cross.js";', stdin=json.dumps({"op": op, **question}).encode())
    return json.loads(output)


@dataclass
class Mailbox:
    """A desk with real epoch keys, and words that both languages know."""

    sealed: SealedDesk = field(default_factory=SealedDesk)
    words: tuple[str, ...] = field(default_factory=lambda: new_words("nl"))

    def __post_init__(self) -> None:
        self.identities = {member: Identity.generate() for member in self.sealed.identities}
        epochs = [self.sealed.epoch(name, recipient=key.recipient()) for name, key in self.identities.items()]
        self.bundle = write_bundle(TODAY, [], self.sealed.statement(), epochs)
        self.keys = MailboxKeys.from_words(self.words, self.sealed.id)

    @property
    def desk(self) -> Desk:
        return read_bundle(self.sealed.id, self.bundle, TODAY)

    def ask(self, op: str, **question: object) -> Any:
        shared = {"words": self.words, "desk": self.sealed.id, "bundle": self.bundle.decode(), "day": TODAY.isoformat()}
        return ask_javascript(op, **shared, **question)

    def reader(self, member: str) -> Reader:
        return Reader(member, [self.identities[member]])

    def report_from_javascript(self, answers: dict[str, str], excluded: tuple[str, ...] = ()) -> bytes:
        return b64decode(self.ask("report", answers=answers, excluded=excluded)["frame"])

    def open(self, frame: bytes, member: str) -> Opened[Report]:
        return open_report(parse_frame(frame, self.keys.log), [self.desk], self.reader(member))


@pytest.fixture(scope="module")
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture(scope="module")
def frame(mailbox: Mailbox) -> bytes:
    return mailbox.report_from_javascript(ANSWERS, ("bram",))


def test_words_give_the_same_mailbox_in_both_languages(mailbox: Mailbox) -> None:
    public = mailbox.keys.public
    expected = {"login": b64encode(public.login), "sign": b64encode(public.sign), "reply_to": public.reply_to}
    assert mailbox.ask("keys") == {"log": mailbox.keys.log, **expected}


def test_members_open_a_report_that_javascript_sealed(mailbox: Mailbox, frame: bytes) -> None:
    for member in ("anna", "carla"):
        report = mailbox.open(frame, member).record
        assert (report.answers, report.excluded) == (ANSWERS, ("bram",))


def test_python_opens_the_state_that_javascript_sealed(mailbox: Mailbox, frame: bytes) -> None:
    state = open_state(parse_frame(frame, mailbox.keys.log), mailbox.keys, Place(mailbox.keys.log, 1, ZERO_HEAD))
    assert (state.sealed_to, state.excluded, state.seen.seq) == (("anna", "carla"), ("bram",), 0)


def test_the_longest_text_reaches_the_members(mailbox: Mailbox) -> None:
    text = "x" * 200_000
    assert mailbox.open(mailbox.report_from_javascript({"what": text}), "anna").record.answers["what"] == text


def test_members_open_a_message_that_javascript_sealed(mailbox: Mailbox, frame: bytes) -> None:
    log = mailbox.keys.log
    prev = head(log, 1, ZERO_HEAD, parse_frame(frame, log).hash)
    sealed = mailbox.ask("message", seq=2, prev=b64encode(prev), sealed_to=["anna"], answers={"text": "Dinsdag."})
    later = parse_frame(b64decode(sealed["frame"]), log)
    place = Place(log, 2, prev)
    message = open_message(later, [mailbox.desk], mailbox.reader("anna"), mailbox.keys.public.sign, place).record
    assert (message.answers, message.excluded) == ({"text": "Dinsdag."}, ("bram", "carla"))


def test_javascript_opens_the_state_that_python_sealed(mailbox: Mailbox) -> None:
    report = new_report(mailbox.keys, mailbox.desk, TODAY, ANSWERS, language="nl", excluded=("bram",))
    sealed = seal_report(report, mailbox.keys, mailbox.desk.live(TODAY))
    assert mailbox.ask("state", frame=b64encode(sealed)) == {"sealed_to": ["anna", "carla"], "excluded": ["bram"]}


def test_javascript_opens_a_reply_that_python_sealed(mailbox: Mailbox, frame: bytes) -> None:
    log = mailbox.keys.log
    prev = head(log, 1, ZERO_HEAD, parse_frame(frame, log).hash)
    reply = Reply(
        desk=mailbox.desk.id,
        log=log,
        seq=2,
        prev=prev,
        desk_version=1,
        desk_hash=mailbox.desk.document.hash,
        day=TODAY,
        author="anna",
        language="nl",
        kind="question",
        about=prev,
        readers=("anna", "carla"),
        content={"text": "Wanneer was dat? \u20ac"},
    )
    statement = sign_record(reply, mailbox.sealed.identities["anna"])
    sealed = encode_frame(Meta(log), (seal_to_reporter(statement, mailbox.keys.public.reply_to),))
    answer = mailbox.ask("reply", seq=2, prev=b64encode(prev), frame=b64encode(sealed), authors=["anna", "carla"])
    assert answer == {"author": "anna", "kind": "question", "content": {"text": "Wanneer was dat? \u20ac"}}


def test_a_strangers_tool_opens_what_python_sealed(mailbox: Mailbox) -> None:
    report = new_report(mailbox.keys, mailbox.desk, TODAY, ANSWERS, language="nl")
    sealed = parse_frame(seal_report(report, mailbox.keys, mailbox.desk.live(TODAY)), mailbox.keys.log)
    identity = mailbox.identities["carla"].encode()
    plaintext = run_node('import "./tests/support/stranger.js";', identity, stdin=sealed.parts[0])
    length = len(mailbox.open(sealed.raw, "carla").statement)
    assert plaintext[:4] == u32(length)
    assert plaintext[4 : 4 + length] == mailbox.open(sealed.raw, "carla").statement


@pytest.mark.parametrize("body", [None, b"frame"])
def test_python_verifies_a_request_that_javascript_signed(body: bytes | None) -> None:
    seed = secrets.token_bytes(32)
    method = "GET" if body is None else "POST"
    sent = None if body is None else b64encode(body)
    day = TODAY.isoformat()
    headers = ask_javascript(
        "sign", method=method, target=TARGET, day=day, seed=b64encode(seed), body=sent, ifMatch='"x"'
    )
    digest = None if body is None else content_digest(body)
    assert verify_request(method, TARGET, headers, digest, TODAY) == public_key(seed)


def test_javascript_verifies_a_request_that_python_signed() -> None:
    seed, body = secrets.token_bytes(32), secrets.token_bytes(100)
    headers = sign_request("POST", TARGET, TODAY, seed, body, if_none_match="*")
    question = {"method": "POST", "target": TARGET, "headers": headers, "body": b64encode(body)}
    assert ask_javascript("verify", **question, day=TODAY.isoformat()) == b64encode(public_key(seed))
