# SPDX-License-Identifier: EUPL-1.2
"""A desk's own protocols: added as files, followed by new cases, and never changing under a case that runs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from casework.errors import CaseworkError
from casework.folder.home import Home
from casework.protocols import FOR_NEW_CASES, open_shelf
from support.desk_world import World

Run = Callable[..., Result]
OWN = """
format = 1
extends = "A_ambtenaren"
id = "A_ambtenaren"
version = {version}
title = {{ nl = "Ons onderzoek", en = "Our investigation" }}
"""


def written(folder: Path, version: int) -> Path:
    file = folder / f"ours-{version}.toml"
    file.write_text(OWN.format(version=version), encoding="utf-8")
    return file


def followed(world: World) -> str:
    desk = world.tool("anna")
    (line,) = desk.cases()
    case = desk.case(line.id).case
    assert case.pinned is not None
    return f"{case.pinned.protocol} {case.pinned.version}"


def test_a_newer_version_is_for_new_cases_and_a_running_case_keeps_its_own(
    world: World, run: Run, tmp_path: Path
) -> None:
    run("anna", "sync")
    run("bram", "sync")
    world.report("Eerste")
    run("anna", "sync")
    assert (
        "Kept: A_ambtenaren, version 7: Our investigation"
        in run("anna", "protocol", "add", str(written(tmp_path, 7))).output
    )
    world.report("Tweede")
    run("anna", "sync")
    desk = world.tool("anna")
    pinned = sorted(desk.case(line.id).case.pinned.version for line in desk.cases())  # type: ignore[union-attr]
    assert pinned == [1, 7]


@pytest.mark.parametrize("version", [1, 3])
def test_a_version_that_is_not_higher_is_refused(version: int, world: World, run: Run, tmp_path: Path) -> None:
    run("anna", "protocol", "add", str(written(tmp_path, 3)))
    other = written(tmp_path, version)
    other.write_text(other.read_text(encoding="utf-8") + "# other\n", encoding="utf-8")
    result = run("anna", "protocol", "add", str(other), fails=True)
    assert isinstance(result.exception, CaseworkError)
    assert "higher version" in str(result.exception)


def test_adding_the_same_file_twice_changes_nothing(world: World, run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert "Kept" in run("anna", "protocol", "add", str(written(tmp_path, 4))).output


def test_new_cases_follow_the_protocol_that_was_chosen(world: World, run: Run) -> None:
    run("anna", "sync")
    run("bram", "sync")
    assert "New cases follow: D_tijdelijke_commissie" in run("anna", "protocol", "use", "D_tijdelijke_commissie").output
    world.report("Melding")
    run("anna", "sync")
    assert followed(world).startswith("D_tijdelijke_commissie")


def test_a_protocol_that_is_not_at_hand_cannot_be_chosen(world: World, run: Run) -> None:
    result = run("anna", "protocol", "use", "Z", fails=True)
    assert isinstance(result.exception, CaseworkError)
    assert "There is no protocol Z" in str(result.exception)


def test_a_folder_that_joined_before_protocols_could_be_chosen_still_opens(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text(
        '{"origin": "https://x.example", "desk": "' + "a" * 26 + '", "member": "' + "b" * 26 + '", "proxy": null}',
        encoding="utf-8",
    )
    assert Home(tmp_path).settings().protocol == FOR_NEW_CASES


def test_the_shelf_knows_every_version_that_a_case_may_follow() -> None:
    own = [(f"{version}.toml", OWN.format(version=version).encode()) for version in (2, 9, 5)]
    shelf = open_shelf(own)
    assert shelf.newest["A_ambtenaren"].version == 9
    assert {2, 5, 9} <= {protocol.version for protocol in shelf.by_digest.values()}


def test_a_kept_file_that_cannot_be_read_any_more_locks_nobody_out(world: World, run: Run, tmp_path: Path) -> None:
    run("anna", "sync")
    run("bram", "sync")
    world.report("Eerste")
    run("anna", "sync")
    run("anna", "protocol", "add", str(written(tmp_path, 7)))
    world.report("Tweede")
    run("anna", "sync")
    (kept,) = (world.home("anna").folder / "protocols").iterdir()
    kept.write_text("format = 9", encoding="utf-8")

    desk = world.tool("anna")
    views = {view.case.pinned.version: view for line in desk.cases() if (view := desk.case(line.id)).case.pinned}

    (told,) = desk.overview().broken_protocols
    assert told.startswith(kept.name)
    assert views[1].protocol is not None
    assert views[7].protocol is None
    assert "acknowledgement" in {clock.term.name for clock in views[7].assessment.owed}
