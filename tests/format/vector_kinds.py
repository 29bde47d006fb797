# SPDX-License-Identifier: EUPL-1.2
"""What each kind of vector does with its inputs; ``crypto/vectors/README.md`` describes them."""

from collections.abc import Callable
from typing import Any

from crypto import encoding, fields, padding, signing

Inputs = dict[str, Any]
Result = dict[str, Any]


def read_b64(inputs: Inputs) -> Result:
    return {"hex": encoding.b64decode(**inputs).hex()}


def read_b32(inputs: Inputs) -> Result:
    return {"hex": encoding.b32decode(**inputs).hex()}


def read_json(inputs: Inputs) -> Result:
    return {"value": encoding.parse_json(encoding.b64decode(inputs["bytes"]))}


def read_field(inputs: Inputs) -> Result:
    value = inputs["value"] * inputs["times"] if inputs["times"] > 1 else inputs["value"]
    getattr(fields, inputs["reader"])(value)
    return {}


def hash_labelled(inputs: Inputs) -> Result:
    return {"hex": encoding.labelled_hash(inputs["label"], *map(bytes.fromhex, inputs["parts"])).hex()}


def pad_length(inputs: Inputs) -> Result:
    return {"length": padding.padded_length(**inputs)}


def unpad(inputs: Inputs) -> Result:
    statement, file = padding.unpad(encoding.b64decode(inputs["plaintext"]), inputs["floor"], inputs["file_size"])
    return {"statement": encoding.b64encode(statement), "file": encoding.b64encode(file)}


def verify_statement(inputs: Inputs) -> Result:
    statement = signing.parse_statement(inputs["statement"].encode())
    payload = signing.verify_statement(statement, inputs["type"], encoding.b64decode(inputs["key"]))
    return {"payload": encoding.b64encode(payload)}


KINDS: dict[str, Callable[[Inputs], Result]] = {
    "b64": read_b64,
    "b32": read_b32,
    "json": read_json,
    "field": read_field,
    "hash": hash_labelled,
    "padded_length": pad_length,
    "padding": unpad,
    "statement": verify_statement,
}
