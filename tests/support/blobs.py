# SPDX-License-Identifier: EUPL-1.2
"""Claims of blobs, and bytes that stand in for their sealed parts."""

import secrets

from crypto.blob import blob_length
from crypto.encoding import b32encode
from crypto.fields import LOG_ID_LENGTH
from crypto.logs import BLOB_PART_LENGTH, Claim

MIB = 1_048_576


def a_claim(file_size: int = 100_000, stanzas: int = 3) -> Claim:
    """A claim of a blob that seals a file of so many bytes to so many recipients."""
    return Claim(b32encode(secrets.token_bytes(LOG_ID_LENGTH)), blob_length(stanzas, file_size))


def parts_of(claim: Claim) -> list[bytes]:
    """Random bytes for each part of a claimed blob, of the lengths that they must have."""
    whole = secrets.token_bytes(claim.size)
    return [whole[start : start + BLOB_PART_LENGTH] for start in range(0, claim.size, BLOB_PART_LENGTH)]
