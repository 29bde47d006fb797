# SPDX-License-Identifier: EUPL-1.2
"""Letters as strangers make and send them."""

import secrets
from pathlib import Path

from werkzeug.test import Client, TestResponse

from crypto.httpsig import sign_request
from support.node import run_node
from support.repository import ROOT
from support.sealed_desk import ORIGIN, envelope

SEAL = (ROOT / "tests/support/stranger_seals.js").read_text()
BOUNDARY = "----a-boundary-of-a-browser"


def strangers_letter(recipients: Path, text: bytes) -> bytes:
    """A letter that a tool of its own seals to the lines of recipients.txt."""
    return run_node(SEAL, str(recipients), stdin=text)


def a_letter(stanzas: int = 3, plaintext: int = 100) -> bytes:
    """Bytes with the structure of a letter: what an intake without keys can see of one."""
    return envelope(stanzas, plaintext)


def form(*files: bytes, name: str = "file", filename: str | None = "report.age") -> bytes:
    """The body of a browser's form with these files."""
    named = f'; filename="{filename}"' if filename is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
    return b"".join(head + file + b"\r\n" for file in files) + f"--{BOUNDARY}--\r\n".encode()


def post(client: Client, desk: str, body: bytes, language: str = "nl", boundary: str = BOUNDARY) -> TestResponse:
    """Send a body as the form of the page does."""
    kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    return client.post(f"/{desk}/{language}/without_script", data=body, headers=kind, base_url=ORIGIN)


def marked(marker: bytes) -> list[bytes]:
    """Files that people may choose by mistake, each with a marker in it."""
    pdf = b"%PDF-1.7\n" + marker + secrets.token_bytes(3_000_000)
    return [marker, pdf, b"PK\x03\x04" + marker, marker * 100_000]


def listed(client: Client, desk: str, path: str, key: bytes, today: object) -> TestResponse:
    """A member's signed question about letters."""
    target = f"/desks/{desk}/letters{path}"
    headers = sign_request("GET", f"{ORIGIN}{target}", today, key)  # type: ignore[arg-type]  # a date
    return client.get(target, headers=headers, base_url=ORIGIN)
