# SPDX-License-Identifier: EUPL-1.2
"""Who leads a case about a political office holder: never the person concerned (fact V03)."""

import pytest

from casework.domain.case.commands import DeclareConflict
from casework.protocols import shipped_protocols
from support.casebook import ANNA, Casebook, web_report
from support.roads import DAY

OFFICE_HOLDERS = shipped_protocols()["B_politieke_ambtsdragers"]


def declared() -> Casebook:
    """A case that stands at the question who leads."""
    book = Casebook(web_report("2026-11-23"), protocol=OFFICE_HOLDERS)
    book.send("acknowledgement", on="2026-11-23")
    book.complete("B01", on="2026-11-23")
    book.do(DeclareConflict(ANNA, conflict=False), on="2026-11-23")
    return book


def test_v03_a_case_about_the_mayor_is_never_led_by_the_mayor() -> None:
    book = declared()
    led = book.completion("B02", "burgemeester_regisseur", on=DAY, betrokkene_ambt="burgemeester")
    assert book.refusal(led, on=DAY) == "unknown_choice"
    untold = book.completion("B02", "loco_en_cdk", on=DAY, cdk_bericht_op="")
    assert book.refusal(untold, on=DAY) == "missing_field"
    assert book.refusal(book.completion("B02", "loco_en_cdk", on=DAY), on=DAY) == "accepted"


@pytest.mark.parametrize(
    "lead,group",
    [
        ("burgemeester_regisseur", "politiek_ambtsdrager"),
        ("loco_en_cdk", "politiek_ambtsdrager"),
        ("burgemeester_en_college", "ambtenaar"),
        ("werkgeverscommissie", "ambtenaar"),
    ],
)
def test_who_leads_says_whom_the_report_is_about(lead: str, group: str) -> None:
    step = OFFICE_HOLDERS.steps["B02"]
    option = step.option(lead)
    assert option is not None
    assert (step.figure, option.counts_as) == (6, group)


def test_somebody_is_always_kept_out() -> None:
    nobody = declared().completion("B02", "burgemeester_regisseur", on=DAY, uitgesloten=())
    assert declared().refusal(nobody, on=DAY) == "missing_field"
