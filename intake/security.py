# SPDX-License-Identifier: EUPL-1.2
"""`/.well-known/security.txt` (RFC 9116): where to tell of a weakness, and until when that holds.

Dutch public bodies must have one. Contact and day come from the settings; without a contact there is none, and
`meldkluis-intake check` says so: an address that nobody reads would be worse.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from flask import Flask, Response, request

from intake.bodies import prepare
from intake.errors import Refusal
from intake.settings import Settings

PATH = "/.well-known/security.txt"
_LONGEST = timedelta(days=366)
_KIND = "text/plain; charset=utf-8"


def security_text(settings: Settings) -> str:
    """Return the file of settings that have a contact."""
    lines = [f"Contact: {settings.security_contact}"]
    lines += [f"Expires: {settings.security_expires}T00:00:00Z", "Preferred-Languages: nl, en"]
    # Canonical is for addresses that anybody can reach.
    lines += [f"Canonical: {origin}{PATH}" for origin in settings.origins if origin.startswith("https://")]
    return "\n".join(lines) + "\n"


def register_security_text(app: Flask, settings: Settings) -> None:
    """Add the route."""
    found = prepare(_KIND, security_text(settings).encode()) if settings.security_contact else None

    def show() -> Response:
        if found is None:
            raise Refusal("unknown", "this intake names no security contact; its operator can set security_contact")
        return found.answer(request, "no-cache")

    app.add_url_rule(PATH, "security_text", show, methods=["GET"])


def security_advice(settings: Settings, today: date) -> Iterator[str]:
    """Yield what is wrong with the contact, with its cure."""
    if not settings.security_contact:
        yield "security_contact: is missing, so there is no security.txt; set it and security_expires"
        return
    expires = date.fromisoformat(settings.security_expires)
    if expires <= today:
        yield "security_expires: is over, so security.txt is stale; see whether the contact is right, set a new day"
    elif expires > today + _LONGEST:
        yield "security_expires: is more than a year away; RFC 9116 recommends less"
