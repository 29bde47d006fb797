# SPDX-License-Identifier: EUPL-1.2
"""A case follows the bytes that it was opened with, so what was released once is at hand for good."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import pytest

import casework.protocols
from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol
from casework.protocols import DIGESTS, open_shelf, shipped_protocols
from support.protocol_samples import OWN, SAMPLE

Released = Mapping[str, Mapping[str, str]]
CHANGELOG = Path(__file__).parents[2] / "CHANGELOG.md"


def released() -> Released:
    return tomllib.loads(files("casework.protocols").joinpath("released", DIGESTS).read_text(encoding="utf-8"))


def lost(released: Released, at_hand: Mapping[str, InvestigationProtocol]) -> Iterator[str]:
    """Yield what was released and is not at hand."""
    for protocol_id, versions in released.items():
        for version, digest in versions.items():
            found = at_hand.get(digest)
            if found is None or (found.id, str(found.version)) != (protocol_id, version):
                yield (
                    f"{protocol_id} {version} was released with other bytes. Put those into released/"
                    f"{protocol_id}-{version}.toml, and give the changed file a higher version."
                )


def test_every_protocol_that_was_released_is_at_hand() -> None:
    assert not list(lost(released(), open_shelf().by_digest))


def test_a_release_lists_its_protocols() -> None:
    releases = re.findall(r"^## (?!Unreleased)", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(released()) == (set(shipped_protocols()) if releases else set()), f"add them to {DIGESTS}"


def sample(text: str) -> InvestigationProtocol:
    return load_protocol(text.encode(), "sample.toml")


@pytest.mark.parametrize(
    "now,told",
    [([SAMPLE], 0), ([SAMPLE.replace("version = 1", "version = 2")], 1), ([SAMPLE.replace("Klein", "Kort")], 1)],
    ids=["unchanged", "a higher version without the old bytes", "other bytes under the same version"],
)
def test_a_change_that_loses_released_bytes_is_noticed(now: list[str], told: int) -> None:
    at_hand = {sample(text).digest: sample(text) for text in now}
    assert len(list(lost({"S": {"1": sample(SAMPLE).digest}}, at_hand))) == told


def test_the_old_bytes_beside_a_higher_version_lose_nothing() -> None:
    at_hand = {one.digest: one for one in (sample(SAMPLE), sample(SAMPLE.replace("version = 1", "version = 2")))}
    assert not list(lost({"S": {"1": sample(SAMPLE).digest}}, at_hand))


def test_a_case_of_an_earlier_release_finds_its_protocol_also_where_an_own_file_extends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    newer = SAMPLE.replace("version = 1", "version = 2")
    before = load_protocol(OWN.encode(), "own.toml", {"S": SAMPLE.encode()})
    shelf = casework.protocols._shipped() | {"S": (sample(newer), newer.encode())}
    monkeypatch.setattr(casework.protocols, "_shipped", lambda: shelf)
    monkeypatch.setattr(casework.protocols, "_released", lambda: ((sample(SAMPLE), SAMPLE.encode()),))

    found = open_shelf([("own.toml", OWN.encode())])

    assert found.newest["S"].version == 2
    assert found.by_digest[sample(SAMPLE).digest].version == 1
    assert found.by_digest[before.digest].id == found.newest["S_own"].id
    assert found.newest["S_own"].digest != before.digest


def test_a_file_that_cannot_be_read_any_more_is_named_and_takes_nothing_else_away() -> None:
    sound = b'extends = "A_ambtenaren"\nid = "X"\nversion = 1'
    shelf = open_shelf([("broken.toml", b"format = 9"), ("own.toml", sound)])
    assert [str(error).partition(":")[0] for error in shelf.broken] == ["broken.toml"]
    assert set(shelf.newest) == {*shipped_protocols(), "X"}
