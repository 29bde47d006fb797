# SPDX-License-Identifier: EUPL-1.2
"""security.txt has a contact and a day that is still to come, or `check` says what is wrong with it."""

from datetime import timedelta
from pathlib import Path

import pytest

from intake.checks import advice
from intake.errors import SettingsError
from intake.settings import Settings
from support.intake_service import IntakeService, small_site
from support.sealed_desk import ORIGIN, TODAY

CONTACT = "mailto:security@voorbeeldstad.example"


def settings(folder: Path, contact: str = CONTACT, days: int = 200) -> Settings:
    expires = (TODAY + timedelta(days=days)).isoformat()
    return Settings(
        data_folder=folder, origins=(ORIGIN,), proxy_hops=1, security_contact=contact, security_expires=expires
    )


def test_r16_security_txt_has_a_contact_and_a_day_to_come(tmp_path: Path) -> None:
    service = IntakeService(tmp_path, small_site(), security_contact=CONTACT, security_expires="2027-06-01")

    response = service.get("/.well-known/security.txt")
    service.close()

    assert response.content_type == "text/plain; charset=utf-8"
    assert response.data.decode().splitlines() == [
        f"Contact: {CONTACT}",
        "Expires: 2027-06-01T00:00:00Z",
        "Preferred-Languages: nl, en",
        f"Canonical: {ORIGIN}/.well-known/security.txt",
    ]


def test_without_a_contact_there_is_no_security_txt(intake: IntakeService) -> None:
    assert intake.get("/.well-known/security.txt").status_code == 404


@pytest.mark.parametrize(
    "contact, days, said", [("", 200, "is missing"), (CONTACT, 0, "is over"), (CONTACT, 400, "more than a year")]
)
def test_check_says_what_is_wrong_with_it(tmp_path: Path, contact: str, days: int, said: str) -> None:
    found = [line for line in advice(settings(tmp_path, contact, days), TODAY) if line.startswith("security")]

    assert len(found) == 1
    assert said in found[0]


def test_check_is_content_with_a_contact_that_holds(tmp_path: Path) -> None:
    assert [line for line in advice(settings(tmp_path), TODAY) if line.startswith("security")] == []


@pytest.mark.parametrize("contact, expires", [("security@example.org", "2027-06-01"), (CONTACT, "soon"), (CONTACT, "")])
def test_a_contact_or_day_that_is_none_refuses_to_start(tmp_path: Path, contact: str, expires: str) -> None:
    with pytest.raises(SettingsError, match=r"security_"):
        Settings(data_folder=tmp_path, origins=(ORIGIN,), security_contact=contact, security_expires=expires)
