# SPDX-License-Identifier: EUPL-1.2
"""The promises that rest on the format itself: sizes and stanzas that tell nothing, no time, no choice of algorithm."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto import logs, records, seal, unseal
from crypto.envelope import STANZA_LENGTH, parse_header
from crypto.errors import NoMatchError, SignatureError
from crypto.fields import to_json
from crypto.logs import parse_frame
from crypto.place import Place
from crypto.statements import CaseEntry, Grant, Message, Reply, Report, State
from support.open_desk import DESK, IDENTITIES, KEYS, NAMES, SEEDS, TODAY, reader, sealed_report

RECORDS = (Report, Message, State, Reply, Grant, CaseEntry)
# A state beside each report is the same for all: one stanza and 4 KiB.
ENVELOPE_WITHOUT_STANZAS = 16_384 + 22 + 48 + 16 + 16


@settings(max_examples=15, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=1200).map(lambda text: f"x{text}"),
    st.lists(st.sampled_from(NAMES), max_size=3, unique=True),
)
def test_two_reports_of_one_bucket_are_equally_long_whoever_is_excluded(text: str, excluded: list[str]) -> None:
    shortest = sealed_report("x", [])
    assert len(sealed_report(text, excluded).raw) == len(shortest.raw)


@pytest.mark.parametrize("length", [20_000, 40_000])
def test_larger_reports_have_the_size_of_their_bucket_with_and_without_an_excluded_member(length: int) -> None:
    sizes = {len(sealed_report("x" * (length + more), excluded).raw) for more in (0, 7) for excluded in ([], ["bram"])}
    assert len(sizes) == 1


def test_there_is_one_stanza_for_each_live_member_whoever_is_excluded() -> None:
    for excluded in ([], ["bram"], ["anna", "bram", "dirk"]):
        part = sealed_report("x", excluded).parts[0]
        assert len(parse_header(part).stanzas) == len(NAMES)
        assert len(part) == ENVELOPE_WITHOUT_STANZAS + len(NAMES) * STANZA_LENGTH


def test_the_order_of_stanzas_does_not_follow_the_members() -> None:
    """Forty envelopes in one order would be a chance of one in 24^39."""
    orders = set()
    for _ in range(40):
        stanzas = parse_header(sealed_report("x", []).parts[0]).stanzas
        orders.add(tuple(index for name in NAMES for index, s in enumerate(stanzas) if IDENTITIES[name].unwrap(s)))
    assert len(orders) > 1


def test_only_those_not_excluded_open_a_report() -> None:
    frame = sealed_report("x", ["bram"])
    for name in NAMES:
        if name == "bram":
            with pytest.raises(NoMatchError):
                unseal.open_report(frame, [DESK], reader(name))
        else:
            assert unseal.open_report(frame, [DESK], reader(name)).record.sealed_to == ("anna", "carla", "dirk")


def test_a_report_for_nobody_is_not_made() -> None:
    with pytest.raises(ValueError):
        sealed_report("x", list(NAMES))
    with pytest.raises(ValueError):
        seal.seal_to_members(b"x", DESK.live(TODAY), ["eva"])


def test_two_envelopes_of_equal_reports_do_not_look_alike() -> None:
    """Nonce and file key are fresh."""
    first, second = (sealed_report("x", []).parts[0] for _ in range(2))
    assert first[-1000:] != second[-1000:]


def test_what_stands_outside_the_seal_names_no_member_and_no_time() -> None:
    meta = to_json(sealed_report("x", ["bram"]).meta)
    assert meta.keys() == {"log", "claims", "open", "committee_login"}
    assert meta["open"].keys() == {"kind", "desk", "login", "commitment", "committee_login"}


@pytest.mark.parametrize("record", RECORDS)
def test_no_payload_has_a_place_for_a_time_an_address_or_an_algorithm(record: type[records.Record]) -> None:
    forbidden = re.compile(r"(^|_)(time|hour|ip|address|alg|algorithm|cipher|kdf|agent)($|_)")
    assert not [name for name in record.READERS if forbidden.search(name)]


def test_a_member_who_keeps_the_file_key_cannot_make_another_report() -> None:
    """A recipient seals another text under the reporter's log: the signature is what counts."""
    frame = sealed_report("x", [])
    opened = unseal.open_report(frame, [DESK], reader("anna"))
    other = records.sign_record(replace(opened.record, answers={"what": "Er is niets."}), SEEDS["anna"])
    forged = seal.seal_to_members(other, DESK.live(TODAY), NAMES)
    altered = parse_frame(logs.encode_frame(frame.meta, (forged, frame.parts[1])), KEYS.log)
    with pytest.raises(SignatureError):
        unseal.open_report(altered, [DESK], reader("anna"))


def test_the_reporter_reads_their_own_state_and_not_their_report() -> None:
    frame = sealed_report("x", ["bram"])
    place = Place(KEYS.log, 1, logs.ZERO_HEAD)
    assert unseal.open_state(frame, KEYS, place).excluded == ("bram",)
    with pytest.raises(NoMatchError):
        unseal.open_report(frame, [DESK], unseal.Reader("anna", [KEYS.identity]))


def test_secrets_do_not_show_when_a_record_is_printed() -> None:
    opened = unseal.open_report(sealed_report("x", []), [DESK], reader("anna"))
    shown = repr(opened) + repr(KEYS)
    secrets = (opened.file_key, opened.record.committee_seed, KEYS.login_seed, KEYS.sign_seed)
    assert not [secret for secret in secrets if repr(secret)[2:-1] in shown]
