# SPDX-License-Identifier: EUPL-1.2
"""The members' pages, on loopback only: `create_app` wires them, `serve` runs them for the command line.

- app: the wiring; a gate and a language in, a Flask application out
- gate: the code from the terminal, the one session, the lock; office: what the pages share
- prefix: the secret first part of every address
- visitor, headers: cookie, Host and Origin checks, form tokens, and the headers of every answer
- door, lists, case_pages, write_pages, act_pages, sync_pages: the pages, one blueprint each
- sheets, forms: form pages, record fields as form fields, and what is wrong with each
- practice_pages: the banner of an exercise, and its day
- steps, timeline, answers, wording: what the pages show, in words
- serve: the loopback server, and the lock's way back to the terminal
"""

from casework.web.app import create_app
from casework.web.gate import Gate
from casework.web.prefix import new_prefix
from casework.web.serve import answering, listen, serve

__all__ = ["Gate", "answering", "create_app", "listen", "new_prefix", "serve"]
