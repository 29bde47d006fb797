# SPDX-License-Identifier: EUPL-1.2
"""Entries of a case under a newer document of the desk than this tool has seen."""

import pytest

from casework.domain.case.events import NoteAdded
from casework.logs.case_log import Author
from support.desk_world import World


def test_an_entry_under_a_newer_document_counts_for_a_tool_that_did_not_sync_since(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    world.revise(["anna", "bram", "chris"])
    anna.sync()
    anna.declare(line.id, conflict=False)

    view = bram.declare(line.id, conflict=False)

    assert view.voids == ()
    assert set(view.case.declarations) == {"anna", "bram"}


def test_an_entry_whose_document_the_intake_hides_counts_when_it_comes(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    old = world.intake.bundle()
    world.revise(["anna", "bram", "chris"])
    anna.sync()
    anna.declare(line.id, conflict=False)

    world.intake.alter_bundle = lambda _raw: old
    bram.sync()
    hidden = bram.case(line.id)
    world.intake.alter_bundle = lambda raw: raw
    bram.sync()

    assert [void.layer for void in hidden.voids] == ["missing"]
    assert bram.case(line.id).voids == ()
    assert set(bram.case(line.id).case.declarations) == {"anna"}
    assert set(world.restart(bram).case(line.id).case.declarations) == {"anna"}


def test_a_document_that_never_was_keeps_nobody_from_the_case(world: World) -> None:
    anna, bram = world.synced("anna", "bram")
    world.report("Melding")
    anna.sync()
    bram.sync()
    (line,) = anna.cases()
    log, session = anna._session.logs[line.id], anna._session
    author = Author("anna", session.keyring.secrets.identity, 9_999, world.today)
    world.intake.place(line.id, log.write(NoteAdded("x", None), author), "member")

    assert bram.sync().problems == []
    bram.declare(line.id, conflict=False)

    assert [void.layer for void in bram.case(line.id).voids] == ["missing"]
    assert set(bram.case(line.id).case.declarations) == {"bram"}


def test_a_long_decision_does_not_fold_the_log_for_each_of_its_events(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, _ = world.synced("anna", "bram")
    reporter = world.report("Melding")
    anna.sync()
    for number in range(3):
        reporter.send_message(f"Aanvulling {number}")

    def fail(_entries: object) -> None:
        raise AssertionError("the whole log was folded")

    monkeypatch.setattr("casework.sync.logbook.fold", fail)

    assert anna.sync().problems == []
    assert anna.cases()[0].unanswered == 3
