# SPDX-License-Identifier: EUPL-1.2
"""Opens files that came by post or by hand, from people who locked them without the page (FORMAT.md section 6.7).

What is handed over is the same locked file as a letter (`letters`), which came by the plain form of the page.
"""

from collections.abc import Sequence

from casework.errors import DamagedFileError
from crypto.age import Identity, decrypt
from crypto.errors import FormatError


def open_handed_over(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return the content of an age file that one of these keys opens.

    Raises:
        DamagedFileError: it opens with none of them, or is damaged; nothing came out.
    """
    try:
        return decrypt(data, identities)
    except FormatError as error:
        raise DamagedFileError(
            "The file does not open: it is no age file, it is damaged, or it was not locked to a key that you still "
            "have. Nothing was written. Ask another member to try."
        ) from error
