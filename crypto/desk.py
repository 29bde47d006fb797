# SPDX-License-Identifier: EUPL-1.2
"""From a desk's address to the members that it may trust (FORMAT.md sections 2.1, 6.1 and 6.6).

The order: the id in the address, the first root key, its successors, the document, the epochs. Nothing that
a server adds to this chain is believed; what it leaves out (a newer document, an epoch) it can hide.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from crypto.document import DeskDocument, document_root, read_document
from crypto.encoding import b32decode, b32encode, b64encode, dump_json, labelled_hash, parse_json
from crypto.epochs import EPOCH_TYPE, Epoch, live_members, read_epoch
from crypto.errors import DeskError, FormatError, WordsError
from crypto.fields import DESK_ID_LENGTH, day, key, list_of, versioned
from crypto.fields import desk_id as read_desk_id
from crypto.signing import (
    Statement,
    public_key,
    read_payload,
    read_statement,
    sign_statement,
    verify_statement,
)

SUCCESSION_TYPE = "meldkluis/root-succession/v1"
DESK_WORDS = 10
_SUCCESSION = {"desk": read_desk_id, "from": key, "to": key, "day": day}
_STATEMENTS = list_of(read_statement)
_BUNDLE = {"day": day, "successions": _STATEMENTS, "document": read_statement, "epochs": _STATEMENTS}
_HISTORY = {"day": day, "successions": _STATEMENTS, "documents": _STATEMENTS, "epochs": _STATEMENTS}


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk whose document was reached from its address; epochs that were refused are left out."""

    id: str
    document: DeskDocument
    epochs: tuple[Epoch, ...]

    def live(self, today: date) -> tuple[Epoch, ...]:
        """Return the epochs of the live members on a day, sorted by member id."""
        return live_members(self.document, self.epochs, today)


def desk_id(root_key: bytes) -> str:
    """Return the id of the desk whose first root key this is."""
    return b32encode(labelled_hash("desk-id", root_key)[:DESK_ID_LENGTH])


def desk_words(desk: str, words: Sequence[str]) -> tuple[str, ...]:
    """Return a desk id as ten words of a list of 7,776."""
    number = int.from_bytes(b32decode(desk, DESK_ID_LENGTH), "big")
    digits = []
    for _ in range(DESK_WORDS):
        number, digit = divmod(number, len(words))
        digits.append(words[digit])
    return tuple(reversed(digits))


def desk_from_words(spoken: Sequence[str], words: Sequence[str]) -> str:
    """Return the desk id that ten words of a list of 7,776 stand for.

    Raises:
        WordsError: not ten words of the list, or words that stand for no desk id.
    """
    places = {word: place for place, word in enumerate(words)}
    if len(spoken) != DESK_WORDS or not places.keys() >= set(spoken):
        raise WordsError("a desk's address has ten words of one list")
    number = 0
    for word in spoken:
        number = number * len(words) + places[word]
    if number >> 8 * DESK_ID_LENGTH:
        raise WordsError("these ten words are no desk's address: one of them is wrong")
    return b32encode(number.to_bytes(DESK_ID_LENGTH, "big"))


def sign_succession(desk: str, root_seed: bytes, successor: bytes, today: date) -> bytes:
    """Return the statement by which the root key of a seed hands over to the public key ``successor``."""
    payload = {
        "v": 1,
        "desk": desk,
        "from": b64encode(public_key(root_seed)),
        "to": b64encode(successor),
        "day": today.isoformat(),
    }
    return sign_statement(SUCCESSION_TYPE, dump_json(payload), root_seed)


def write_bundle(today: date, successions: Sequence[bytes], document: bytes, epochs: Sequence[bytes]) -> bytes:
    """Return the bundle that a server hands out, from the statements' JSON bytes."""
    parts = (b",".join(successions), document, b",".join(epochs))
    return _opened(today) + b',"successions":[%b],"document":%b,"epochs":[%b]}' % parts


def write_history(
    today: date, successions: Sequence[bytes], documents: Sequence[bytes], epochs: Sequence[bytes]
) -> bytes:
    """Return the history that a server hands out, from the statements' JSON bytes; the oldest document first."""
    parts = (b",".join(successions), b",".join(documents), b",".join(epochs))
    return _opened(today) + b',"successions":[%b],"documents":[%b],"epochs":[%b]}' % parts


def _opened(today: date) -> bytes:
    return dump_json({"v": 1, "day": today.isoformat()}).removesuffix(b"}")


