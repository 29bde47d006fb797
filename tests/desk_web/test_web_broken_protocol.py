# SPDX-License-Identifier: EUPL-1.2
"""A protocol file that cannot be read any more is named on the page of the desk, with what to do."""

from casework.protocols import open_shelf
from support.desk_pages import Pages


def test_a_protocol_file_that_cannot_be_read_is_named_with_what_to_do(inside: Pages) -> None:
    assert "Protocol files" not in inside.get("/status").text
    inside.desk._session.protocols = open_shelf([("old.toml", b"format = 9")])

    page = inside.get("/status").text

    assert "Protocol files that cannot be read" in page
    assert "old.toml: &#39;format&#39; must be 1" in page
    assert "add it with a higher version" in page
