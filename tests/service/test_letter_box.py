# SPDX-License-Identifier: EUPL-1.2
"""The plain form takes letters, and members of the desk fetch them and open a case of them."""

import os
import stat
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from crypto.encoding import b32decode, b32encode, u32
from crypto.httpsig import sign_request
from crypto.logs import Claim, Meta, encode_frame
from intake.headers import FORM_CSP, PAGE_CSP
from intake.letters import place_of
from support.intake_service import IntakeService, answer, small_site
from support.letters import a_letter, form, listed, post
from support.sealed_desk import ORIGIN, TODAY, SealedDesk, envelope

MEBIBYTE = 1_048_576


@pytest.fixture
def stranger(desk: SealedDesk) -> bytes:
    """Somebody's identity key, but no member's."""
    return bytes(32)


@pytest.fixture
def tight(tmp_path: Path, desk: SealedDesk) -> Iterator[IntakeService]:
    """An intake with room for two letters, one of which may have a mebibyte."""
    service = IntakeService(tmp_path / "tight", small_site(), letters_most=2, letter_mib=1, letter_limit="4/hour")
    service.add(desk)
    yield service
    service.close()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> None:
    (tmp_path / "tight").mkdir(mode=0o700)


def waiting(intake: IntakeService, desk: SealedDesk) -> list[dict[str, object]]:
    response = listed(intake.client, desk.id, "", desk.identities["anna"], intake.today)
    assert response.status_code == 200
    found = answer(response)["letters"]
    assert isinstance(found, list)
    return found


def grant(letter: str, stanzas: int = 3) -> bytes:
    return encode_frame(Meta(letter), (envelope(stanzas),))


def put_grant(intake: IntakeService, desk: SealedDesk, letter: str, frame: bytes, key: bytes) -> tuple[int, str]:
    target = f"/desks/{desk.id}/letters/{letter}/openings"
    headers = sign_request("POST", f"{ORIGIN}{target}", intake.today, key, frame)
    kind = {"Content-Type": "application/octet-stream"}
    response = intake.client.post(target, data=frame, headers=headers | kind, base_url=ORIGIN)
    return response.status_code, str(answer(response).get("error", ""))


def test_a_letter_is_kept_and_its_number_told(intake: IntakeService, desk: SealedDesk) -> None:
    letter = a_letter()

    response = post(intake.client, desk.id, form(letter))

    digits = sha256(letter).hexdigest()
    assert response.status_code == 200
    assert " ".join(digits[at : at + 4] for at in range(0, 64, 4)) in response.text
    assert "22 november 2026" in response.text
    assert [found["size"] for found in waiting(intake, desk)] == [len(letter)]


def test_the_same_letter_again_gets_the_same_answer_and_is_kept_once(intake: IntakeService, desk: SealedDesk) -> None:
    body = form(a_letter())
    first = post(intake.client, desk.id, body)
    intake.today += timedelta(days=1)

    again = post(intake.client, desk.id, body)

    assert (again.status_code, again.text) == (200, first.text)
    assert [found["day"] for found in waiting(intake, desk)] == [TODAY.isoformat()]


def test_members_get_the_very_bytes_part_by_part(intake: IntakeService, desk: SealedDesk) -> None:
    letter = a_letter(plaintext=2_500_000)
    post(intake.client, desk.id, form(letter))
    (found,) = waiting(intake, desk)

    parts = [
        listed(intake.client, desk.id, f"/{found['letter']}/parts/{number}", desk.identities["bram"], TODAY)
        for number in (1, 2, 3, 4)
    ]

    assert b"".join(part.data for part in parts[:3]) == letter
    assert [part.status_code for part in parts] == [200, 200, 200, 404]


def test_the_id_of_a_letter_follows_from_desk_and_bytes(intake: IntakeService, desk: SealedDesk) -> None:
    letter = a_letter()
    post(intake.client, desk.id, form(letter))
    other = SealedDesk()
    intake.add(other)
    post(intake.client, other.id, form(letter))

    parts = (b"meldkluis/v1/letter", b32decode(desk.id), sha256(letter).digest())
    expected = sha256(b"".join(u32(len(part)) + part for part in parts)).digest()[:20]

    assert [found["letter"] for found in waiting(intake, desk)] == [b32encode(expected)]
    assert waiting(intake, other) != waiting(intake, desk)


