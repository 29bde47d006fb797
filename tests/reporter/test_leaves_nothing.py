# SPDX-License-Identifier: EUPL-1.2
"""A real process at a real terminal: what it leaves on the computer, and where the eight words can be seen."""

import json
import os
import sys
from pathlib import Path

import pytest

from support.desk_world import World
from support.served_intake import ServedIntake
from support.typist import TERMINAL, Typist

MARKER = "zeldzaamwoord"
# The day is the world's, and every file that is opened for writing is told.
LAUNCHER = """
import atexit, json, os, sys
from datetime import date
sys.dont_write_bytecode = True
written = []
def watch(event, found):
    if event == "open" and isinstance(found[0], str) and found[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        written.append(str(found[0]))
    elif event in ("os.mkdir", "os.rename", "os.link", "subprocess.Popen", "os.system", "sqlite3.connect"):
        written.append(event)
sys.addaudithook(watch)
atexit.register(lambda: print("WRITTEN", json.dumps(written)))
from intake.reporter import cli
day = date.fromisoformat(sys.argv.pop(1))
cli.today = lambda: day
cli.main()
"""


class Computer:
    """A reporter's computer with an empty home, temporary folder and working folder."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folders = [folder / name for name in ("home", "temporary", "here")]
        for path in self.folders:
            path.mkdir()
        home, temporary, _ = map(str, self.folders)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": home,
            "TMPDIR": temporary,
            "TERM": "xterm",
            "LANG": "en_GB.UTF-8",
        }
        self.day = world.today.isoformat()

    def start(self, *arguments: str, stdin: Path = TERMINAL) -> Typist:
        command: list[str | Path] = [sys.executable, "-P", "-c", LAUNCHER, self.day, *arguments]
        return Typist(command, self.env, self.folders[2], stdin)

    def files(self) -> list[Path]:
        return [path for folder in self.folders for path in folder.rglob("*")]


@pytest.fixture
def computer(tmp_path: Path, world: World) -> Computer:
    return Computer(tmp_path, world)


def written(typist: Typist) -> set[str]:
    """What the process opened for writing or made, the terminal apart."""
    found: list[str] = json.loads(typist.screen.rsplit("WRITTEN ", 1)[1])
    return set(found) - {"/dev/tty"}


def send(computer: Computer, intake: ServedIntake) -> Typist:
    typist = computer.start("send", intake.url, "--desk", intake.desk)
    for prompt, line in [
        ("or nothing", ""),
        ("Your answer", f"Over {MARKER}."),
        (MARKER, "."),
        ("Answer more questions?", "no"),
        ("Send the report now?", "yes"),
    ]:
        typist.wait_for(prompt)
        typist.type(line)
    typist.wait_for("Press Enter")
    return typist


def words_on(screen: str) -> list[str]:
    return [line.split()[-1] for line in screen.split("Write down")[1].splitlines() if line.strip()[:1].isdigit()][:8]


def test_a_report_leaves_nothing_on_the_computer(computer: Computer, intake: ServedIntake) -> None:
    typist = send(computer, intake)
    for _ in range(3):
        typist.type("")
    typist.wait_for("meldkluis-report mailbox")

    assert typist.leave() == 0
    assert written(typist) == set()
    assert computer.files() == []


def send_all(computer: Computer, intake: ServedIntake) -> tuple[list[str], set[str], str]:
    """Send a report to its end; returns the words, what stood on the lasting screen, and what others saw meanwhile."""
    typist = send(computer, intake)
    words = words_on(typist.screen)
    process = Path(f"/proc/{typist.process.pid}")
    seen_by_others = (process / "cmdline").read_text() + (process / "environ").read_text()
    for _ in range(3):
        typist.type("")
    typist.leave()
    first, after = typist.screen.split("\x1b[?1049h")[0], typist.screen.split("\x1b[?1049l")[1]
    return words, set(f"{first} {after}".split()), seen_by_others


def test_the_words_stand_only_on_the_screen_that_is_gone_afterwards(computer: Computer, intake: ServedIntake) -> None:
    words, lasting, seen_by_others = send_all(computer, intake)
    _, lasting_with_other_words, seen_with_other_words = send_all(computer, intake)

    assert len(words) == 8
    # Any of the words may stand in the program's own texts: `exit` is on our list. Those texts are the same each time.
    assert set(words) & (lasting - lasting_with_other_words) == set()
    assert MARKER not in seen_by_others
    assert seen_by_others == seen_with_other_words


def test_the_words_are_not_shown_while_they_are_typed(computer: Computer, intake: ServedIntake) -> None:
    typist = send(computer, intake)
    words = words_on(typist.screen)
    for _ in range(3):
        typist.type("")
    typist.leave()

    reader = computer.start("mailbox", intake.url)
    reader.wait_for("Your eight words")
    reader.type(" ".join(words))
    reader.wait_for("Your report came in")

    assert reader.leave() == 0
    assert " ".join(words) not in reader.screen
    assert written(reader) == set()
    assert computer.files() == []


def test_a_text_from_standard_input_leaves_the_questions_to_the_terminal(
    computer: Computer, intake: ServedIntake
) -> None:
    told = computer.folders[0].parent / "told.txt"
    told.write_text(f"Over {MARKER}.")
    typist = computer.start("send", intake.url, "--desk", intake.desk, "--text", "-", stdin=told)
    typist.wait_for("Send the report now?")
    typist.type("yes")
    typist.wait_for("Press Enter")
    for _ in range(3):
        typist.type("")
    typist.wait_for("Proof of sending")

    assert typist.leave() == 0
    assert intake.writes == 1
