# SPDX-License-Identifier: EUPL-1.2
"""Plain texts about a desk, for browsers without a script: how to reach it, and whom to lock a file to."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from crypto.document import Elsewhere
from intake.site import load_site
from support.intake_service import IntakeService
from support.sealed_desk import SealedDesk

PHONE = Elsewhere("phone", {"nl": "Bel ons", "en": "Call us"}, "0800 123 45 67", {"nl": "Ook \u2019s avonds"})


@pytest.fixture
def told(tmp_path: Path) -> Iterator[IntakeService]:
    """An intake with the real site and no desk yet."""
    service = IntakeService(tmp_path, load_site())
    yield service
    service.close()


def desk(**changes: object) -> SealedDesk:
    texts = {"privacy": {"nl": "FG: fg@example.org {geen plaats}"}}
    return SealedDesk(changes={"elsewhere": (PHONE,), "texts": texts} | changes)


def test_a_desk_tells_how_to_reach_it_who_reads_and_its_own_texts(told: IntakeService) -> None:
    shown = desk()
    told.add(shown)

    response = told.get(f"/{shown.id}/nl/desk.txt")

    text = response.data.decode()
    assert response.content_type == "text/plain; charset=utf-8"
    assert response.headers["Cache-Control"] == "no-store"
    for part in (
        shown.id,
        "- Bel ons: 0800 123 45 67 (Ook \u2019s avonds)",
        "- Anna, lid",
        "FG: fg@example.org {geen plaats}",
    ):
        assert part in text


def test_names_stay_out_of_the_text_where_the_desk_does_not_show_them(told: IntakeService) -> None:
    policy = SealedDesk().document().policy
    shown = desk(policy=type(policy)(names_shown=False, exclusion=True, receipt_is_ack=False, recovery=None))
    told.add(shown)

    assert "Anna" not in told.get(f"/{shown.id}/nl/desk.txt").data.decode()


def test_the_recipients_are_those_of_live_members_with_the_number_to_compare(told: IntakeService) -> None:
    shown = desk()
    told.add(shown, members=("anna", "bram"))

    text = told.get(f"/{shown.id}/en/recipients.txt").data.decode()

    comments = [line for line in text.splitlines() if line.startswith("#")]
    keys = [line for line in text.splitlines() if not line.startswith("#")]
    digits = sha256("".join(f"{key}\n" for key in keys).encode()).hexdigest()[:20]
    assert len(keys) == 2
    assert all(key.startswith("age1pq1") for key in keys)
    assert digits in "".join(comments).replace(" ", "")


def test_a_desk_that_takes_no_reports_names_other_ways_and_no_recipient(told: IntakeService) -> None:
    shown = desk()
    told.add(shown, members=("anna",))

    text = told.get(f"/{shown.id}/nl/recipients.txt").data.decode()

    assert "age1pq" not in text
    assert "0800 123 45 67" in text


@pytest.mark.parametrize("name", ["desk.txt", "recipients.txt"])
@pytest.mark.parametrize("place", ["a" * 26 + "/nl", "nobody/nl"])
def test_a_desk_that_is_not_there_has_no_texts(told: IntakeService, place: str, name: str) -> None:
    assert told.get(f"/{place}/{name}").status_code == 404


def test_the_text_of_no_desk_leads_to_the_front_door(told: IntakeService) -> None:
    assert told.get("/about/nl/desk.txt").headers["Location"] == "../../"