def test_only_members_of_the_desk_see_that_there_are_letters(
    intake: IntakeService, desk: SealedDesk, stranger: bytes
) -> None:
    other = SealedDesk()
    intake.add(other)
    post(intake.client, desk.id, form(a_letter()))
    (found,) = waiting(intake, desk)

    for path in ("", f"/{found['letter']}/parts/1", f"/{found['letter']}/openings"):
        for key in (stranger, other.identities["anna"]):
            assert listed(intake.client, desk.id, path, key, TODAY).status_code == 404
    foreign = listed(intake.client, other.id, f"/{found['letter']}/parts/1", other.identities["anna"], TODAY)
    assert foreign.status_code == 404


def test_letters_come_in_an_order_that_tells_nothing(intake: IntakeService, desk: SealedDesk) -> None:
    for _ in range(8):
        post(intake.client, desk.id, form(a_letter()))

    ids = [str(found["letter"]) for found in waiting(intake, desk)]

    assert ids == sorted(ids)
    assert len(ids) == 8


def test_what_is_kept_of_a_letter_tells_its_day_only(intake: IntakeService, desk: SealedDesk) -> None:
    post(intake.client, desk.id, form(a_letter(), filename="mijn naam.age"))
    (found,) = waiting(intake, desk)

    home = intake.settings.blob_folder / place_of(str(found["letter"]))
    times = {datetime.fromtimestamp(path.stat().st_mtime, UTC).time() for path in (home, home / "1")}
    everything = b"".join(path.read_bytes() for path in intake.settings.data_folder.rglob("*") if path.is_file())

    assert times == {datetime.min.time()}
    assert stat.S_IMODE((home / "1").stat().st_mode) == 0o600
    assert b"mijn naam" not in everything


def test_the_first_grants_of_members_stand_in_the_order_in_which_they_came(
    intake: IntakeService, desk: SealedDesk
) -> None:
    post(intake.client, desk.id, form(a_letter()))
    letter = str(waiting(intake, desk)[0]["letter"])
    first, second = grant(letter), grant(letter)

    put = [
        put_grant(intake, desk, letter, frame, desk.identities[name])
        for name, frame in (("bram", first), ("anna", second), ("bram", first), ("bram", second))
    ]

    assert put == [(201, ""), (201, ""), (200, ""), (409, "conflict")]
    found = listed(intake.client, desk.id, f"/{letter}/openings", desk.identities["carla"], TODAY)
    assert found.data == b"".join(u32(len(frame)) + frame for frame in (first, second))


def test_a_grant_that_is_none_is_refused(intake: IntakeService, desk: SealedDesk, stranger: bytes) -> None:
    post(intake.client, desk.id, form(a_letter()))
    letter, anna = str(waiting(intake, desk)[0]["letter"]), desk.identities["anna"]
    elsewhere = b32encode(os.urandom(20))
    login = encode_frame(Meta(letter, committee_login=bytes(32)), (envelope(3),))
    claims = encode_frame(Meta(letter, (Claim(elsewhere, 100_000),)), (envelope(3),))

    refused = [put_grant(intake, desk, letter, frame, anna) for frame in (grant(elsewhere), login, claims, b"x")]

    assert refused == [(400, "malformed")] * 4
    assert put_grant(intake, desk, letter, grant(letter, 2), anna) == (400, "recipients")
    assert put_grant(intake, desk, letter, grant(letter), stranger) == (404, "unknown")
    assert put_grant(intake, desk, elsewhere, grant(elsewhere), anna) == (404, "unknown")


def test_a_letter_that_no_key_opens_any_more_goes(intake: IntakeService, desk: SealedDesk) -> None:
    post(intake.client, desk.id, form(a_letter()))
    letter = str(waiting(intake, desk)[0]["letter"])
    put_grant(intake, desk, letter, grant(letter), desk.identities["anna"])
    home = intake.settings.blob_folder / place_of(letter)

    intake.today = TODAY + timedelta(days=56)
    assert [found["letter"] for found in waiting(intake, desk)] == [letter]
    intake.today += timedelta(days=1)

    assert waiting(intake, desk) == []
    assert not home.exists()
    assert intake.store.letter(letter) is None
    assert intake.store.letter_openings(letter) == []


