# SPDX-License-Identifier: EUPL-1.2
"""A whole desk in real processes on loopback: one intake, members' tools, and what the operator sees.

It does what people do, with the installed commands: every member makes keys and a card, the ceremony makes the
desk, the operator adds it, the members join, and everything is served. The demo, the walkthrough and the
end-to-end tests share it. All of it lies in one folder; the members' passphrase lies there in the clear.
"""

import os
import re
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from subprocess import run
from types import TracebackType
from typing import Self

from waitress.server import create_server

from demo.operator_view import create_view
from processes import Process, free_port, port_open, start

HERE = Path(__file__).parent
BIN = Path(sys.executable).parent
LOOPBACK = "127.0.0.1"
PASSPHRASE = "een demo is geen kluis"  # noqa: S105 - demo desks only; it is printed on the screen
CODE = re.compile(r": ([A-Z0-9]{4}-[A-Z0-9]{4})$", re.MULTILINE)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/\w+/")


@dataclass(frozen=True)
class Person:
    """A member of the demo desk."""

    id: str
    name: str
    role_nl: str
    role_en: str


PEOPLE = (
    Person("voorzitter", "M. Jansen", "voorzitter van de commissie", "chair of the committee"),
    Person("secretaris", "F. Öztürk", "secretaris van de commissie", "secretary of the committee"),
    Person("lid", "R. de Boer", "lid van de commissie", "member of the committee"),
)


@dataclass
class Stage:
    """A desk that runs while the ``with`` block does."""

    folder: Path
    today: date
    people: tuple[Person, ...] = PEOPLE[:2]
    port: int = field(default_factory=free_port)
    settings: Mapping[str, str] = field(default_factory=dict)
    """More settings of the intake, by environment name."""
    desk: str = ""
    """The desk's id, once it is built."""
    intake: Process | None = None
    tools: dict[str, Process] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self.build()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (*self.tools.values(), self.intake):
            if process is not None:
                process.stop()

    @property
    def origin(self) -> str:
        """Where the intake is reached."""
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def data(self) -> Path:
        """The intake's data folder."""
        return self.folder / "intake"

    @property
    def database(self) -> Path:
        """The intake's SQLite file."""
        return self.data / "intake.sqlite3"

    def build(self) -> None:
        """From nothing to a desk that takes reports."""
        self.folder.mkdir(parents=True)
        (self.folder / "passphrase").write_text(PASSPHRASE, encoding="utf-8")
        for person in self.people:
            self.make_member(person)
        self.hold_ceremony()
        self.open_intake()
        for person in self.people:
            self.casework(person, "join", self.origin, self.desk)

    def make_member(self, person: Person) -> None:
        """Keys in the member's folder, and their card."""
        words = ["--name", person.name, "--role-nl", person.role_nl, "--role-en", person.role_en]
        self.casework(person, "init", person.id, *words, "--card", str(self._card(person)))

    def hold_ceremony(self) -> None:
        """Sign the desk document; the shares of the root key are printed and forgotten."""
        profile = self.folder / "desk.toml"
        text = (HERE / "desk.toml").read_text(encoding="utf-8")
        days = {"@today": self.today, "@in-a-year": self.today + timedelta(days=365)}
        for mark, day in days.items():
            text = text.replace(mark, day.isoformat())
        profile.write_text(text, encoding="utf-8")
        cards = [str(self._card(person)) for person in self.people]
        document = self.folder / "desk.json"
        said = self.casework(self.people[0], "desk", "new", str(profile), *cards, "--out", str(document), answer="y\n")
        found = re.search(r"[a-z2-7]{26}", said)
        if found is None:
            message = f"the ceremony printed no desk id:\n{said}"
            raise RuntimeError(message)
        self.desk = found[0]

    def open_intake(self) -> None:
        """Make the intake's data folder, add the desk, and serve."""
        self._run(BIN / "meldkluis-intake", "init", env=self._intake_env())
        self._run(
            BIN / "meldkluis-intake",
            "desk",
            "add",
            self.folder / "desk.json",
            "--short",
            "voorbeeldstad",
            env=self._intake_env(),
        )
        self.serve_intake()

    def serve_intake(self) -> Process:
        """Start (or start again) the intake as it is shipped."""
        command = (BIN / "meldkluis-intake", "serve", "--bind", f"{LOOPBACK}:{self.port}")
        self.intake = start(command, log=self.folder / "intake.log", env=self._intake_env())
        self.intake.wait_until(lambda: port_open(self.port))
        return self.intake

    def serve_tool(self, person: Person, language: str = "nl") -> tuple[str, str]:
        """Start a member's tool; returns its address and the code to type."""
        home = self.folder / person.id
        command = (BIN / "meldkluis-casework", "--home", home, "--language", language, "serve")
        process = start(command, log=self.folder / f"{person.id}.log", env=self._member_env())
        self.tools[person.id] = process
        return process.wait_for_line(ADDRESS.pattern)[0], process.wait_for_line(CODE.pattern)[1]

    def serve_operator_view(self) -> str:
        """Show the intake's rows and files on a page of their own; returns its address."""
        server = create_server(create_view(self.data, self.database), host=LOOPBACK, port=0)
        threading.Thread(target=server.run, name="operator view", daemon=True).start()
        return f"http://{LOOPBACK}:{server.effective_port}/"

    def casework(self, person: Person, *arguments: str, answer: str = "") -> str:
        """Run one command of a member's tool; returns what it printed."""
        home = str(self.folder / person.id)
        return self._run(
            BIN / "meldkluis-casework",
            "--home",
            home,
            "--language",
            "en",
            *arguments,
            env=self._member_env(),
            answer=answer,
        )

    def _card(self, person: Person) -> Path:
        return self.folder / f"{person.id}.card.json"

    def _intake_env(self) -> dict[str, str]:
        own = {
            "DATA_FOLDER": str(self.data),
            "ORIGINS": self.origin,
            "UNSAFE_LOOPBACK_HTTP": "true",
            "SECURITY_CONTACT": "mailto:security@voorbeeldstad.example",
            "SECURITY_EXPIRES": (self.today + timedelta(days=180)).isoformat(),
            **self.settings,
        }
        return _plain_env() | {f"MELDKLUIS_INTAKE_{name}": value for name, value in own.items()}

    def _member_env(self) -> dict[str, str]:
        return _plain_env() | {"MELDKLUIS_PASSPHRASE_FILE": str(self.folder / "passphrase")}

    def _run(self, *command: str | Path, env: Mapping[str, str], answer: str = "") -> str:
        done = run([str(part) for part in command], env=env, input=answer, text=True, capture_output=True, check=False)
        if done.returncode:
            message = f"{Path(command[0]).name} {command[1]} failed:\n{done.stdout}{done.stderr}"
            raise RuntimeError(message)
        return done.stdout


def _plain_env() -> dict[str, str]:
    """The environment without settings of an intake or a member of this machine."""
    return {name: value for name, value in os.environ.items() if not name.startswith("MELDKLUIS_")} | {
        "PYTHONSAFEPATH": "1"
    }
