# SPDX-License-Identifier: EUPL-1.2
"""Names for what has none of its own: drawn at random, so that they collide with nothing and say nothing."""

import secrets

from crypto.encoding import b32encode

_BYTES = 10


def random_name() -> str:
    """Return a name that nothing else has."""
    return b32encode(secrets.token_bytes(_BYTES))
