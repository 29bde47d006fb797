# SPDX-License-Identifier: EUPL-1.2
"""The page's worker without a page, against an intake that Python serves."""

import json
from typing import Any

from support.desk_world import World
from support.node import run_node
from support.served_intake import ServedIntake


def on_the_page(world: World, intake: ServedIntake, *calls: tuple[str, dict[str, Any]]) -> list[Any]:
    """Return what the page's worker answers to calls in one session."""
    question = {"desk": world.desk, "origin": intake.origin, "day": world.today.isoformat(), "calls": calls}
    output = run_node('import "./tests/support/worker_calls.js";', stdin=json.dumps(question).encode())
    results: list[Any] = json.loads(output)
    return results
