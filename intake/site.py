# SPDX-License-Identifier: EUPL-1.2
"""Makes the bytes of all pages and static files, once, when the service starts.

Templates are Jinja's; English texts are the message ids, translations are `.po` files. The build
has bundled scripts, styles and word lists into `static/`, named by their content, with a
`manifest.json` from logical names to `{file, sha256, bytes}`.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from mimetypes import guess_type
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from intake.bodies import Prepared, prepare
from intake.errors import SiteError
from intake.settings import LEAVE_TO, THEME

HERE = Path(__file__).parent
SOURCE_LANGUAGE = "en"
OF_DESK = ("report", "mailbox")
TO_READ = ("privacy", "accessibility", "promises", "without_script")
"""Pages that are only read; they stand at every desk's address, and at that of no desk."""
WITH_FORM = "without_script"
"""The page whose form a browser sends by itself."""
OF_A_DESK = "../../"
REASONS = (
    "malformed",
    "nothing",
    "several",
    "too_large",
    "not_locked",
    "armored",
    "other_lock",
    "recipients",
    "cut_off",
    "closed",
    "quota",
    "slow_down",
    "busy",
)
"""Why a letter was not taken; each is a page of its own."""
REFUSALS = tuple(f"letter_refused.{reason}" for reason in REASONS)
PAGES = dict.fromkeys((*OF_DESK, *TO_READ, *REFUSALS), OF_A_DESK) | {"index": "./", "not_found": "/"}
"""Template names, with the reason of a refusal, and the way from the page's address to the root of the site."""
FILLED = ("letter_kept",)
"""Pages with places in braces for what the intake says."""
TEXTS = ("desk_text", "recipients_text", "closed_text")
"""Templates of plain text, with places in braces for what a desk says."""
NO_DESK = "about"
"""Stands where a desk's id does, in addresses of pages to read that were reached from no desk's page."""
_HTML = "text/html; charset=utf-8"
_TEXT_KINDS = {".js": "text/javascript", ".css": "text/css", ".txt": "text/plain", ".svg": "image/svg+xml"}
_SUFFIXES = {"br": ".br", "gzip": ".gz"}


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is served as it is."""

    languages: tuple[str, ...]
    themes: tuple[str, ...]
    """Names that the setting may have."""
    pages: Mapping[tuple[str, str], Prepared]
    """From page and language."""
    texts: Mapping[tuple[str, str], str]
    """From name and language; see `TEXTS` and `FILLED`."""
    files: Mapping[str, Prepared]
    """From file name under ``/static/``."""
    workers: frozenset[str]
    """Names of files that run as workers, with a policy of their own."""


def load_site(
    leave_to: str = LEAVE_TO, theme: str = THEME, web: Path = HERE / "web", static: Path = HERE / "static"
) -> Site:
    """Render all pages in all languages and read all static files.

    ``leave_to`` is the harmless address for who leaves in a hurry, ``theme`` one of the site's themes.

    Raises:
        SiteError: a file is missing or not what the manifest says; the message names the cure.
    """
    manifest = _read_manifest(static)
    translations = _read_translations(web / "locale")
    plain = {f"{name}.html" for name in TEXTS}
    environment = Environment(
        loader=FileSystemLoader(web / "templates"),
        autoescape=lambda name: name not in plain,  # noqa: S701  a text has no markup
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    rendered = {
        (page, language): _render(environment, page, language, texts, manifest, leave_to, theme)
        for page in (*PAGES, *TEXTS, *FILLED)
        for language, texts in translations.items()
    }
    pages = {key: prepare(_HTML, content.encode()) for key, content in rendered.items() if key[0] in PAGES}
    texts = {key: content for key, content in rendered.items() if key[0] not in PAGES}
    files = {entry["file"]: _read_file(static, entry) for entry in manifest.values()}
    workers = frozenset(entry["file"] for name, entry in manifest.items() if name.startswith("worker."))
    themes = tuple(name.split(".")[1] for name in manifest if name.startswith("theme."))
    return Site(tuple(translations), themes, pages, texts, files, workers)


def _render(
    environment: Environment,
    page: str,
    language: str,
    texts: Mapping[str, str],
    manifest: Mapping[str, dict[str, str]],
    leave_to: str,
    theme: str,
) -> str:
    def entry(name: str) -> dict[str, str]:
        if name not in manifest:
            raise SiteError(f"the page needs {name}, which the build did not make: build the static files again")
        return manifest[name]

    root = PAGES.get(page, OF_A_DESK)
    template, _, reason = page.partition(".")
    context: dict[str, object] = {
        "lang": language,
        "root": root,
        "to_read": "" if root == OF_A_DESK else f"{root}{NO_DESK}/{language}/",
        "leave_to": leave_to,
        "style": f"theme.{theme}.css",
        "has_fields": page in OF_DESK,
        "reason": reason,
        "_": lambda text: texts.get(text, text),
        "static": lambda name: f"{root}static/{entry(name)['file']}",
        "static_hash": lambda name: "sha256-" + b64encode(bytes.fromhex(entry(name)["sha256"])).decode(),
    }
    try:
        return environment.get_template(f"{template}.html").render(context)
    except TemplateError as error:
        raise SiteError(f"the template {template}.html cannot be rendered: {type(error).__name__}") from error


def _read_manifest(static: Path) -> dict[str, dict[str, str]]:
    try:
        found: dict[str, dict[str, str]] = json.loads((static / "manifest.json").read_bytes())
    except (OSError, ValueError) as error:
        raise SiteError("intake/static has no readable manifest.json: build the static files first") from error
    return found


def _read_translations(folder: Path) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {SOURCE_LANGUAGE: {}}
    for path in sorted(folder.glob("*/LC_MESSAGES/intake.po")):
        language = path.parts[-3]
        try:
            with path.open("rb") as file:
                catalog = read_po(file, locale=language, abort_invalid=True)
        except PoFileError as error:
            raise SiteError(f"the translation {language}/LC_MESSAGES/intake.po is not a PO file") from error
        found[language] = {
            str(message.id): str(message.string) for message in catalog if message.string and not message.fuzzy
        }
    return found


def _read_file(static: Path, entry: Mapping[str, str]) -> Prepared:
    name = entry["file"]
    kind = _TEXT_KINDS.get(Path(name).suffix)
    kind = f"{kind}; charset=utf-8" if kind else guess_type(name)[0] or "application/octet-stream"
    try:
        plain = (static / name).read_bytes()
        coded = {coding: (static / f"{name}{suffix}").read_bytes() for coding, suffix in _SUFFIXES.items()}
    except OSError as error:
        raise SiteError(f"intake/static lacks {name} or its compressed forms: build the static files again") from error
    return Prepared(kind, plain, coded, entry["sha256"][:32])
