# SPDX-License-Identifier: EUPL-1.2
"""`make demo`: a desk with two members on this machine, until you press Ctrl+C.

Prints four addresses: the reporter's page, two members' tools, and what the operator sees.
Everything lies in ``var/demo`` and is made anew at each start. Not for real reports.
"""

import shutil
import signal
import threading
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from demo.stage import Stage

FOLDER = Path("var/demo")


def main() -> None:
    """Build the desk, print where it is, and wait."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    print("Making a desk with two members …", flush=True)
    stopped = threading.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, lambda *_: stopped.set())
    with Stage(FOLDER.resolve(), datetime.now(ZoneInfo("Europe/Amsterdam")).date()) as stage:
        show(stage)
        stopped.wait()
    print("\nStopped. Nothing of the demo runs any more; its files are in var/demo.")


def show(stage: Stage) -> None:
    """Print the four addresses, and the code that each member types."""
    print(f"\n  {'Reporter':<24}{stage.origin}/voorbeeldstad")
    for person in stage.people:
        address, code = stage.serve_tool(person)
        print(f"  {person.role_en.split(' of ')[0].capitalize():<24}{address}   code: {code}")
    print(f"  {'What the operator sees':<24}{stage.serve_operator_view()}")
    print(
        "\nTell something at the first address, then synchronise at the second and third. Ctrl+C ends it.", flush=True
    )


if __name__ == "__main__":
    main()
