# SPDX-License-Identifier: EUPL-1.2
"""What each kind of vector does with its inputs; ``crypto/vectors/README.md`` describes them."""

from collections.abc import Callable
from typing import Any

from crypto import desk, encoding, epochs, fields, httpsig, keyfile, logs, padding, passphrase, signing, wordlist
from crypto.derive import derive_key
from crypto.encoding import b64decode, b64encode
from crypto.mailbox import MailboxKeys
from crypto.records import Record, read_record
from crypto.statements import CaseEntry, Grant, Message, Reply, Report, State
from format import blob_kinds, entry_kinds

RECORDS: dict[str, type[Record]] = {record.TYPE: record for record in (Report, Message, State, Reply, Grant, CaseEntry)}
Inputs = dict[str, Any]
Result = dict[str, Any]


def read_b64(inputs: Inputs) -> Result:
    return {"hex": b64decode(**inputs).hex()}


def read_b32(inputs: Inputs) -> Result:
    return {"hex": encoding.b32decode(**inputs).hex()}


def read_json(inputs: Inputs) -> Result:
    return {"value": encoding.parse_json(b64decode(inputs["bytes"]))}


def read_field(inputs: Inputs) -> Result:
    value = inputs["value"] * inputs["times"] if inputs["times"] > 1 else inputs["value"]
    getattr(fields, inputs["reader"])(value)
    return {}


def hash_labelled(inputs: Inputs) -> Result:
    return {"hex": encoding.labelled_hash(inputs["label"], *map(bytes.fromhex, inputs["parts"])).hex()}


def pad_length(inputs: Inputs) -> Result:
    return {"length": padding.padded_length(**inputs)}


def unpad(inputs: Inputs) -> Result:
    statement, file = padding.unpad(b64decode(inputs["plaintext"]), inputs["floor"], inputs["file_size"])
    return {"statement": b64encode(statement), "file": b64encode(file)}


def verify_statement(inputs: Inputs) -> Result:
    statement = signing.parse_statement(inputs["statement"].encode())
    payload = signing.verify_statement(statement, inputs["type"], b64decode(inputs["key"]))
    return {"payload": b64encode(payload)}


def compute_log_id(inputs: Inputs) -> Result:
    login, commitment = b64decode(inputs["login"]), b64decode(inputs["commitment"])
    return {"log": logs.log_id(inputs["kind"], inputs["desk"], login, commitment)}


def compute_head(inputs: Inputs) -> Result:
    prev, frame_hash = b64decode(inputs["prev"]), b64decode(inputs["frame_hash"])
    return {"head": b64encode(logs.head(inputs["log"], inputs["seq"], prev, frame_hash))}


def parse_frame(inputs: Inputs) -> Result:
    frame = logs.parse_frame(b64decode(inputs["frame"]), inputs["log"])
    meta = {"v": 1} | fields.to_json(frame.meta)
    return {"meta": meta, "parts": fields.to_json(frame.parts), "hash": b64encode(frame.hash)}


def write_desk_words(inputs: Inputs) -> Result:
    return {"words": list(desk.desk_words(inputs["desk"], wordlist.word_list(inputs["language"])))}


def read_desk_words(inputs: Inputs) -> Result:
    return {"desk": desk.desk_from_words(inputs["words"], wordlist.word_list(inputs["language"]))}


def read_bundle(inputs: Inputs) -> Result:
    today = encoding.parse_day(inputs["day"])
    seen_hash = inputs["seen_hash"] and b64decode(inputs["seen_hash"])
    found = desk.read_bundle(inputs["desk"], inputs["bundle"].encode(), today, inputs["seen_version"], seen_hash)
    live = found.live(today)
    return {
        "version": found.document.version,
        "hash": b64encode(found.document.hash),
        "live": [epoch.member for epoch in live],
        "epochs": [b64encode(epoch.id) for epoch in live],
        "recipients_hash": b64encode(epochs.recipients_hash(live)),
        "takes_reports": found.document.takes_reports(today),
    }


