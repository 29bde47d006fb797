# SPDX-License-Identifier: EUPL-1.2
"""The ceremony: cards, root key, shares, documents; and joining the desk that came of it."""

from pathlib import Path

import pytest

from casework.errors import CeremonyError, DeskRefusedError, HomeError
from casework.service.ceremony import (
    Card,
    first_document,
    new_member,
    new_root,
    next_document,
    read_card,
    read_profile,
    read_signed_document,
    root_from_shares,
)
from casework.service.joining import join, read_desk_address
from crypto.desk import desk_id, desk_words
from crypto.signing import public_key, sign_statement
from crypto.wordlist import word_list
from support.desk_world import PASSPHRASE, PROFILE, World
from support.intake_simulator import ORIGIN

TOML = """
issued = 2026-11-01
expires = 2027-10-31
languages = ["nl", "en"]
contact = "meldpunt@voorbeeldstad.example"
[name]
nl = "Meldpunt"
en = "Desk"
[policy]
names_shown = false
exclusion = true
receipt_is_ack = false
[[elsewhere]]
kind = "phone"
name = { nl = "Telefoon" }
value = "14 020"
"""


@pytest.fixture
def cards(world: World) -> list[Card]:
    return list(world.cards.values())


def test_any_two_of_three_shares_bring_the_root_back() -> None:
    seed, shares = new_root(2, 3)

    for left_out in shares:
        assert root_from_shares([share for share in shares if share != left_out]) == seed


def test_one_share_is_not_enough() -> None:
    _, shares = new_root(2, 3)

    with pytest.raises(CeremonyError):
        root_from_shares(shares[:1])


@pytest.mark.parametrize("threshold, shares", [(1, 3), (4, 3), (2, 17)])
def test_a_root_that_one_person_holds_or_nobody_can_bring_back_is_refused(threshold: int, shares: int) -> None:
    with pytest.raises(CeremonyError):
        new_root(threshold, shares)


def test_a_profile_gives_a_document_that_reads_back(cards: list[Card]) -> None:
    seed, _ = new_root(2, 3)

    document = read_signed_document(first_document(read_profile(TOML.encode()), cards, (), seed))

    assert document.desk == desk_id(public_key(seed))
    assert [member.id for member in document.members] == ["anna", "bram", "chris"]
    assert document.elsewhere[0].note is None


def test_the_next_document_follows_on_the_one_before(cards: list[Card]) -> None:
    seed, _ = new_root(2, 3)
    before = read_signed_document(first_document(PROFILE, cards, (), seed))

    after = read_signed_document(next_document(PROFILE, cards[:2], (), seed, before))

    assert (after.version, after.previous, after.desk) == (2, before.hash, before.desk)


def test_shares_of_another_root_sign_nothing(cards: list[Card]) -> None:
    seed, _ = new_root(2, 3)
    before = read_signed_document(first_document(PROFILE, cards, (), seed))

    with pytest.raises(CeremonyError, match="another desk"):
        next_document(PROFILE, cards, (), new_root(2, 3)[0], before)


def test_a_desk_of_one_member_is_refused(cards: list[Card]) -> None:
    with pytest.raises(CeremonyError, match="too few"):
        first_document(PROFILE, cards[:1], (), new_root(2, 3)[0])


def test_a_profile_with_an_unknown_key_is_refused(cards: list[Card]) -> None:
    with pytest.raises(CeremonyError, match="key too many"):
        first_document({**PROFILE, "colour": "blue"}, cards, (), new_root(2, 3)[0])


def test_a_card_that_another_key_signed_is_refused() -> None:
    forged = sign_statement("meldkluis/card/v1", b'{"v":1,"identity":"' + b"A" * 43 + b'"}', bytes(32))

    with pytest.raises(CeremonyError):
        read_card(forged)


def test_two_cards_have_two_fingerprints(cards: list[Card]) -> None:
    assert len({card.fingerprint for card in cards}) == 3
    assert {len(card.fingerprint) for card in cards} == {16}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_desks_address_can_be_given_as_ten_words(world: World, language: str) -> None:
    words = desk_words(world.desk, word_list(language))

    assert read_desk_address(" ".join(words).upper()) == world.desk
    assert read_desk_address(world.desk) == world.desk


@pytest.mark.parametrize("address", ["", "abc", "een twee drie"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(DeskRefusedError):
        read_desk_address(address)


def test_joining_publishes_the_first_epoch(world: World) -> None:
    join(world.home("anna"), PASSPHRASE, ORIGIN, world.desk, world.today, transport=world.intake.transport)

    assert [epoch.member for epoch in world.intake.current().live(world.today)] == ["anna"]


def test_joining_a_desk_whose_root_is_not_the_one_asked_for_is_refused(world: World) -> None:
    asked = desk_id(public_key(bytes(32)))
    world.intake.desk = asked
    home = world.home("anna")
    (home.folder / "settings.json").unlink()

    with pytest.raises(DeskRefusedError):
        join(home, PASSPHRASE, ORIGIN, asked, world.today, transport=world.intake.transport)

    assert not home.has_settings()


def test_a_folder_belongs_to_one_desk(world: World) -> None:
    other = desk_id(public_key(bytes(32)))

    with pytest.raises(HomeError, match="another desk"):
        join(world.home("anna"), PASSPHRASE, ORIGIN, other, world.today, transport=world.intake.transport)


def test_keys_are_not_made_over_existing_ones(world: World, tmp_path: Path) -> None:
    with pytest.raises(HomeError, match="already"):
        new_member(world.home("anna"), PASSPHRASE, "anna", "Anna", {"nl": "lid"}, world.today)
