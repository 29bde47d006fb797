# SPDX-License-Identifier: EUPL-1.2
"""What `intake.store.interface` promises, on every database."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import timedelta
from multiprocessing import get_context
from threading import Barrier

import pytest

from intake.store.engine import connect
from intake.store.interface import ConflictError, HeadMovedError
from intake.store.records import NewEntry, NewLog, Place, Scope
from intake.store.sql import SqlStore
from support.sealed_desk import TODAY
from support.store_records import DESK, a_desk, a_log, after, an_epoch, first

WRITERS = 16


def race(attempts: list[Callable[[], None]]) -> list[bool]:
    """Run all at one moment; tell which succeeded."""
    start = Barrier(len(attempts))

    def attempt(action: Callable[[], None]) -> bool:
        start.wait()
        try:
            action()
        except HeadMovedError:
            return False
        return True

    with ThreadPoolExecutor(len(attempts)) as pool:
        return list(pool.map(attempt, attempts))


def test_an_entry_comes_back_as_it_was_stored(store: SqlStore) -> None:
    entry = first(a_log())
    store.append(entry)

    (found,) = store.entries(entry.log, 0, 1, Scope.ALL)

    assert (found.seq, found.head, found.by, found.day, found.frame) == (1, entry.head, "reporter", TODAY, entry.frame)


def test_entries_come_in_their_order_after_a_place(store: SqlStore) -> None:
    entries = [first(a_log())]
    for _ in range(20):
        entries.append(after(entries[-1]))
    for entry in entries:
        store.append(entry)

    found = list(store.entries(entries[0].log, 3, 21, Scope.ALL))

    assert [entry.seq for entry in found] == list(range(4, 22))
    assert [entry.frame for entry in found] == [entry.frame for entry in entries[3:]]


def test_a_reader_may_stop_while_others_write(store: SqlStore) -> None:
    opening = first(a_log())
    store.append(opening)
    later = after(opening)
    store.append(later)

    reading = store.entries(opening.log, 0, 2, Scope.ALL)
    assert next(reading).seq == 1
    store.append(after(later))

    assert [entry.seq for entry in reading] == [2]


def test_a_second_first_entry_is_refused(store: SqlStore) -> None:
    entry = first(a_log())
    store.append(entry)

    with pytest.raises(HeadMovedError):
        store.append(first(entry.log))

    access = store.access(entry.log, b"l" * 32)
    assert access is not None
    assert (access.length, access.head) == (1, entry.head)


def test_an_append_on_an_old_head_is_refused(store: SqlStore) -> None:
    entry = first(a_log())
    store.append(entry)
    store.append(after(entry))

    with pytest.raises(HeadMovedError):
        store.append(after(entry))

    assert len(list(store.entries(entry.log, 0, 9, Scope.ALL))) == 2


def test_an_append_to_no_log_is_refused(store: SqlStore) -> None:
    with pytest.raises(HeadMovedError):
        store.append(after(first(a_log())))


def test_of_sixteen_first_entries_exactly_one_is_stored(store: SqlStore) -> None:
    log = a_log()
    entries = [first(log) for _ in range(WRITERS)]

    won = race([lambda entry=entry: store.append(entry) for entry in entries])  # type: ignore[misc]

    assert won.count(True) == 1
    assert [entry.head for entry in store.entries(log, 0, 99, Scope.ALL)] == [entries[won.index(True)].head]


def test_of_sixteen_appends_on_one_head_exactly_one_is_stored(store: SqlStore) -> None:
    opening = first(a_log())
    store.append(opening)
    entries = [after(opening) for _ in range(WRITERS)]

    won = race([lambda entry=entry: store.append(entry) for entry in entries])  # type: ignore[misc]

    assert won.count(True) == 1
    stored = list(store.entries(opening.log, 1, 99, Scope.ALL))
    assert [entry.head for entry in stored] == [entries[won.index(True)].head]


def append_each(url: str, entries: list[NewEntry]) -> int:
    """In a process of its own: append all, return how many were stored."""
    store = SqlStore(connect(url))
    won = sum(race([lambda entry=entry: store.append(entry) for entry in entries]))  # type: ignore[misc]
    store.close()
    return won


def test_two_processes_store_exactly_one_entry_for_each_head(database_url: str, store: SqlStore) -> None:
    openings = [first(a_log()) for _ in range(8)]
    for opening in openings:
        store.append(opening)
    shares = [[after(opening) for opening in openings] for _ in range(2)]

    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        won = sum(pool.map(append_each, [database_url] * 2, shares))

    assert won == len(openings)


def test_a_stored_frame_is_found_by_what_it_followed(store: SqlStore) -> None:
    opening = first(a_log())
    later = after(opening)
    store.append(opening)
    store.append(later)
    store.append(after(later))

    assert store.placed(opening.log, None, opening.frame_hash) == Place(1, opening.head, TODAY)
    assert store.placed(opening.log, opening.head, later.frame_hash) == Place(2, later.head, TODAY)


def test_a_frame_that_was_not_stored_is_not_found(store: SqlStore) -> None:
    opening = first(a_log())
    store.append(opening)
    store.append(after(opening))

    assert store.placed(opening.log, None, b"other") is None
    assert store.placed(opening.log, opening.head, b"other") is None
    assert store.placed(opening.log, b"no head", opening.frame_hash) is None
    assert store.placed(a_log(), None, opening.frame_hash) is None


def test_access_tells_what_a_key_is_to_a_log(store: SqlStore) -> None:
    store.put_desk(a_desk())
    entry = first(a_log())
    store.append(entry)

    found = {key: store.access(entry.log, key * 32) for key in (b"l", b"c", b"a", b"x")}

    told = {key: access and (access.login, access.retired, access.member) for key, access in found.items()}
    assert told == {
        b"l": ("reporter", False, False),
        b"c": ("committee", False, False),
        b"a": (None, False, True),
        b"x": (None, False, False),
    }


def test_access_to_no_log_is_none(store: SqlStore) -> None:
    assert store.access(a_log(), b"l" * 32) is None


def test_the_login_of_a_case_is_the_committees(store: SqlStore) -> None:
    entry = first(a_log(), by="member", open=NewLog("case", DESK, b"l" * 32, None))
    store.append(entry)

    access = store.access(entry.log, b"l" * 32)

    assert access is not None
    assert (access.kind, access.login) == ("case", "committee")


def test_a_new_committee_login_retires_those_before_it(store: SqlStore) -> None:
    opening = first(a_log())
    opened = after(opening, committee_login=b"2" * 32)
    again = after(opened, committee_login=b"3" * 32)
    for entry in (opening, opened, again):
        store.append(entry)

    accesses = [store.access(opening.log, key * 32) for key in (b"l", b"c", b"2", b"3")]

    assert [access and access.retired for access in accesses] == [False, True, True, False]


def test_a_login_cannot_be_set_twice(store: SqlStore) -> None:
    opening = first(a_log())
    store.append(opening)

    with pytest.raises(ConflictError):
        store.append(after(opening, committee_login=b"l" * 32))

    assert store.access(opening.log, b"c" * 32) == store.access(opening.log, b"c" * 32)
    assert len(list(store.entries(opening.log, 0, 9, Scope.ALL))) == 1


def test_scopes_show_the_first_entry_or_those_that_set_a_login(store: SqlStore) -> None:
    entries = [first(a_log())]
    entries.append(after(entries[-1]))
    entries.append(after(entries[-1], committee_login=b"2" * 32))
    entries.append(after(entries[-1]))
    for entry in entries:
        store.append(entry)

    seen = {
        scope: [entry.seq for entry in store.entries(entries[0].log, 0, 4, scope)]
        for scope in (Scope.ALL, Scope.FIRST, Scope.LOGINS)
    }

    assert seen == {Scope.ALL: [1, 2, 3, 4], Scope.FIRST: [1], Scope.LOGINS: [1, 3]}


def test_what_the_committee_wrote_is_read_without_what_the_reporter_and_its_grants_say(store: SqlStore) -> None:
    entries = [first(a_log())]
    entries.append(after(entries[-1], by="committee", committee_login=b"2" * 32))
    entries.append(after(entries[-1], by="committee"))
    entries.append(after(entries[-1]))
    entries.append(after(entries[-1], by="committee"))
    for entry in entries:
        store.append(entry)

    assert [entry.seq for entry in store.entries(entries[0].log, 0, 5, Scope.WRITTEN)] == [3, 5]


def test_mailboxes_are_listed_for_their_desk_from_a_day_on(store: SqlStore) -> None:
    old, new = first(a_log(), day=TODAY - timedelta(days=1)), first(a_log())
    other = first(a_log(), open=NewLog("mailbox", "b" * 26, b"l" * 32, b"c" * 32))
    case = first(a_log(), open=NewLog("case", DESK, b"l" * 32, None))
    for entry in (old, new, other, case):
        store.append(entry)

    assert store.mailboxes(DESK, TODAY, "", 9) == [(TODAY, new.log)]
    assert store.mailboxes(DESK, TODAY - timedelta(days=5), "", 9) == [(old.day, old.log), (TODAY, new.log)]


def test_mailboxes_are_listed_a_page_at_a_time(store: SqlStore) -> None:
    days = [TODAY - timedelta(days=1), TODAY]
    opened = [first(a_log(), day=day) for day in days for _ in range(5)]
    for entry in opened:
        store.append(entry)

    pages = [store.mailboxes(DESK, days[0], "", 3)]
    while pages[-1]:
        pages.append(store.mailboxes(DESK, *pages[-1][-1], 3))

    assert [len(page) for page in pages] == [3, 3, 3, 1, 0]
    assert [row for page in pages for row in page] == sorted((entry.day, entry.log) for entry in opened)


def test_a_newer_document_replaces_members_and_hides_their_epochs(store: SqlStore) -> None:
    store.put_desk(a_desk(short="voorbeeld"))
    store.put_epoch(an_epoch(), TODAY)
    before = store.revision(DESK)

    store.put_desk(a_desk(version=2, document_hash=b"2" * 32, identities=(b"b" * 32,), short="voorbeeld"))

    found = store.desk(DESK, TODAY)
    assert found is not None
    assert (found.version, found.epochs) == (2, ())
    assert [store.is_member(DESK, key * 32) for key in (b"a", b"b")] == [False, True]
    assert store.desk_named("voorbeeld") == DESK
    assert store.revision(DESK) != before


@pytest.mark.parametrize("changes", [{"version": 1}, {"version": 2, "document_hash": b"x" * 32}])
def test_an_older_or_other_document_is_refused(store: SqlStore, changes: dict[str, object]) -> None:
    store.put_desk(a_desk(version=2, document_hash=b"2" * 32))

    with pytest.raises(ConflictError):
        store.put_desk(a_desk(**changes))

    assert [record.version for record in store.desks(9)] == [2]


def test_two_desks_cannot_have_one_short_name(store: SqlStore) -> None:
    store.put_desk(a_desk(short="voorbeeld"))

    with pytest.raises(ConflictError):
        store.put_desk(a_desk(desk="b" * 26, short="voorbeeld"))

    assert store.revision("b" * 26) is None


def test_epochs_are_handed_out_until_their_sealing_days_are_over(store: SqlStore) -> None:
    store.put_desk(a_desk())
    epoch = an_epoch()
    store.put_epoch(epoch, TODAY)

    shown = [store.desk(DESK, day) for day in (epoch.seal_until, epoch.seal_until + timedelta(days=1))]

    assert [desk and desk.epochs for desk in shown] == [(epoch.statement,), ()]


def test_an_epoch_changes_the_revision_and_a_repeated_one_does_not(store: SqlStore) -> None:
    store.put_desk(a_desk())
    epoch = an_epoch()

    seen = [(store.revision(DESK), store.put_epoch(epoch, TODAY)) for _ in range(3)]

    revisions = [revision for revision, _ in seen]
    assert [new for _, new in seen] == [True, False, False]
    assert revisions[0] != revisions[1] == revisions[2]


def test_a_member_has_one_epoch_in_force_and_one_waiting(store: SqlStore) -> None:
    store.put_desk(a_desk())
    store.put_epoch(an_epoch(), TODAY)
    store.put_epoch(an_epoch(), TODAY)

    with pytest.raises(ConflictError):
        store.put_epoch(an_epoch(), TODAY)

    assert store.put_epoch(an_epoch(member="bram"), TODAY)


@pytest.mark.parametrize("days, left", [(56, 2), (57, 1)])
def test_an_epoch_stays_while_a_key_may_live_that_was_new_on_its_last_day(
    store: SqlStore, days: int, left: int
) -> None:
    store.put_desk(a_desk())
    old = an_epoch()
    store.put_epoch(old, TODAY)

    later = old.seal_until + timedelta(days=days)
    store.put_epoch(an_epoch(member="bram", seal_until=later), later)

    shown = [store.history(DESK, day) for day in (TODAY, later)]
    assert [history and len(history.epochs) for history in shown] == [left, left]


def test_the_history_leaves_out_what_is_too_old_before_it_is_forgotten(store: SqlStore) -> None:
    store.put_desk(a_desk())
    old = an_epoch()
    store.put_epoch(old, TODAY)

    shown = [store.history(DESK, old.seal_until + timedelta(days=days)) for days in (56, 57)]

    assert [history and history.epochs for history in shown] == [(old.statement,), ()]


def test_the_history_has_every_version_and_the_epochs_of_each(store: SqlStore) -> None:
    store.put_desk(a_desk(document=b"first"))
    first_epoch, second_epoch = an_epoch(), an_epoch(desk_version=2)
    store.put_epoch(first_epoch, TODAY)
    store.put_desk(a_desk(version=2, document_hash=b"2" * 32, document=b"second", successions=b"[1]"))
    store.put_epoch(second_epoch, TODAY)

    history = store.history(DESK, TODAY)

    assert history is not None
    assert (history.documents, history.successions) == ((b"first", b"second"), b"[1]")
    assert set(history.epochs) == {first_epoch.statement, second_epoch.statement}
    assert history.revision == store.revision(DESK)


def test_the_history_of_a_desk_that_was_revised_very_often_is_bounded(store: SqlStore) -> None:
    for version in range(1, 103):
        store.put_desk(a_desk(version=version, document_hash=bytes([version]) * 32, document=b"%d" % version))

    history = store.history(DESK, TODAY)

    assert history is not None
    assert history.documents == tuple(b"%d" % version for version in range(3, 103))


def test_there_is_no_history_of_no_desk(store: SqlStore) -> None:
    assert store.history(DESK, TODAY) is None


def test_a_member_cannot_fill_the_history_with_short_epochs(store: SqlStore) -> None:
    store.put_desk(a_desk())
    for number in range(8):
        day = TODAY + timedelta(days=number)
        assert store.put_epoch(an_epoch(seal_until=day), day)

    with pytest.raises(ConflictError, match="too many"):
        store.put_epoch(an_epoch(seal_until=TODAY + timedelta(days=8)), TODAY + timedelta(days=8))

    history = store.history(DESK, TODAY + timedelta(days=8))
    assert history is not None
    assert len(history.epochs) == 8