def read_history(inputs: Inputs) -> Result:
    found = desk.read_history(inputs["desk"], inputs["history"].encode(), encoding.parse_day(inputs["day"]))
    return {
        "versions": [one.document.version for one in found],
        "hashes": [b64encode(one.document.hash) for one in found],
        "epochs": [sorted(b64encode(epoch.id) for epoch in one.epochs) for one in found],
    }


def read_epoch(inputs: Inputs) -> Result:
    found = desk.read_bundle(inputs["desk"], inputs["bundle"].encode(), encoding.parse_day(inputs["day"]))
    epoch = epochs.read_epoch(signing.parse_statement(inputs["epoch"].encode()), found.document)
    return {"id": b64encode(epoch.id), "member": epoch.member}


def check_words(inputs: Inputs) -> Result:
    return {"words": list(passphrase.check_words(inputs["text"]))}


def derive_mailbox(inputs: Inputs) -> Result:
    root = passphrase.derive_root(tuple(inputs["words"]), inputs["desk"])
    keys = MailboxKeys.from_words(tuple(inputs["words"]), inputs["desk"])
    return {
        "root": root.hex(),
        "login_seed": keys.login_seed.hex(),
        "sign_seed": keys.sign_seed.hex(),
        "identity_seed": derive_key(root, "reply-to").hex(),
        **fields.to_json(keys.public),
        "commitment": b64encode(keys.public.commitment),
        "log": keys.log,
    }


def body_of(inputs: Inputs) -> bytes | None:
    return None if inputs["body"] is None else b64decode(inputs["body"])


def verify_request(inputs: Inputs) -> Result:
    body = body_of(inputs)
    digest = None if body is None else httpsig.content_digest(body)
    today = encoding.parse_day(inputs["day"])
    key = httpsig.verify_request(inputs["method"], inputs["target"], inputs["headers"], digest, today)
    return {"key": b64encode(key)}


def sign_request(inputs: Inputs) -> Result:
    today, seed = encoding.parse_day(inputs["day"]), b64decode(inputs["seed"])
    conditions = {"if_match": inputs["if_match"], "if_none_match": inputs["if_none_match"]}
    headers = httpsig.sign_request(inputs["method"], inputs["target"], today, seed, body_of(inputs), **conditions)
    return {"headers": {name.lower(): value for name, value in headers.items()}}


def unlock(inputs: Inputs) -> Result:
    return {"value": keyfile.unlock(inputs["file"].encode(), inputs["kind"], inputs["passphrase"])}


def read_payload(inputs: Inputs) -> Result:
    record_type = RECORDS[inputs["type"]]
    read_record(record_type, inputs["payload"].encode())
    return {}


KINDS: dict[str, Callable[[Inputs], Result]] = {
    "b64": read_b64,
    "b32": read_b32,
    "json": read_json,
    "field": read_field,
    "hash": hash_labelled,
    "padded_length": pad_length,
    "padding": unpad,
    "statement": verify_statement,
    "log_id": compute_log_id,
    "head": compute_head,
    "frame": parse_frame,
    "desk_words": write_desk_words,
    "desk_from_words": read_desk_words,
    "bundle": read_bundle,
    "history": read_history,
    "epoch": read_epoch,
    "words": check_words,
    "mailbox": derive_mailbox,
    "payload": read_payload,
    "report": entry_kinds.open_report,
    "message": entry_kinds.open_message,
    "files": entry_kinds.compare_files,
    "blob_length": blob_kinds.blob_length,
    "blob_seal": blob_kinds.seal_blob,
    "blob": blob_kinds.open_blob,
    "state": entry_kinds.open_state,
    "reply": entry_kinds.open_reply,
    "grant": entry_kinds.open_grant,
    "deletion": entry_kinds.read_deletion,
    "deletion_written": entry_kinds.write_deletion,
    "case_entry": entry_kinds.open_case_entry,
    "request": verify_request,
    "signed_request": sign_request,
    "keyfile": unlock,
}
