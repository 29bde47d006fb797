# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-intake` as an operator runs it."""

import json
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest

from crypto.desk import sign_succession, write_bundle
from crypto.signing import public_key
from intake.cli import main
from intake.clock import today
from intake.site import HERE
from intake.store.engine import connect
from intake.store.sql import SqlStore
from support.open_files import open_below
from support.sealed_desk import SealedDesk, seed

DAY = timedelta(days=1)
needs_pages = pytest.mark.skipif(
    not (HERE / "static" / "manifest.json").is_file(), reason="the static files are not built: run make install"
)


@dataclass(frozen=True)
class Outcome:
    returncode: int
    stdout: str
    stderr: str


class Operator:
    """Runs the command with a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "data"
        self.files = folder
        self.environ = {
            "MELDKLUIS_INTAKE_DATA_FOLDER": str(self.folder),
            "MELDKLUIS_INTAKE_ORIGINS": "https://meldpunt.example",
        }

    def run(self, *arguments: str) -> Outcome:
        out, err = StringIO(), StringIO()
        with (
            patch.dict(os.environ, self.environ, clear=True),
            patch.object(sys, "argv", ["meldkluis-intake", *arguments]),
            redirect_stdout(out),
            redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            main()
        return Outcome(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    def add(self, raw: bytes, *options: str) -> Outcome:
        path = self.files / "desk.json"
        path.write_bytes(raw)
        return self.run("desk", "add", str(path), *options)

    def store(self) -> SqlStore:
        return SqlStore(connect(f"sqlite:///{self.folder / 'intake.sqlite3'}"))


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    """An operator, whose commands must close what they open."""
    made = Operator(tmp_path)
    yield made
    assert open_below(tmp_path) == []


@pytest.fixture
def ready(operator: Operator) -> Operator:
    """An operator whose intake is made."""
    assert operator.run("init").returncode == 0
    return operator


def of_today(**changes: object) -> SealedDesk:
    """A desk that is good on the day of the machine, which the command asks."""
    usual = {"issued": today() - 10 * DAY, "expires": today() + 300 * DAY}
    return SealedDesk(changes=usual | changes)


def document(desk: SealedDesk) -> bytes:
    return desk.statement()


def test_init_makes_a_folder_for_its_owner_alone(ready: Operator) -> None:
    assert stat.S_IMODE(ready.folder.stat().st_mode) == 0o700
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in ready.folder.iterdir()}
    assert modes.pop("blobs") == 0o700
    assert set(modes.values()) == {0o600}


def test_init_refuses_a_folder_that_is_in_use(ready: Operator) -> None:
    before = (ready.folder / "intake.sqlite3").read_bytes()

    again = ready.run("init")

    assert again.returncode == 1
    assert "nothing was changed" in again.stderr
    assert (ready.folder / "intake.sqlite3").read_bytes() == before


def test_a_missing_setting_is_one_sentence_and_no_traceback(operator: Operator) -> None:
    del operator.environ["MELDKLUIS_INTAKE_ORIGINS"]

    result = operator.run("init")

    assert result.returncode == 1
    assert result.stderr.startswith("meldkluis-intake: origins: is missing")
    assert "Traceback" not in result.stderr


def test_a_desk_is_added_from_its_signed_document(ready: Operator) -> None:
    desk = of_today()

    result = ready.add(document(desk), "--short", "voorbeeld")

    assert result.returncode == 0, result.stderr
    assert ready.run("desk", "list").stdout == f"{desk.id}  version 1  voorbeeld\n"


def test_a_bundle_brings_its_epochs(ready: Operator) -> None:
    desk = of_today()
    epochs = [desk.epoch(name, today()) for name in ("anna", "bram")]

    ready.add(write_bundle(today(), [], document(desk), epochs))

    with closing(ready.store()) as store:
        record = store.desk(desk.id, today())
    assert record is not None
    assert sorted(record.epochs) == sorted(epochs)


def test_a_root_that_hands_over_is_followed(ready: Operator) -> None:
    first, second = seed(), seed()
    desk = SealedDesk(root=first)
    succession = sign_succession(desk.id, first, public_key(second), today())
    successor = SealedDesk(
        root=second,
        changes={
            "desk": desk.id,
            "issued": today(),
            "expires": today() + DAY,
        },
    )

    result = ready.add(write_bundle(today(), [succession], successor.statement(), []))

    assert result.returncode == 0, result.stderr
    assert ready.run("desk", "list").stdout.startswith(desk.id)


def test_a_newer_version_replaces_the_older_and_keeps_the_short_name(ready: Operator) -> None:
    desk = of_today()
    ready.add(document(desk), "--short", "voorbeeld")
    newer = SealedDesk(desk.root, desk.identities, desk.changes | {"version": 2, "previous": desk.document_hash()})

    result = ready.add(document(newer))

    assert result.returncode == 0, result.stderr
    assert ready.run("desk", "list").stdout == f"{desk.id}  version 2  voorbeeld\n"


def test_a_file_that_is_added_again_was_there_already(ready: Operator) -> None:
    desk = of_today()
    raw = write_bundle(today(), [], document(desk), [desk.epoch("anna", today())])
    ready.add(raw)

    assert ready.add(raw).stdout == f"desk {desk.id}, version 1, was there already; 0 new epochs\n"


def test_a_short_name_that_is_replaced_is_named(ready: Operator) -> None:
    desk = of_today()
    ready.add(document(desk), "--short", "voorbeeld")

    result = ready.add(document(desk), "--short", "anders")

    assert "its short name is now anders, and voorbeeld no longer leads to it" in result.stdout


def sentence(outcome: Outcome) -> str:
    """Return the one line that a command which gave up said."""
    assert (outcome.returncode, outcome.stdout) == (1, "")
    said = outcome.stderr.removeprefix("meldkluis-intake: ")
    assert said != outcome.stderr
    assert said.count("\n") == 1
    return said.rstrip("\n")


def refused(operator: Operator, raw: bytes, *options: str) -> str:
    """Add a file that must be refused without a change; returns what was said."""
    before = operator.run("desk", "list").stdout
    result = operator.add(raw, *options)
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert operator.run("desk", "list").stdout == before
    return result.stderr


def test_an_older_version_is_refused(ready: Operator) -> None:
    desk = of_today()
    newer = SealedDesk(desk.root, desk.identities, desk.changes | {"version": 2, "previous": desk.document_hash()})
    ready.add(document(newer))

    assert "older" in refused(ready, document(desk))


def test_another_document_of_the_same_version_is_refused(ready: Operator) -> None:
    desk = of_today()
    ready.add(document(desk))
    other = SealedDesk(desk.root, desk.identities, desk.changes | {"contact": "elsewhere@example.org"})

    assert "does not follow" in refused(ready, document(other))


def test_another_root_is_refused(ready: Operator) -> None:
    desk = of_today()
    impostor = SealedDesk(changes=desk.changes | {"desk": desk.id})

    assert "root key" in refused(ready, document(impostor))


def test_an_expired_document_is_refused(ready: Operator) -> None:
    assert "not good on this day" in refused(ready, document(of_today(expires=today() - DAY)))


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b"\xff", b'{"document": 1}'])
def test_a_file_that_is_no_desk_is_refused(ready: Operator, raw: bytes) -> None:
    assert "not added" in refused(ready, raw)


def test_a_document_whose_signature_is_wrong_is_refused(ready: Operator) -> None:
    statement = json.loads(document(of_today()))
    statement["sig"] = "A" * 86

    assert "signature" in refused(ready, json.dumps(statement).encode())


@pytest.mark.parametrize("short", ["static", "health", "a", "Name", "a_b", "a" * 26])
def test_a_short_name_that_could_be_something_else_is_refused(ready: Operator, short: str) -> None:
    assert "--short" in refused(ready, document(of_today()), "--short", short)


def test_a_short_name_is_one_desks(ready: Operator) -> None:
    ready.add(document(of_today()), "--short", "voorbeeld")

    assert "another desk" in refused(ready, document(of_today()), "--short", "voorbeeld")


def test_a_command_without_tables_names_the_cure(operator: Operator) -> None:
    operator.folder.mkdir(mode=0o700)

    result = operator.run("desk", "list")

    assert result.returncode == 1
    assert "meldkluis-intake init" in result.stderr


@pytest.mark.parametrize("command", [("upgrade",), ("desk", "list")])
def test_a_command_before_init_names_init(operator: Operator, command: tuple[str, ...]) -> None:
    assert sentence(operator.run(*command)) == "data_folder: is not there; run meldkluis-intake init"


def test_a_desk_before_init_names_init(operator: Operator) -> None:
    result = operator.add(document(of_today()))

    assert sentence(result) == "data_folder: is not there; run meldkluis-intake init"


def test_init_refuses_a_data_folder_that_is_a_file(operator: Operator) -> None:
    operator.folder.write_bytes(b"mine")

    assert sentence(operator.run("init")).startswith("data_folder: cannot be made")
    assert operator.folder.read_bytes() == b"mine"


def test_init_refuses_a_data_folder_under_a_file(operator: Operator) -> None:
    operator.folder.write_bytes(b"mine")
    operator.environ["MELDKLUIS_INTAKE_DATA_FOLDER"] = str(operator.folder / "below")

    assert sentence(operator.run("init")).startswith("data_folder: cannot be made")


@pytest.mark.parametrize("command", [("check",), ("upgrade",), ("desk", "list")])
def test_a_damaged_database_is_told(ready: Operator, command: tuple[str, ...]) -> None:
    for path in ready.folder.glob("intake.sqlite3*"):
        path.unlink()
    (ready.folder / "intake.sqlite3").write_bytes(b"this is no database" * 100)
    (ready.folder / "intake.sqlite3").chmod(0o600)

    result = ready.run(*command)

    assert result.returncode == 1
    assert "the database is damaged" in result.stderr


def test_a_refusal_of_the_system_is_one_sentence(ready: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: object) -> None:
        raise OSError(28, "No space left on device", "a file")

    monkeypatch.setattr("intake.cli.blur", full)

    assert sentence(ready.run("upgrade")).startswith("a file: No space left on device")


@pytest.mark.parametrize("bind", ["127.0.0.1:99999", "127.0.0.1:http"])
def test_serve_refuses_a_port_that_no_socket_has(ready: Operator, bind: str) -> None:
    assert sentence(ready.run("serve", "--bind", bind)).startswith("--bind: ")


@needs_pages
@pytest.mark.parametrize(
    "setting, said",
    [
        ("LANGUAGE", "language: there are no pages in it; choose one of en, nl"),
        ("THEME", "theme: there is no such look; choose one of neutral, voorbeeldstad"),
    ],
)
def test_check_refuses_a_language_without_pages_and_a_look_that_is_not_there(
    ready: Operator, setting: str, said: str
) -> None:
    ready.environ[f"MELDKLUIS_INTAKE_{setting}"] = "fr"

    result = ready.run("check")

    assert result.returncode == 1
    assert said in result.stderr


@pytest.mark.parametrize("command", [(), ("desk",), ("desk", "add")])
def test_a_short_option_helps_too(operator: Operator, command: tuple[str, ...]) -> None:
    short, long = operator.run(*command, "-h"), operator.run(*command, "--help")

    assert (short.returncode, short.stdout) == (0, long.stdout)


def test_check_names_what_is_wrong(ready: Operator) -> None:
    ready.folder.chmod(0o755)

    result = ready.run("check")

    assert result.returncode == 1
    assert "chmod" in result.stderr


@pytest.mark.parametrize("inside", ["", "new"])
def test_check_tells_that_the_blob_folder_is_not_whole_and_upgrade_makes_it(ready: Operator, inside: str) -> None:
    blobs = ready.folder / "blobs"
    (blobs / "new").rmdir()
    if not inside:
        blobs.rmdir()

    told = ready.run("check").stderr
    ready.run("upgrade")

    assert "run meldkluis-intake upgrade" in told
    assert "blobs" not in ready.run("check").stderr
    assert stat.S_IMODE((blobs / "new").stat().st_mode) == 0o700


def test_check_tells_when_reporters_are_refused_for_want_of_room(ready: Operator) -> None:
    ready.environ["MELDKLUIS_INTAKE_FREE_SPACE_MB"] = str(10**12)

    result = ready.run("check")

    assert result.returncode == 1
    assert "free_space_mb: " in result.stderr
    assert "make room" in result.stderr


def test_check_tells_that_visitors_behind_a_proxy_count_as_one(ready: Operator) -> None:
    result = ready.run("check")

    assert result.returncode == 1
    assert "set proxy_hops = 1" in result.stderr


@needs_pages
def test_check_is_content_with_an_intake_behind_a_proxy(ready: Operator) -> None:
    ready.environ["MELDKLUIS_INTAKE_PROXY_HOPS"] = "1"
    ready.environ["MELDKLUIS_INTAKE_FREE_SPACE_MB"] = "1"
    ready.environ["MELDKLUIS_INTAKE_SECURITY_CONTACT"] = "mailto:security@voorbeeldstad.example"
    ready.environ["MELDKLUIS_INTAKE_SECURITY_EXPIRES"] = (today() + 100 * DAY).isoformat()

    result = ready.run("check")

    assert (result.returncode, result.stdout, result.stderr) == (0, "all is well\n", "")


@needs_pages
def test_serve_starts_with_little_room_so_that_members_can_work(
    ready: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    monkeypatch.setattr("intake.cli.require_safe_path", lambda _: None)
    monkeypatch.setattr("intake.cli.run", lambda _make, bind, _folder: started.append(bind))
    ready.environ["MELDKLUIS_INTAKE_FREE_SPACE_MB"] = str(10**12)

    result = ready.run("serve")

    assert started == ["127.0.0.1:8000"]
    assert "make room" in result.stderr


def test_serve_refuses_what_check_refuses(ready: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intake.cli.require_safe_path", lambda _: None)
    ready.folder.chmod(0o755)

    result = ready.run("serve")

    assert result.returncode == 1
    assert "chmod" in result.stderr


def test_upgrade_is_for_databases_of_any_age(ready: Operator) -> None:
    assert ready.run("upgrade").returncode == 0
