# SPDX-License-Identifier: EUPL-1.2
"""Every vector of the format has its outcome, and a refusal comes from the layer that it names."""

import json
import re
from pathlib import Path

import pytest

from crypto import errors
from format.generate_vectors.__main__ import VECTORS, differences, wanted
from format.vector_kinds import KINDS

LAYERS = {
    "encoding": errors.EncodingError,
    "header": errors.HeaderError,
    "no-match": errors.NoMatchError,
    "payload": errors.PayloadError,
    "signature": errors.SignatureError,
    "desk": errors.DeskError,
    "binding": errors.BindingError,
    "words": errors.WordsError,
    "keyfile": errors.KeyFileError,
}
PATHS = sorted(VECTORS.glob("*.json"))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_vector_has_its_outcome(path: Path) -> None:
    vector = json.loads(path.read_text("utf-8"))
    assert vector.keys() == {"about", "kind", "inputs", "expect", "result"}
    run = KINDS[vector["kind"]]
    if vector["expect"] == "ok":
        assert run(vector["inputs"]) == vector["result"]
        return
    with pytest.raises(errors.FormatError) as refusal:
        run(vector["inputs"])
    assert type(refusal.value) is LAYERS[vector["expect"]]
    assert getattr(refusal.value, "place", None) == (vector["result"] or {}).get("place")


def test_vectors_are_those_that_their_generators_make() -> None:
    assert differences(wanted()) == []


def test_most_vectors_are_refusals() -> None:
    expected = [json.loads(path.read_text("utf-8"))["expect"] for path in PATHS]
    assert len(expected) > 90
    assert sum(expect != "ok" for expect in expected) > 0.7 * len(expected)


def test_every_kind_and_every_layer_has_a_vector() -> None:
    vectors = [json.loads(path.read_text("utf-8")) for path in PATHS]
    assert {vector["kind"] for vector in vectors} == set(KINDS)
    assert {vector["expect"] for vector in vectors} == {"ok", *LAYERS}


def test_generators_do_not_import_what_they_test() -> None:
    sources = [path.read_text("utf-8") for path in Path(__file__).with_name("generate_vectors").glob("*.py")]
    assert sources
    assert not [source for source in sources if re.search(r"^\s*(from|import) crypto\b", source, re.MULTILINE)]


def test_readme_describes_every_kind_with_its_inputs() -> None:
    text = (VECTORS / "README.md").read_text("utf-8")
    rows = [row for row in text.splitlines() if row.startswith("| `") and "`inputs`" not in row]
    described = {name: row for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert described.keys() == KINDS.keys()
    for path in PATHS:
        vector = json.loads(path.read_text("utf-8"))
        row = described[vector["kind"]]
        inherited = described["report"] if "as `report`" in row else ""
        assert not [name for name in vector["inputs"] if f"`{name}`" not in row + inherited]
