# SPDX-License-Identifier: EUPL-1.2
"""Pages and static files: the same bytes for all, found by desk, language and short name."""

import gzip
import json
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import brotli
import pytest

from intake.errors import SiteError
from intake.site import FILLED, PAGES, TEXTS, TO_READ, load_site
from support.intake_service import IntakeService, answer
from support.sealed_desk import SealedDesk

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Hello <you>"
msgstr "Dag <jij>"

#, fuzzy
msgid "Guess"
msgstr "Gok"
"""
TEMPLATE = """{{ lang }} {{ _("Hello <you>") }} {{ _("Guess") }} {{ static("page.js") }} {{ static_hash("page.js") }}"""


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Sources of a small site: each template has the same line, and there is one translation."""
    web = tmp_path / "web"
    (web / "templates").mkdir(parents=True)
    for page in {name.partition(".")[0] for name in (*PAGES, *TEXTS, *FILLED)}:
        (web / "templates" / f"{page}.html").write_text(TEMPLATE)
    (web / "locale" / "nl" / "LC_MESSAGES").mkdir(parents=True)
    (web / "locale" / "nl" / "LC_MESSAGES" / "intake.po").write_text(PO)
    return web


@pytest.fixture
def static(tmp_path: Path) -> Path:
    """What the build leaves of one script."""
    static = tmp_path / "static"
    static.mkdir()
    digest = sha256(b"code").hexdigest()
    name = f"page.{digest[:16]}.js"
    manifest = {"page.js": {"file": name, "sha256": digest, "bytes": 4}}
    (static / "manifest.json").write_text(json.dumps(manifest))
    for suffix, content in (("", b"code"), (".gz", gzip.compress(b"code")), (".br", brotli.compress(b"code"))):
        (static / f"{name}{suffix}").write_bytes(content)
    return static


def test_pages_are_rendered_in_each_language(web: Path, static: Path) -> None:
    site = load_site(web=web, static=static)
    digest = b64encode(sha256(b"code").digest()).decode()
    script = f"static/page.{sha256(b'code').hexdigest()[:16]}.js"

    assert site.languages == ("en", "nl")
    assert site.pages["report", "en"].plain.decode() == f"en Hello &lt;you&gt; Guess ../../{script} sha256-{digest}"
    assert site.pages["index", "nl"].plain.decode() == f"nl Dag &lt;jij&gt; Guess ./{script} sha256-{digest}"
    assert site.pages["not_found", "nl"].plain.decode().endswith(f" /{script} sha256-{digest}")


def test_pages_are_the_same_bytes_each_time(web: Path, static: Path) -> None:
    assert load_site(web=web, static=static) == load_site(web=web, static=static)


@pytest.mark.parametrize("missing", ["manifest.json", "*.js", "*.br"])
def test_static_files_that_are_not_whole_are_refused_with_the_cure(web: Path, static: Path, missing: str) -> None:
    for path in static.glob(missing):
        path.unlink()

    with pytest.raises(SiteError, match="build the static files"):
        load_site(web=web, static=static)


def test_a_page_that_needs_what_was_not_built_is_refused(web: Path, static: Path) -> None:
    (web / "templates" / "index.html").write_text('{{ static("other.js") }}')

    with pytest.raises(SiteError, match=r"other\.js"):
        load_site(web=web, static=static)


def test_a_template_that_names_what_is_not_there_is_refused(web: Path, static: Path) -> None:
    (web / "templates" / "index.html").write_text("{{ user }}")

    with pytest.raises(SiteError, match=r"index\.html"):
        load_site(web=web, static=static)


def test_all_desks_have_the_same_page(intake: IntakeService, desk: SealedDesk) -> None:
    other = SealedDesk()

    first, second = (intake.get(f"/{one.id}/nl/") for one in (desk, other))

    assert first.data == second.data == b"<!doctype html><p lang=nl>report</p>"
    assert first.content_type == "text/html; charset=utf-8"


def test_a_static_file_that_the_browser_has_is_not_sent_again(intake: IntakeService) -> None:
    first = intake.get("/static/page.1.js")

    again = intake.get("/static/page.1.js", headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


@pytest.mark.parametrize("page", ["", "mailbox", *TO_READ])
def test_no_browser_keeps_a_copy_of_a_page(intake: IntakeService, desk: SealedDesk, page: str) -> None:
    assert intake.get(f"/{desk.id}/nl/{page}").headers["Cache-Control"] == "no-store"


def test_who_leaves_is_led_to_a_harmless_page_and_the_browser_forgets_its_copies(intake: IntakeService) -> None:
    response = intake.get("/leave")

    assert (response.status_code, response.headers["Location"]) == (302, "https://www.buienradar.nl/")
    assert response.headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.parametrize("page", TO_READ)
def test_pages_to_read_stand_at_each_desk_and_without_one(intake: IntakeService, desk: SealedDesk, page: str) -> None:
    first, second = (intake.get(f"/{place}/en/{page}") for place in (desk.id, "about"))

    assert first.data == second.data == f"<!doctype html><p lang=en>{page}</p>".encode()


def test_the_form_of_no_desk_leads_to_the_front_door(intake: IntakeService) -> None:
    assert intake.get("/about/nl/").headers["Location"] == "../../"


@pytest.mark.parametrize(
    "accept, coding",
    [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip"), ("", None), ("identity", None)],
)
def test_pages_come_in_the_best_coding_that_is_taken(
    intake: IntakeService, desk: SealedDesk, accept: str, coding: str | None
) -> None:
    response = intake.get(f"/{desk.id}/nl/", headers={"Accept-Encoding": accept})

    unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert response.headers.get("Content-Encoding") == coding
    assert unpack(response.data) == b"<!doctype html><p lang=nl>report</p>"
    assert response.headers["Vary"] == "Accept-Encoding"


def test_static_files_may_be_kept_for_ever(intake: IntakeService) -> None:
    response = intake.get("/static/page.1.js")

    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response.content_type == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["/x/nl/", "/{desk}/fr/", "/{desk}/nl/other", "/nobody", "/x/nl", "/static"])
def test_a_wrong_address_gets_a_page_that_says_so(intake: IntakeService, desk: SealedDesk, path: str) -> None:
    response = intake.get(path.format(desk=desk.id))

    assert response.status_code == 404
    assert b"not_found" in response.data or answer(response)["error"] == "unknown"


def test_the_front_door_leads_to_the_only_desk(intake: IntakeService, desk: SealedDesk) -> None:
    response = intake.get("/")

    assert (response.status_code, response.headers["Location"]) == (302, f"./{desk.id}/nl/")


def test_the_front_door_of_several_desks_says_what_this_is(intake: IntakeService) -> None:
    intake.add(SealedDesk())

    assert b"index" in intake.get("/").data


def test_a_short_name_and_a_bare_id_lead_to_the_desk(intake: IntakeService) -> None:
    desk = SealedDesk(changes={"languages": ("fr", "en")})
    intake.add(desk, short="voorbeeld")

    places = {intake.get(path).headers["Location"] for path in ("/voorbeeld", f"/{desk.id}")}

    assert places == {f"./{desk.id}/en/"}


def test_an_address_without_its_last_slash_leads_to_the_one_with_it(intake: IntakeService, desk: SealedDesk) -> None:
    assert intake.get(f"/{desk.id}/nl").headers["Location"] == "./nl/"
