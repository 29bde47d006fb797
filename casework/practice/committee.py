# SPDX-License-Identifier: EUPL-1.2
"""The invented desk: Voorbeeldstad, a committee of three, and keys that guard nothing."""

from hashlib import sha256

from casework.views.desk import MemberName
from crypto.desk import desk_id
from crypto.signing import public_key

MARK = "OEFENING"
"""Stands on every page, in every language; nothing real ever does."""
CHAIR, SECRETARY, MEMBER = "voorzitter", "secretaris", "lid"
TRAINEE = SECRETARY
"""Whoever practises sits at this member's desk."""
MEMBERS = (
    MemberName(CHAIR, "V. Voorbeeld", {"nl": "voorzitter", "en": "chair"}),
    MemberName(SECRETARY, "S. Proef", {"nl": "secretaris", "en": "secretary"}),
    MemberName(MEMBER, "L. Verzonnen", {"nl": "lid", "en": "member"}),
)
DESK_NAME = {"nl": "Meldpunt Voorbeeldstad", "en": "Integrity desk of Voorbeeldstad"}
ORIGIN = "https://meldpunt.voorbeeldstad.invalid"


def invented(*names: object) -> bytes:
    """Return 32 bytes that follow from names alone: the same in every run, and no secret."""
    return sha256(" ".join((MARK, *map(str, names))).encode()).digest()


DESK = desk_id(public_key(invented("root")))
