# SPDX-License-Identifier: EUPL-1.2
"""Every theme holds the same tokens, in its documented format, with enough contrast in light and in dark."""

import re
from collections.abc import Mapping

import pytest

from intake.site import load_site
from support.repository import ROOT

WEB = ROOT / "intake" / "web"
THEMES = {path.stem: path.read_text() for path in sorted((WEB / "themes").glob("*.css"))}
DOCUMENT = (ROOT / "docs" / "themes.md").read_text()
FORMAT = re.compile(
    r"/\* SPDX-License-Identifier: EUPL-1\.2 \*/\n/\* [^*]+ \*/\n"
    r'@import "\.\./css/page\.css";\n\n'
    r":root \{\n(?P<light>[^{}]+)\}\n\n"
    r"@media \(prefers-color-scheme: dark\) \{\n  :root \{\n(?P<dark>[^{}]+)  \}\n\}\n"
)
TOKEN = re.compile(r"\s*(--[a-z0-9-]+): ([^;]+);\n")
COLOUR = re.compile(r"#[0-9a-f]{6}")
GROUNDS = ("default-bg-document", "default-bg-default")
WASHES = ("accent-1-bg-subtle", "warning-bg-subtle", "negative-bg-subtle")
TEXT = 4.5
EDGE = 3.0
PAIRS = (
    *(
        (ink, ground, TEXT)
        for ground in GROUNDS + WASHES
        for ink in ("default-color-document", "accent-1-color-default")
    ),
    *(("accent-1-color-hover", ground, TEXT) for ground in GROUNDS + WASHES),
    *(("default-color-subtle", ground, TEXT) for ground in GROUNDS + WASHES),
    *(("negative-color-default", ground, TEXT) for ground in (*GROUNDS, "negative-bg-subtle")),
    *(("positive-color-default", ground, TEXT) for ground in GROUNDS),
    ("header-color-default", "header-bg-default", TEXT),
    ("action-1-color-default", "action-1-bg-default", TEXT),
    ("action-1-color-default", "action-1-bg-hover", TEXT),
    *(("action-1-bg-default", ground, EDGE) for ground in GROUNDS),
    *(("default-border-default", ground, EDGE) for ground in GROUNDS),
    *(("negative-border-default", ground, EDGE) for ground in (*GROUNDS, "negative-bg-subtle")),
    ("warning-border-default", "warning-bg-subtle", EDGE),
)
"""Colours that meet, and how much they must differ (WCAG 2.2, 1.4.3 and 1.4.11)."""


def tokens(block: str) -> dict[str, str]:
    found = TOKEN.findall(block)
    assert "".join(f"{name}: {value};" for name, value in found) == re.sub(r"\n\s*|^\s+", "", block)
    return dict(found)


def modes(theme: str) -> dict[str, dict[str, str]]:
    """The tokens in light and in dark."""
    whole = FORMAT.fullmatch(theme)
    assert whole is not None, "a theme is an import, a :root and a dark :root; see docs/themes.md"
    light = tokens(whole["light"])
    return {"light": light, "dark": light | tokens(whole["dark"])}


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb`` (WCAG 2.2, definition)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def too_close(mode: Mapping[str, str]) -> list[str]:
    """Pairs of colours that meet and are too much alike."""
    colour = {name.removeprefix("--basis-color-"): value for name, value in mode.items()}
    pairs = [
        f"{ink} on {ground}: {contrast(colour[ink], colour[ground]):.2f}, not {least}"
        for ink, ground, least in PAIRS
        if contrast(colour[ink], colour[ground]) < least
    ]
    ring, inverse = (mode[f"--basis-focus-{name}outline-color"] for name in ("", "inverse-"))
    # One of the two rings is always seen, because they differ from each other.
    return pairs if contrast(ring, inverse) >= TEXT else [*pairs, "the rings of the focus"]


@pytest.mark.parametrize("name", THEMES)
def test_colours_that_meet_differ_enough(name: str) -> None:
    assert {mode: too_close(found) for mode, found in modes(THEMES[name]).items() if too_close(found)} == {}


def test_a_theme_with_too_little_contrast_is_found() -> None:
    pale = THEMES["neutral"].replace(
        "--basis-color-default-color-subtle: #46565f", "--basis-color-default-color-subtle: #8a9499"
    )

    found = modes(pale)

    assert too_close(found["dark"]) == []
    assert len(too_close(found["light"])) == len(GROUNDS + WASHES)


def test_black_on_white_has_the_contrast_that_the_standard_gives() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
def test_each_theme_sets_the_tokens_that_the_document_lists(name: str) -> None:
    listed = re.findall(r"^\| `(--basis-[a-z0-9-]+)`", DOCUMENT, re.MULTILINE)
    light, dark = modes(THEMES[name]).values()

    assert list(light) == listed
    assert light.keys() == dark.keys()
    assert [key for key, value in dark.items() if "color" in key and not COLOUR.fullmatch(value)] == []


@pytest.mark.parametrize("name", THEMES)
def test_each_colour_has_its_own_value_in_the_dark(name: str) -> None:
    whole = FORMAT.fullmatch(THEMES[name])
    assert whole is not None

    assert [key for key in tokens(whole["light"]) if "color" in key] == list(tokens(whole["dark"]))


def test_the_intake_knows_every_theme() -> None:
    assert load_site().themes == tuple(THEMES)
    assert all(f"| `{name}` |" in DOCUMENT for name in THEMES)


def test_a_theme_changes_the_style_sheet_of_every_page_and_nothing_else() -> None:
    neutral, other = load_site(), load_site(theme="voorbeeldstad")
    link = re.compile(rb"theme\.[a-z]+\.[0-9a-f]{16}\.css")

    assert {link.sub(b"", page.plain) for page in neutral.pages.values()} == {
        link.sub(b"", page.plain) for page in other.pages.values()
    }
    assert all(b"static/theme.voorbeeldstad." in page.plain for page in other.pages.values())


def test_our_styles_name_no_side_that_turns_with_the_script_and_no_colour() -> None:
    ours = "".join(path.read_text() for path in sorted((WEB / "css" / "parts").glob("*.css")))
    rules = re.sub(r"@media \([^{]+\{", "", ours.split("@media print")[0])
    sides = re.compile(
        r"(?<![a-z])(?:[a-z]+-)?(?:left|right|top|bottom)\s*:|(?<![a-z-])(?:min-|max-)?(?:width|height)\s*:"
    )

    assert sides.findall(rules) == []
    assert re.findall(r"#[0-9a-f]{3,8}\b", rules) == []
