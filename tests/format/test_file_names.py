# SPDX-License-Identifier: EUPL-1.2
"""Whatever a sender calls a file, the name under which it is saved is harmless on every system."""

import unicodedata
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crypto.file_names import numbered, safe_name


@pytest.mark.parametrize(
    "name,safe",
    [
        ("bonnen.pdf", "bonnen.pdf"),
        ("foto van één.jpg", "foto van één.jpg"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\system32\\evil.dll", "evil.dll"),
        ("a:hidden.txt", "a_hidden.txt"),
        ("gpj\u202eexe.txt", "gpj_exe.txt"),
        ("a\x00b\x1bc\n.txt", "a_b_c_.txt"),
        ("zero\u200bwidth.txt", "zero_width.txt"),
        ('wild<>|?*".txt', "wild______.txt"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("Lpt1 .pdf", "_Lpt1.pdf"),
        ("COM².log", "_COM².log"),
        ("console.txt", "console.txt"),
        (".bashrc", "bashrc"),
        ("name. . .", "name"),
        ("desktop.ini", "_desktop.ini"),
        ("Autorun.INF", "_Autorun.INF"),
        ("desktop" + " " * 300 + ".ini", "_desktop.ini"),
        ("holiday.jpg.lnk", "holiday.jpg_lnk"),
        ("read me.URL", "read me_URL"),
        ("found.search-ms", "found_search-ms"),
        ("x.{20D04FE0-3AEA-1069-A2D8-08002B30309D}", "x_{20D04FE0-3AEA-1069-A2D8-08002B30309D}"),
        ("a.lnk.txt", "a.lnk.txt"),
        ("-rf", "_rf"),
        ("--a-b.txt", "_-a-b.txt"),
        ("", "file"),
        ("...", "file"),
        ("folder/", "file"),
    ],
)
def test_a_name_is_made_harmless(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_a_long_name_keeps_its_extension() -> None:
    name = safe_name("é" * 400 + ".docx")
    assert name.endswith("é.docx")
    assert len(name.encode()) <= 180


def test_a_name_that_was_cut_is_no_shortcut_after_it() -> None:
    assert safe_name("a" * 176 + ".lnk" + "k" * 20) == "a" * 176 + "_lnk"


@given(st.text())
def test_no_name_leaves_the_folder_or_hides_anything(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert not set('/\\:<>"|?*') & set(safe)
    assert all(unicodedata.category(sign)[0] != "C" for sign in safe)
    assert safe[0] not in " .-"
    assert safe[-1] not in " ."
    assert len(safe.encode()) <= 180


@given(st.text())
def test_a_harmless_name_stays_as_it_is(name: str) -> None:
    assert safe_name(safe_name(name)) == safe_name(name)


def test_a_name_that_is_taken_gets_a_number_before_its_extension() -> None:
    assert list(islice(numbered("a.tar.gz"), 3)) == ["a.tar.gz", "a.tar (2).gz", "a.tar (3).gz"]
    assert list(islice(numbered("README"), 2)) == ["README", "README (2)"]
