# SPDX-License-Identifier: EUPL-1.2
"""What `intake.store.interface` promises of letters, on every database."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from intake.store.interface import ConflictError, FullError
from intake.store.records import Letter
from intake.store.sql import SqlStore
from support.sealed_desk import TODAY
from support.store_records import DESK, a_desk, a_log

MOST = 4
WRITERS = 12
MUCH = 10**12


def a_letter(**changes: object) -> Letter:
    usual = Letter(a_log(), DESK, TODAY, TODAY + timedelta(days=56), 20_000)
    return replace(usual, **changes)  # type: ignore[arg-type]  # whatever fields the test names


@pytest.fixture(autouse=True)
def desk(store: SqlStore) -> None:
    store.put_desk(a_desk())


def kept(store: SqlStore, **changes: object) -> Letter:
    letter = a_letter(**changes)
    store.announce_letter(letter, MOST, MUCH)
    store.letter_arrived(letter.letter)
    return letter


def test_a_letter_is_listed_once_it_is_whole(store: SqlStore) -> None:
    letter = a_letter()
    store.announce_letter(letter, MOST, MUCH)
    assert store.letters(DESK, TODAY) == []

    store.letter_arrived(letter.letter)

    assert store.letters(DESK, TODAY) == [replace(letter, whole=True)]
    assert store.letter(letter.letter) == replace(letter, whole=True)


def test_letters_are_listed_for_their_desk_until_no_key_opens_them(store: SqlStore) -> None:
    kept(store, desk="b" * 26)
    letter = kept(store)

    assert [found.letter for found in store.letters(DESK, letter.until)] == [letter.letter]
    assert store.letters(DESK, letter.until + timedelta(days=1)) == []


def test_announcing_again_takes_no_more_room(store: SqlStore) -> None:
    letter = kept(store)

    for _ in range(MOST + 1):
        store.announce_letter(letter, MOST, MUCH)

    assert store.letter(letter.letter) == replace(letter, whole=True)


def test_a_letter_that_was_cut_off_gets_the_day_of_the_next_attempt(store: SqlStore) -> None:
    lost = a_letter(day=TODAY - timedelta(days=3), until=TODAY)
    store.announce_letter(lost, MOST, MUCH)
    again = replace(lost, day=TODAY, until=TODAY + timedelta(days=56))

    store.announce_letter(again, MOST, MUCH)

    assert store.stale_letters(TODAY, 9) == []
    assert store.letter(lost.letter) == again


def test_a_letter_that_was_forgotten_meanwhile_has_not_arrived(store: SqlStore) -> None:
    letter = a_letter()
    store.announce_letter(letter, MOST, MUCH)
    there = store.letter_arrived(letter.letter)
    store.forget_letter(letter.letter)

    assert (there, store.letter_arrived(letter.letter)) == (True, False)
    assert store.letter(letter.letter) is None


def test_a_desk_has_room_for_so_many_letters_and_bytes(store: SqlStore) -> None:
    for _ in range(MOST):
        store.announce_letter(a_letter(), MOST, MUCH)

    with pytest.raises(FullError):
        store.announce_letter(a_letter(), MOST, MUCH)
    with pytest.raises(FullError):
        store.announce_letter(a_letter(size=50_000), MUCH, 129_999)
    store.announce_letter(a_letter(size=50_000), MUCH, 130_000)
    store.announce_letter(a_letter(desk="b" * 26), MOST, MUCH)


def test_writers_at_one_moment_do_not_exceed_the_room(store: SqlStore) -> None:
    def announce(_: int) -> bool:
        try:
            store.announce_letter(a_letter(), MOST, MUCH)
        except FullError:
            return False
        return True

    with ThreadPoolExecutor(WRITERS) as pool:
        assert sum(pool.map(announce, range(WRITERS))) == MOST


def test_grants_stand_in_the_order_in_which_they_came(store: SqlStore) -> None:
    letter = kept(store).letter
    frames = [bytes([number]) * 100 for number in range(5)]

    new = [store.open_letter(letter, frame[:32], frame) for frame in frames]
    again = store.open_letter(letter, frames[2][:32], frames[2])

    assert (new, again) == ([True] * 5, False)
    assert store.letter_openings(letter) == frames


def test_a_member_has_one_grant_for_a_letter(store: SqlStore) -> None:
    letter = kept(store).letter
    store.open_letter(letter, b"a" * 32, b"one")

    with pytest.raises(ConflictError):
        store.open_letter(letter, b"a" * 32, b"another")
    with pytest.raises(ConflictError):
        store.open_letter(a_log(), b"a" * 32, b"one")

    assert store.letter_openings(letter) == [b"one"]


def test_what_is_over_or_did_not_come_is_stale(store: SqlStore) -> None:
    over = kept(store, until=TODAY - timedelta(days=1))
    lost = a_letter(day=TODAY - timedelta(days=2))
    store.announce_letter(lost, MOST, MUCH)
    store.announce_letter(a_letter(day=TODAY - timedelta(days=1)), MOST, MUCH)
    kept(store, until=TODAY)

    assert set(store.stale_letters(TODAY, 9)) == {over.letter, lost.letter}
    assert len(store.stale_letters(TODAY, 1)) == 1


def test_a_forgotten_letter_leaves_nothing(store: SqlStore) -> None:
    letter = kept(store).letter
    store.open_letter(letter, b"a" * 32, b"one")

    for _ in range(2):
        store.forget_letter(letter)

    assert store.letter(letter) is None
    assert store.letter_openings(letter) == []
