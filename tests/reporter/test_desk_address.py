# SPDX-License-Identifier: EUPL-1.2
"""What a reporter types from a poster, read before anything is sent."""

import pytest

from crypto.encoding import b32encode
from intake.reporter.address import read_address
from intake.reporter.desks import poster_words
from intake.reporter.errors import AddressError, UntrustedError

DESK = b32encode(bytes(range(16)))
OTHER = b32encode(bytes(16))


@pytest.mark.parametrize(
    "url",
    [
        f"https://meldpunt.example/{DESK}",
        f"https://meldpunt.example/{DESK}/nl/",
        f"https://Meldpunt.Example/{DESK}/en/mailbox",
    ],
)
def test_the_desk_is_the_first_part_of_the_path(url: str) -> None:
    address = read_address(url)
    assert (address.origin, address.desk, address.typed) == ("https://meldpunt.example", DESK, False)


def test_a_short_address_needs_the_desk_from_the_poster() -> None:
    with pytest.raises(AddressError, match="--desk"):
        read_address("https://meldpunt.example/voorbeeldstad")
    assert read_address("https://meldpunt.example/voorbeeldstad", desk=DESK).desk == DESK


def test_the_number_may_be_typed_in_groups_and_capitals() -> None:
    typed = " ".join(DESK[place : place + 4] for place in range(0, 26, 4)).upper()
    assert read_address("https://meldpunt.example/", desk=typed).typed


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_words_may_be_typed_in_either_language(language: str) -> None:
    words = "  ".join(poster_words(DESK, language)).title()
    assert read_address(f"https://meldpunt.example/{DESK}", words=words).typed


@pytest.mark.parametrize("typed", [{"desk": OTHER}, {"words": " ".join(poster_words(OTHER, "nl"))}])
def test_an_address_of_another_desk_than_the_posters_is_not_trusted(typed: dict[str, str]) -> None:
    with pytest.raises(UntrustedError):
        read_address(f"https://meldpunt.example/{DESK}", **typed)


def test_number_and_words_of_two_desks_are_not_trusted() -> None:
    with pytest.raises(UntrustedError):
        read_address("https://meldpunt.example/", desk=DESK, words=" ".join(poster_words(OTHER, "nl")))


@pytest.mark.parametrize("typed", [{"desk": DESK[:-1]}, {"desk": ""}, {"words": "een twee drie"}, {"words": ""}])
def test_something_else_than_a_desk_is_refused(typed: dict[str, str]) -> None:
    with pytest.raises(AddressError):
        read_address(f"https://meldpunt.example/{DESK}", **typed)


@pytest.mark.parametrize(
    "origin",
    [
        "http://meldpunt.example",
        "ftp://meldpunt.example",
        "meldpunt.example",
        "https://",
        "https://somebody@meldpunt.example",
        "http://onion",
        "https://meldpunt.example:port",
        "https://meldpunt.example:65536",
        "https://[meldpunt.example",
        "https://meld punt.example",
    ],
)
def test_an_address_that_is_not_safe_is_refused(origin: str) -> None:
    with pytest.raises(AddressError):
        read_address(f"{origin}/{DESK}")


def test_the_port_that_goes_without_saying_is_left_out() -> None:
    assert read_address(f"https://meldpunt.example:443/{DESK}").origin == "https://meldpunt.example"
    assert read_address(f"https://meldpunt.example:8443/{DESK}").origin == "https://meldpunt.example:8443"


@pytest.mark.parametrize("origin", ["http://localhost:8000", "http://127.0.0.1:8000", "http://abc.onion"])
def test_an_address_that_needs_no_certificate_is_taken(origin: str) -> None:
    assert read_address(f"{origin}/{DESK}").origin == origin