def read_bundle(desk: str, raw: bytes, today: date, seen_version: int = 0, seen_hash: bytes | None = None) -> Desk:
    """Return what a bundle says about the desk of an address, checked from the address on.

    ``seen_version`` and ``seen_hash`` are of the newest document that this reader has seen before. An
    epoch that is refused does not count, and leaves the others standing.

    Raises:
        EncodingError: bundle, succession or document is malformed.
        SignatureError: a succession or the document is not signed by the key in force.
        DeskError: another root or desk, an older or altered version, or not good on this day.
    """
    bundle = versioned(parse_json(raw), _BUNDLE)
    root = _follow_roots(desk, bundle["successions"], bundle["document"])[-1]
    document = read_document(bundle["document"], desk, root)
    _check_version(document, seen_version, seen_hash)
    if not document.issued <= today <= document.expires:
        raise DeskError("the desk document is not good on this day")
    return Desk(desk, document, tuple(_good_epochs(bundle["epochs"], document)))


def read_history(desk: str, raw: bytes, today: date) -> tuple[Desk, ...]:
    """Return the desk under each document of a history, oldest first, checked from the address on.

    A document may have expired: what was sealed under it is opened later. An epoch that is refused, or
    names none of the documents, is left out.

    Raises:
        EncodingError: history, succession or document is malformed.
        SignatureError: a succession or a document is not signed by the key that was in force.
        DeskError: no document, another root, desk or order, a broken link, or a document of a later day.
    """
    history = versioned(parse_json(raw), _HISTORY)
    if not history["documents"]:
        raise DeskError("a history has no document")
    roots = _follow_roots(desk, history["successions"], history["documents"][-1])
    documents = [_read_old_document(statement, desk, roots) for statement in history["documents"]]
    if documents[-1].root != roots[-1]:
        raise DeskError("the newest desk document is not of the root key in force")
    for before, after in pairwise(documents):
        _check_order(before, after, roots)
    if any(document.issued > today for document in documents):
        raise DeskError("a desk document of the history is not issued yet")
    epochs = _by_document(history["epochs"])
    return tuple(Desk(desk, one, tuple(_good_epochs(epochs.get(one.hash, []), one))) for one in documents)


def _follow_roots(desk: str, successions: Sequence[Statement], document: Statement) -> list[bytes]:
    """Return the root keys in their order; the last is in force."""
    root = _succession_start(successions[0]) if successions else document_root(document)
    if desk_id(root) != desk:
        raise DeskError("the first root key is not the one in the address")
    roots = [root]
    for statement in successions:
        if _succession_start(statement) != root:
            raise DeskError("a root key hands over that was not in force")
        found = versioned(parse_json(verify_statement(statement, SUCCESSION_TYPE, root)), _SUCCESSION)
        if found["desk"] != desk:
            raise DeskError("a root key hands over for another desk")
        root = found["to"]
        roots.append(root)
    return roots


def _succession_start(statement: Statement) -> bytes:
    return key(read_payload(statement, SUCCESSION_TYPE).get("from"))


def _read_old_document(statement: Statement, desk: str, roots: Sequence[bytes]) -> DeskDocument:
    root = document_root(statement)
    if root not in roots:
        raise DeskError("a desk document names a root key that the address does not lead to")
    return read_document(statement, desk, root)


def _check_order(before: DeskDocument, after: DeskDocument, roots: Sequence[bytes]) -> None:
    if after.version <= before.version or roots.index(after.root) < roots.index(before.root):
        raise DeskError("the documents of a history, or their root keys, are not in their order")
    linked = after.version == before.version + 1
    if linked and after.previous != before.hash:
        raise DeskError("a desk document does not follow from the one before it")
    # A root key that was replaced may be in other hands: only a later root's link tells what it signed in its time.
    if not linked and before.root != roots[-1]:
        raise DeskError("no later document vouches for one that a replaced root key signed")


def _by_document(statements: Sequence[Statement]) -> dict[bytes, list[Statement]]:
    """Return the epochs' statements by the hash of the document that each names; it is still to be verified."""
    found: dict[bytes, list[Statement]] = {}
    for statement in statements:
        with suppress(FormatError):
            found.setdefault(key(read_payload(statement, EPOCH_TYPE).get("desk_hash")), []).append(statement)
    return found


def _check_version(document: DeskDocument, seen_version: int, seen_hash: bytes | None) -> None:
    if document.version < seen_version:
        raise DeskError("the desk document is older than one that was seen before")
    same = {document.version: document.hash, document.version - 1: document.previous}
    if seen_hash is not None and same.get(seen_version, seen_hash) != seen_hash:
        raise DeskError("the desk document does not follow from the one that was seen before")


def _good_epochs(statements: Sequence[Statement], document: DeskDocument) -> list[Epoch]:
    good = []
    for statement in statements:
        # One member's bad epoch must not close the desk for everybody.
        with suppress(FormatError):
            good.append(read_epoch(statement, document))
    return good
