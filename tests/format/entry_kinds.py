# SPDX-License-Identifier: EUPL-1.2
"""What the kinds of vectors about entries of logs do; ``crypto/vectors/README.md`` describes them."""

import json
from typing import Any

from crypto import attachments, caselog, deletion, desk, encoding, fields, logs, unseal
from crypto.age import Identity
from crypto.encoding import b64decode, b64encode
from crypto.mailbox import MailboxKeys
from crypto.place import Place

Inputs = dict[str, Any]
Result = dict[str, Any]


def known_desks(inputs: Inputs) -> list[desk.Desk]:
    today = encoding.parse_day(inputs["day"])
    return [desk.read_bundle(inputs["desk"], bundle.encode(), today) for bundle in inputs["bundles"]]


def reader_of(inputs: Inputs) -> unseal.Reader:
    return unseal.Reader(inputs["member"], [Identity.from_seed(b64decode(seed)) for seed in inputs["identities"]])


def place_of(inputs: Inputs, log: str) -> Place:
    return Place(log, inputs["seq"], b64decode(inputs["prev"]))


def open_report(inputs: Inputs) -> Result:
    frame = logs.parse_frame(b64decode(inputs["frame"]), inputs["log"])
    report = unseal.open_report(frame, known_desks(inputs), reader_of(inputs)).record
    return {"sealed_to": list(report.sealed_to), "excluded": list(report.excluded), "answers": report.answers}


def open_message(inputs: Inputs) -> Result:
    frame = logs.parse_frame(b64decode(inputs["frame"]), inputs["log"])
    key, place = b64decode(inputs["sign_key"]), place_of(inputs, inputs["log"])
    message = unseal.open_message(frame, known_desks(inputs), reader_of(inputs), key, place).record
    names = {"sealed_to": list(message.sealed_to), "excluded": list(message.excluded)}
    return {**names, "answers": message.answers, "kind": message.kind}


def compare_files(inputs: Inputs) -> Result:
    desks, reader, key = known_desks(inputs), reader_of(inputs), b64decode(inputs["sign_key"])
    announcing = logs.parse_frame(b64decode(inputs["announcing"]), inputs["log"])
    frame = logs.parse_frame(b64decode(inputs["frame"]), inputs["log"])
    place = place_of(inputs, inputs["log"])
    report = unseal.open_report(announcing, desks, reader).record
    files = unseal.open_message(frame, desks, reader, key, place).record
    attachments.check_files(files, report, logs.head(inputs["log"], 1, logs.ZERO_HEAD, announcing.hash))
    return {"blobs": [attachment.blob for attachment in files.attachments]}


def open_state(inputs: Inputs) -> Result:
    keys = MailboxKeys.from_root(bytes.fromhex(inputs["root"]), inputs["desk"])
    frame = logs.parse_frame(b64decode(inputs["frame"]), keys.log)
    state = unseal.open_state(frame, keys, place_of(inputs, keys.log))
    return {"seen": fields.to_json(state.seen), "excluded": list(state.excluded), "did": state.did}


def open_reply(inputs: Inputs) -> Result:
    keys = MailboxKeys.from_root(bytes.fromhex(inputs["root"]), inputs["desk"])
    data = b64decode(inputs["frame"])
    frame = logs.parse_frame(data, named_log(data))
    place = place_of(inputs, keys.log)
    reply = unseal.open_reply(frame, known_desks(inputs), keys, place, inputs["authors"], inputs["seen_version"]).record
    return {"author": reply.author, "kind": reply.kind, "content": reply.content}


def named_log(frame: bytes) -> str:
    meta = frame[4 : 4 + int.from_bytes(frame[:4], "big")]
    return str(json.loads(meta)["log"])


def open_grant(inputs: Inputs) -> Result:
    frame = logs.parse_frame(b64decode(inputs["frame"]), inputs["log"])
    place = place_of(inputs, inputs["log"])
    grant = unseal.open_grant(frame, known_desks(inputs), reader_of(inputs), place, inputs["seen_version"]).record
    return {"case": grant.case, "holders": list(grant.holders), "purpose": grant.purpose}


def read_deletion(inputs: Inputs) -> Result:
    frame = logs.parse_frame(b64decode(inputs["frame"]), inputs["log"])
    place, key = place_of(inputs, inputs["log"]), b64decode(inputs["sign_key"])
    found = deletion.verify_deletion(frame, inputs["desk"], place.seq, place.prev, key)
    deletion.check_named(found, enumerate(map(b64decode, inputs["before"]), 1))
    return {"of": list(found.of), "day": found.day.isoformat()}


def write_deletion(inputs: Inputs) -> Result:
    keys = MailboxKeys.from_root(bytes.fromhex(inputs["root"]), inputs["desk"])
    place, day = place_of(inputs, keys.log), encoding.parse_day(inputs["day"])
    wanted = deletion.Deletion(keys.desk, keys.log, place.seq, place.prev, day, tuple(inputs["of"]))
    return {"frame": b64encode(deletion.write_deletion(wanted, keys.sign_seed))}


def open_case_entry(inputs: Inputs) -> Result:
    case = caselog.CaseKey(inputs["desk"], b64decode(inputs["case_key"]))
    place = place_of(inputs, case.log)
    statement = caselog.open_entry(case, place.seq, place.prev, b64decode(inputs["part"]))
    entry = caselog.verify_entry(statement, known_desks(inputs), place, inputs["seen_version"])
    return {"event": entry.event, "data": entry.data}
