# SPDX-License-Identifier: EUPL-1.2
"""The members' pages over an exercise, by Flask's client."""

from dataclasses import dataclass
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from casework.practice.desk import PracticeDesk
from support.desk_pages import CSRF, HERE, PREFIX


@dataclass
class Practice:
    """One browser without scripts in front of an exercise."""

    desk: PracticeDesk
    client: FlaskClient
    codes: list[str]

    def get(self, path: str) -> TestResponse:
        return self.client.get(PREFIX + path, base_url=HERE, follow_redirects=True)

    def post(self, path: str, **form: Any) -> TestResponse:
        found = CSRF.search(self.get("/code").text)
        assert found
        data = form | {"csrf": found[1]}
        return self.client.post(PREFIX + path, base_url=HERE, data=data, follow_redirects=True)
