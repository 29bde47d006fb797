# SPDX-License-Identifier: EUPL-1.2
"""Accessibility rules of axe-core, run in a page as it stands.

axe is put into a document once, however often it is asked. Who asks again in other colours, or on another screen,
leaves out the rules that read nothing but the elements: they would say the same again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

_SOURCE = Axe().axe_script
_RUN = "options => axe.run(document, options).then((found) => found.violations)"
# No page has a sound or a film, which is all that axe would fetch beforehand.
_ALWAYS = {"resultTypes": ["violations"], "preload": False}
EVERY_RULE: Mapping[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
_COLOUR_RULES = ["color-contrast", "link-in-text-block"]
COLOURS: Mapping[str, object] = {"runOnly": _COLOUR_RULES}
COLOURS_AND_SIZES: Mapping[str, object] = {
    "runOnly": [*_COLOUR_RULES, "target-size", "scrollable-region-focusable"],
}


def violations(page: Page, options: Mapping[str, object] = EVERY_RULE) -> list[str]:
    """The rules that the page breaks, each with the elements."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(_SOURCE)
    found: Sequence[dict[str, Any]] = page.evaluate(_RUN, {**options, **_ALWAYS})
    return [f"{rule['id']}: {[node['html'][:90] for node in rule['nodes']]}" for rule in found]
