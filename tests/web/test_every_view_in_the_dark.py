# SPDX-License-Identifier: EUPL-1.2
"""What depends on colours and on the screen's size holds for every view in the dark, on a large screen, as well."""

import pytest
from playwright.sync_api import Browser, ViewportSize

from support.axe import COLOURS_AND_SIZES, violations
from support.reporter_detours import mailbox_in_use
from support.reporter_site import ReporterSite
from support.reporter_tour import TOURS, Tour

DESKTOP: ViewportSize = {"width": 1280, "height": 900}


@pytest.mark.parametrize(
    "tour", [pytest.param(tour, marks=() if tour is mailbox_in_use else pytest.mark.slow) for tour in TOURS]
)
def test_no_view_breaks_an_accessibility_rule_in_the_dark(tour: Tour, browser: Browser, site: ReporterSite) -> None:
    context = browser.new_context(viewport=DESKTOP, color_scheme="dark", reduced_motion="reduce")
    page = context.new_page()

    broken = {name: violations(page, COLOURS_AND_SIZES) for name in tour(page, site)}

    context.close()
    assert {name: rules for name, rules in broken.items() if rules} == {}
