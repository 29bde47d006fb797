# SPDX-License-Identifier: EUPL-1.2
"""Limits that slow down one sender and nobody else, with counters that hold no address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from flask import Request
from werkzeug.test import EnvironBuilder

from intake.counters import WorkerCounters
from intake.limits import CounterNames, client_address
from intake.settings import Settings
from support.intake_service import IntakeService, answer, small_site
from support.sealed_desk import ORIGIN, SealedDesk, SealedLog, case_log

ONION = "http://" + "a" * 56 + ".onion"


@pytest.fixture
def strict(tmp_path: Path, desk: SealedDesk) -> Iterator[IntakeService]:
    """An intake that takes two new logs a minute from one address, and three entries a minute in one log."""
    service = IntakeService(tmp_path, small_site(), opening_limit="2/minute", append_limit="3/minute")
    service.add(desk)
    yield service
    service.close()


def open_from(intake: IntakeService, desk: SealedDesk, address: str) -> int:
    log = SealedLog(desk.id)
    intake.client.environ_base["REMOTE_ADDR"] = address
    return intake.append(log, log.first(), log.login, None).status_code


def request_from(address: str, host: str = ORIGIN, **headers: str) -> Request:
    builder = EnvironBuilder(base_url=host, headers=list(headers.items()), environ_base={"REMOTE_ADDR": address})
    return Request(builder.get_environ())


def settings(**changes: object) -> Settings:
    return Settings(data_folder=Path("/nowhere"), origins=(ORIGIN, ONION), **changes)  # type: ignore[arg-type]


def test_new_logs_from_one_address_are_slowed_down(strict: IntakeService, desk: SealedDesk) -> None:
    assert [open_from(strict, desk, "192.0.2.1") for _ in range(3)] == [201, 201, 429]
    assert len(strict.store.mailboxes(desk.id, strict.today, "", 9)) == 2


def test_another_address_is_not_slowed_down(strict: IntakeService, desk: SealedDesk) -> None:
    for _ in range(5):
        open_from(strict, desk, "192.0.2.1")

    assert open_from(strict, desk, "192.0.2.2") == 201


def test_the_answer_says_when_to_come_back(strict: IntakeService, desk: SealedDesk) -> None:
    for _ in range(2):
        open_from(strict, desk, "127.0.0.1")
    log = SealedLog(desk.id)

    response = strict.append(log, log.first(), log.login, None)

    assert answer(response)["error"] == "slow_down"
    assert 1 <= int(response.headers["Retry-After"]) <= 61


def test_a_retry_is_answered_even_then(strict: IntakeService, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    frame = strict.open(log)
    for _ in range(3):
        open_from(strict, desk, "127.0.0.1")

    assert strict.append(log, frame, log.login, None).status_code == 200


def test_entries_of_one_log_are_slowed_down_and_other_logs_are_not(strict: IntakeService, desk: SealedDesk) -> None:
    busy, quiet = SealedLog(desk.id), SealedLog(desk.id)
    strict.open(busy)
    strict.open(quiet)
    for _ in range(3):
        strict.add_entry(busy, busy.message(), busy.login)

    assert strict.append(busy, busy.message(), busy.login, busy.head).status_code == 429
    strict.add_entry(quiet, quiet.message(), quiet.login)


def test_a_reporter_cannot_use_up_the_committees_entries(strict: IntakeService, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    strict.open(log)
    for _ in range(3):
        strict.add_entry(log, log.message(), log.login)
    refused = strict.append(log, log.message(), log.login, log.head)

    strict.add_entry(log, log.reply(), log.committee)

    assert refused.status_code == 429


def test_the_committee_cannot_use_up_the_reporters_entries(strict: IntakeService, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    strict.open(log)
    for _ in range(3):
        strict.add_entry(log, log.reply(), log.committee)
    refused = strict.append(log, log.reply(), log.committee, log.head)

    strict.add_entry(log, log.message(), log.login)

    assert refused.status_code == 429


def test_a_clients_entries_in_several_mailboxes_are_counted_together(tmp_path: Path, desk: SealedDesk) -> None:
    intake = IntakeService(tmp_path, small_site(), client_append_limit="3/minute")
    intake.add(desk)
    mailboxes = [SealedLog(desk.id) for _ in range(4)]
    for log in mailboxes:
        intake.open(log)

    statuses = [intake.append(log, log.message(), log.login, log.head).status_code for log in mailboxes]
    intake.add_entry(mailboxes[-1], mailboxes[-1].reply(), mailboxes[-1].committee)
    intake.client.environ_base["REMOTE_ADDR"] = "192.0.2.9"
    intake.add_entry(mailboxes[-1], mailboxes[-1].message(), mailboxes[-1].login)

    assert statuses == [201, 201, 201, 429]
    intake.close()


def test_a_member_opens_cases_whatever_others_do_from_the_same_address(strict: IntakeService, desk: SealedDesk) -> None:
    for _ in range(3):
        open_from(strict, desk, "127.0.0.1")

    statuses = [
        strict.append(case, case.first(), desk.identities["anna"], None).status_code
        for case in (case_log(desk.id) for _ in range(3))
    ]

    assert statuses == [201, 201, 429]


def test_strangers_cannot_use_up_a_logs_entries(strict: IntakeService, desk: SealedDesk) -> None:
    log = SealedLog(desk.id)
    strict.open(log)
    for _ in range(5):
        strict.append(log, log.message(), SealedLog(desk.id).login, log.head)

    strict.add_entry(log, log.message(), log.login)


def test_a_class_of_25_behind_one_address_is_not_slowed_down(intake: IntakeService, desk: SealedDesk) -> None:
    assert {open_from(intake, desk, "192.0.2.1") for _ in range(50)} == {201}


def test_a_name_hides_the_address_and_changes_each_hour() -> None:
    clock = [0.0]
    names = CounterNames(lambda: clock[0])
    other = CounterNames(lambda: clock[0])
    address = b"\xc0\x00\x02\x01"

    first, same = names.name("opening", address), names.name("opening", address)
    clock[0] += 3600
    later = names.name("opening", address)

    assert first == same != later
    assert other.name("opening", address) != later
    assert len(first) == 16
    assert address.hex() not in first


def test_workers_that_were_forked_agree_on_names_after_the_hour() -> None:
    clock = [0.0]
    names = CounterNames(lambda: clock[0])
    fork = CounterNames(lambda: clock[0])
    fork._key = names._key
    clock[0] += 3 * 3600

    assert names.name("opening", b"x") == fork.name("opening", b"x")


def test_the_key_of_an_hour_that_is_over_is_gone() -> None:
    clock = [0.0]
    names = CounterNames(lambda: clock[0])
    before = names._key
    clock[0] += 3600
    names.name("opening", b"x")

    assert before not in vars(names).values()


def test_an_ipv6_client_counts_as_its_network() -> None:
    one, neighbour, other = (
        client_address(request_from(address), settings())
        for address in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")
    )

    assert one == neighbour != other


def test_an_ipv4_client_of_an_ipv6_socket_counts_as_itself() -> None:
    assert client_address(request_from("::ffff:192.0.2.1"), settings()) == bytes([192, 0, 2, 1])
    assert client_address(request_from("::1"), settings()) == bytes([127, 0, 0, 1])


def test_no_header_is_read_without_a_proxy() -> None:
    request = request_from("192.0.2.1", **{"X-Forwarded-For": "198.51.100.7"})

    assert client_address(request, settings()) == bytes([192, 0, 2, 1])


def test_behind_proxies_the_address_is_the_one_that_the_outermost_saw() -> None:
    request = request_from("127.0.0.1", **{"X-Forwarded-For": "203.0.113.5, 198.51.100.7, 10.0.0.1"})

    assert client_address(request, settings(proxy_hops=1)) == bytes([10, 0, 0, 1])
    assert client_address(request, settings(proxy_hops=2)) == bytes([198, 51, 100, 7])


@pytest.mark.parametrize("header", ["", "rubbish", "1.2.3"])
def test_a_header_that_holds_no_address_counts_as_the_machine_itself(header: str) -> None:
    request = request_from("192.0.2.1", **{"X-Forwarded-For": header})

    assert client_address(request, settings(proxy_hops=1)) == bytes([127, 0, 0, 1])


def test_visitors_of_an_onion_service_share_no_counter() -> None:
    assert client_address(request_from("127.0.0.1", ONION), settings()) is None


def test_a_visitor_of_an_onion_service_cannot_use_up_the_limit_of_another() -> None:
    request = request_from("127.0.0.1", ONION, **{"X-Forwarded-For": "192.0.2.1"})

    assert client_address(request, settings(proxy_hops=1)) is None


def test_an_onion_name_does_not_free_a_client_with_an_address() -> None:
    assert client_address(request_from("192.0.2.1", ONION), settings()) is not None


def test_a_counter_ends_with_its_window() -> None:
    counters = WorkerCounters()

    assert [counters.incr("a", 60), counters.incr("a", 60), counters.incr("b", 60)] == [1, 2, 1]
    assert [counters.get("a"), counters.get("c")] == [2, 0]
    counters.incr("over", 0)
    assert counters.get("over") == 0


def test_counters_are_forgotten_after_their_window(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("intake.counters.time.time", lambda: now)
    counters = WorkerCounters()
    for number in range(100):
        counters.incr(str(number), 60)

    now += 61
    assert counters.incr("1", 60) == 1
    now += 61
    counters.incr("2", 60)
    now += 61
    counters.incr("3", 60)

    assert len(counters._young) + len(counters._old) <= 3


def test_a_counter_that_runs_survives_a_new_generation(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 1_000.0
    monkeypatch.setattr("intake.counters.time.time", lambda: now)
    counters = WorkerCounters()
    counters.incr("early", 60)
    now += 59
    counters.incr("late", 60)
    now += 2
    counters.incr("other", 60)

    assert counters.incr("late", 60) == 2


def test_counting_works_in_a_real_redis_and_leaves_no_address(
    tmp_path: Path, desk: SealedDesk, redis_url: str, redis_socket: Path
) -> None:
    intake = IntakeService(tmp_path, small_site(), opening_limit="2/minute", limiter_storage=redis_url)
    intake.add(desk)

    statuses = [open_from(intake, desk, "192.0.2.1") for _ in range(3)]

    with redis.Redis(unix_socket_path=str(redis_socket)) as client:
        keys = [key.decode() for key in client.scan_iter()]
        lifetimes = [client.ttl(key) for key in keys]
    assert statuses == [201, 201, 429]
    assert len(keys) == 1
    assert "192" not in keys[0].replace(intake_name(keys[0]), "")
    assert all(0 < seconds <= 60 for seconds in lifetimes)
    intake.close()


def intake_name(key: str) -> str:
    """The hashed part of a counter's key."""
    return next(part for part in key.split("/") if len(part) == 16)


