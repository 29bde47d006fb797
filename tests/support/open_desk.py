# SPDX-License-Identifier: EUPL-1.2
"""A desk of four members whose every key the test holds, and a reporter of it."""

from datetime import date, timedelta

from crypto.age import Identity
from crypto.desk import desk_id, read_bundle, write_bundle
from crypto.document import DeskDocument, Member, Policy, sign_document
from crypto.epochs import Epoch, sign_epoch
from crypto.logs import Frame, parse_frame
from crypto.mailbox import MailboxKeys
from crypto.seal import new_report, seal_report
from crypto.signing import public_key
from crypto.unseal import Reader

TODAY = date(2026, 11, 22)
NAMES = ("anna", "bram", "carla", "dirk")
SEEDS = {name: name.ljust(32).encode() for name in NAMES}
IDENTITIES = {name: Identity.from_seed(SEEDS[name]) for name in NAMES}
ROOT = bytes(32)
SUCCESSOR = bytes([1]) * 32
KEYS = MailboxKeys.from_root(b"root".ljust(32), desk_id(public_key(ROOT)))


def make_document(root: bytes) -> DeskDocument:
    members = tuple(Member(name, name, {"nl": "lid"}, public_key(SEEDS[name])) for name in NAMES)
    return DeskDocument(
        desk=KEYS.desk,
        version=1,
        previous=None,
        root=public_key(root),
        issued=TODAY,
        expires=TODAY + timedelta(300),
        opens=None,
        closes=None,
        languages=("nl",),
        name={"nl": "Meldpunt"},
        texts={},
        elsewhere=(),
        members=members,
        custodians=(),
        policy=Policy(names_shown=True, exclusion=True, receipt_is_ack=False, recovery=None),
        contact="x",
    )


def make_bundle(root: bytes = ROOT, successions: tuple[bytes, ...] = ()) -> bytes:
    """Return the bundle of the desk, whose root key in force is that of ``root``."""
    signed = sign_document(make_document(root), root)
    known = read_bundle(KEYS.desk, write_bundle(TODAY, successions, signed, []), TODAY).document
    days = (TODAY, TODAY + timedelta(28), TODAY + timedelta(56))
    epochs = [
        sign_epoch(Epoch(KEYS.desk, name, 1, known.hash, IDENTITIES[name].recipient(), *days), SEEDS[name])
        for name in NAMES
    ]
    return write_bundle(TODAY, successions, signed, epochs)


def sealed_report(text: str, excluded: list[str]) -> Frame:
    report = new_report(KEYS, DESK, TODAY, {"what": text}, language="nl", excluded=excluded)
    return parse_frame(seal_report(report, KEYS, DESK.live(TODAY)), KEYS.log)


def reader(name: str) -> Reader:
    return Reader(name, [IDENTITIES[name]])


DESK = read_bundle(KEYS.desk, make_bundle(), TODAY)