def test_a_letter_whose_parts_did_not_come_is_not_listed_and_can_be_sent_again(
    intake: IntakeService, desk: SealedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = form(a_letter())
    with monkeypatch.context() as crash:
        crash.setattr(intake.store, "letter_arrived", lambda _letter: 1 / 0)
        assert post(intake.client, desk.id, body).status_code == 500
    assert waiting(intake, desk) == []

    assert post(intake.client, desk.id, body).status_code == 200
    assert len(waiting(intake, desk)) == 1


def test_a_letter_that_is_sent_again_days_later_has_that_day(
    intake: IntakeService, desk: SealedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = form(a_letter())
    with monkeypatch.context() as crash:
        crash.setattr(intake.store, "letter_arrived", lambda _letter: 1 / 0)
        post(intake.client, desk.id, body)
    intake.today += timedelta(days=3)

    response = post(intake.client, desk.id, body)

    assert "25 november 2026" in response.text
    assert [found["day"] for found in waiting(intake, desk)] == [intake.today.isoformat()]


def test_a_letter_that_is_deleted_while_it_comes_is_not_called_kept(
    intake: IntakeService, desk: SealedDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrived = intake.store.letter_arrived

    def too_late(letter: str) -> bool:
        intake.store.forget_letter(letter)
        return arrived(letter)

    monkeypatch.setattr(intake.store, "letter_arrived", too_late)

    response = post(intake.client, desk.id, form(a_letter()))

    assert response.status_code == 503
    assert "letter_refused.busy" in response.text


def test_strangers_cannot_fill_the_disk(tight: IntakeService, desk: SealedDesk) -> None:
    bodies = [form(a_letter()) for _ in range(3)]

    answers = [post(tight.client, desk.id, body) for body in (*bodies, bodies[0], bodies[0])]

    assert [found.status_code for found in answers] == [200, 200, 409, 200, 429]
    assert ["quota" in answers[2].text, "slow_down" in answers[4].text] == [True, True]
    assert len(waiting(tight, desk)) == 2


def test_what_is_refused_counts_too(tight: IntakeService, desk: SealedDesk) -> None:
    statuses = [post(tight.client, desk.id, b"no form").status_code for _ in range(5)]

    assert statuses == [400, 400, 400, 400, 429]


def test_the_bytes_that_wait_for_a_desk_have_a_limit(intake: IntakeService, desk: SealedDesk) -> None:
    small = IntakeService(intake.settings.data_folder, small_site(), letters_mib=1)
    half = a_letter(plaintext=MEBIBYTE // 2)

    statuses = [post(small.client, desk.id, form(letter)).status_code for letter in (half, half[:-1] + b"x")]
    small.close()

    assert statuses == [200, 409]


def test_no_letter_is_taken_where_room_is_short(intake: IntakeService, desk: SealedDesk) -> None:
    full = IntakeService(intake.settings.data_folder, small_site(), free_space_mb=10**12)

    response = post(full.client, desk.id, form(a_letter()))
    full.close()

    assert response.status_code == 503
    assert "letter_refused.busy" in response.text


def test_a_letter_for_last_weeks_members_is_taken_when_another_member_comes(
    intake: IntakeService, desk: SealedDesk
) -> None:
    two = SealedDesk(root=desk.root, identities=desk.identities, changes={"version": 2})
    two = replace(two, changes={"version": 2, "previous": desk.document_hash()})
    intake.add(two, ("anna", "bram"))
    intake.today += timedelta(days=3)
    statement = two.epoch("carla", intake.today)
    assert intake.put_epoch(desk.id, statement, desk.identities["carla"]).status_code == 201

    statuses = [post(intake.client, desk.id, form(a_letter(stanzas))).status_code for stanzas in (1, 2, 3, 4)]

    assert statuses == [400, 200, 200, 400]


def test_the_page_with_the_form_alone_may_send_one(intake: IntakeService, desk: SealedDesk) -> None:
    policies = {
        path: intake.get(path).headers["Content-Security-Policy"]
        for path in (f"/{desk.id}/nl/without_script", f"/{desk.id}/nl/", "/about/nl/without_script")
    }
    policies["answer"] = post(intake.client, desk.id, form(a_letter())).headers["Content-Security-Policy"]

    assert list(policies.values()) == [FORM_CSP, PAGE_CSP, PAGE_CSP, PAGE_CSP]
    assert PAGE_CSP.replace("form-action 'none'", "form-action 'self'") == FORM_CSP