@pytest.mark.parametrize("choice, status, stored", [("open", 201, 1), ("closed", 503, 0)])
def test_the_settings_choose_what_happens_without_the_counters(
    tmp_path: Path, desk: SealedDesk, choice: str, status: int, stored: int
) -> None:
    nowhere = f"redis+unix://{tmp_path / 'no-redis'}"
    intake = IntakeService(tmp_path, small_site(), limiter_storage=nowhere, limiter_when_down=choice)
    intake.add(desk)

    assert open_from(intake, desk, "192.0.2.1") == status
    assert len(intake.store.mailboxes(desk.id, intake.today, "", 9)) == stored
    intake.close()


def test_a_redis_that_goes_away_is_noticed(tmp_path: Path, desk: SealedDesk, redis_url: str) -> None:
    intake = IntakeService(tmp_path, small_site(), limiter_storage=redis_url, limiter_when_down="closed")
    intake.add(desk)
    assert open_from(intake, desk, "192.0.2.1") == 201

    with redis.Redis(unix_socket_path=redis_url.removeprefix("redis+unix://")) as client:
        client.config_set("maxmemory", "1")
        client.config_set("maxmemory-policy", "noeviction")
        try:
            assert open_from(intake, desk, "192.0.2.1") == 503
        finally:
            client.config_set("maxmemory", "0")
    intake.close()
