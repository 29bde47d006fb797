# SPDX-License-Identifier: EUPL-1.2
"""A member who was away for weeks, while colleagues renewed their keys and the desk got a new document."""

from collections.abc import Callable

import pytest

from casework.desk.desks import Desks, load
from casework.errors import DateToConfirmError, MissingError
from casework.folder.vault import Vault
from casework.service.desk import Desk
from crypto.desk import read_bundle, read_history, write_history
from crypto.errors import DeskError
from support.desk_world import World
from support.intake_simulator import Refusal

MEMBERS = ["anna", "bram", "chris"]
REPORT = "Er verdwijnt geld."


def start(world: World) -> tuple[Desk, Desk, Desk]:
    """Chris syncs for the last time on the twentieth day, a day or two before the others renew their keys."""
    anna, bram = world.synced("anna", "bram")
    world.pass_days(20)
    (chris,) = world.synced("chris")
    return anna, bram, chris


def renew(world: World, *tools: Desk) -> None:
    """Have these members make their next keys; go on to the twenty-eighth day, the last one of those in force."""
    world.pass_days(2)
    for tool in tools:
        tool.sync()
    world.pass_days(6)


def revise_and_return(world: World, *tools: Desk) -> None:
    """A new document appears, these members sign for it, and three weeks have passed since Chris was here."""
    world.pass_days(1)
    world.revise(MEMBERS)
    for tool in tools:
        tool.sync()
    world.pass_days(10)


def come_back(world: World) -> tuple[Desk, Desk]:
    """Return Anna, who opened a report on the thirtieth day, and Chris on the forty-first."""
    anna, bram, chris = start(world)
    renew(world, anna, bram)
    world.pass_days(2)
    reporter = world.report(REPORT)
    assert reporter.report
    assert reporter.report.sealed_to == ("anna", "bram", "chris")
    anna.sync()
    revise_and_return(world, anna, bram)
    return anna, chris


def history_requests(world: World) -> int:
    return sum(path.endswith("/history") for _, path in world.intake.requests)


def withhold(_method: str, path: str) -> None:
    if path.endswith("/history"):
        raise Refusal(404, "unknown")


def reads(tool: Desk, case: str) -> bool:
    return tool.case(case).reports[0].answers == {"what": REPORT}


def test_who_comes_back_after_three_weeks_opens_the_report_in_the_case_that_is_there(each_world: World) -> None:
    anna, chris = come_back(each_world)

    result = chris.sync()

    assert (result.problems, result.opened, result.closed) == ([], 1, 0)
    assert [line.id for line in chris.cases()] == [line.id for line in anna.cases()]
    assert reads(chris, chris.cases()[0].id)
    assert anna.sync().problems == []


def test_keys_of_colleagues_that_are_destroyed_do_not_keep_a_younger_key_from_opening(each_world: World) -> None:
    anna, bram = each_world.synced("anna", "bram")
    each_world.pass_days(20)
    (chris,) = each_world.synced("chris")
    each_world.pass_days(1)
    each_world.revise(MEMBERS)
    for tool in (chris, anna, bram):
        tool.sync()
    each_world.report(REPORT)
    for days in (1, 22, 15):
        each_world.pass_days(days)
        for tool in (anna, bram):
            tool.sync()
    with pytest.raises(DateToConfirmError):
        chris.sync()

    assert chris.sync(confirmed=each_world.today).problems == []

    assert [line.id for line in chris.cases()] == [line.id for line in anna.cases()]


def test_a_lost_vault_is_made_again_from_the_history(each_world: World) -> None:
    anna, chris = come_back(each_world)
    chris.close()
    each_world.home("chris").vault_file.unlink()

    chris = each_world.tool("chris")

    assert chris.sync().problems == []
    assert [line.id for line in chris.cases()] == [line.id for line in anna.cases()]


def test_the_history_is_asked_for_once_in_a_sync_and_kept(world: World) -> None:
    anna, bram, chris = start(world)
    renew(world, anna, bram)
    world.pass_days(2)
    for _ in range(2):
        world.report(REPORT)
    revise_and_return(world, anna, bram)

    world.intake.requests.clear()

    assert chris.sync().opened == 2

    assert history_requests(world) == 1
    chris.close()
    vault = Vault(world.home("chris").vault_file)
    _, first = load(vault, world.desk).known
    vault.close()
    assert sorted(epoch.member for epoch in first.epochs) == ["anna", "anna", "bram", "bram", "chris"]


def test_who_was_not_away_asks_for_no_history(world: World) -> None:
    anna, bram, _ = world.synced(*MEMBERS)
    world.report(REPORT)
    for tool in (anna, bram):
        tool.sync()

    assert history_requests(world) == 0


@pytest.mark.parametrize(
    "mischief, said",
    [
        (lambda world: write_history(world.today, [], world.intake.documents, []), "keys of other members"),
        (lambda world: write_history(world.today, [], world.intake.documents[::-1], []), "not in their order"),
        (lambda world: world.intake.bundle(), "does not give them"),
    ],
    ids=["epochs left out", "documents in another order", "no history"],
)
def test_a_report_waits_for_a_history_that_is_withheld_and_opens_with_it(
    world: World, mischief: Callable[[World], bytes], said: str
) -> None:
    anna, chris = come_back(world)
    world.intake.alter_history = lambda _raw: mischief(world)

    (problem,) = chris.sync().problems

    assert isinstance(problem.error, MissingError)
    assert said in str(problem.error)
    assert "tried again at each sync" in str(problem.error)
    assert (chris.cases(), chris.overview().unopened) == ((), 1)

    world.intake.alter_history = lambda raw: raw
    assert chris.sync().problems == []
    assert [line.id for line in chris.cases()] == [line.id for line in anna.cases()]


def test_an_intake_that_knows_no_history_loses_nothing(world: World) -> None:
    anna, chris = come_back(world)
    world.intake.before = withhold
    for _ in range(2):
        (problem,) = chris.sync().problems
        assert "earlier documents and keys are needed" in str(problem.error)

    world.intake.before = lambda _method, _path: None
    assert chris.sync().problems == []
    assert [line.id for line in chris.cases()] == [line.id for line in anna.cases()]


def test_a_document_that_is_withheld_is_what_the_message_says(world: World) -> None:
    _, chris = come_back(world)
    chris.close()
    world.home("chris").vault_file.unlink()
    world.intake.alter_history = lambda _raw: write_history(world.today, [], world.intake.documents[1:], [])

    (problem,) = world.tool("chris").sync().problems

    assert "a version of the desk's document" in str(problem.error)


def test_a_grant_that_cannot_be_judged_yet_is_not_answered_with_a_second_case(world: World) -> None:
    anna, bram, chris = start(world)
    renew(world, anna, bram)
    reporter = world.report(REPORT)
    world.pass_days(2)
    anna.sync()
    revise_and_return(world)
    standing = len(world.intake.logs[reporter.mailbox].entries)
    world.intake.before = withhold

    (problem,) = chris.sync().problems

    assert isinstance(problem.error, MissingError)
    assert len(world.intake.logs[reporter.mailbox].entries) == standing
    world.intake.before = lambda _method, _path: None
    assert chris.sync().problems == []
    assert [line.id for line in chris.cases()] == [line.id for line in anna.cases()]


def test_a_member_who_writes_bad_grants_keeps_nobody_from_the_report(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, bram, _ = world.synced(*MEMBERS)
    world.report(REPORT)
    with monkeypatch.context() as bad:
        bad.setattr("casework.logs.grants.recipients_hash", lambda _epochs: bytes(32))
        bram.sync()

    assert anna.sync().problems == []

    assert reads(anna, anna.cases()[0].id)


def test_a_message_of_those_weeks_waits_for_the_history_and_is_not_void(world: World) -> None:
    anna, bram, chris = start(world)
    reporter = world.report(REPORT)
    anna.sync()
    chris.sync()
    (case,) = [line.id for line in chris.cases()]
    renew(world, anna, bram)
    world.pass_days(2)
    reporter.send_message("Nu ook gereedschap.")
    revise_and_return(world)
    world.intake.before = withhold

    (problem,) = chris.sync().problems
    assert (problem.log, type(problem.error)) == (case, MissingError)
    assert not chris.case(case).voids

    world.intake.before = lambda _method, _path: None
    result = chris.sync()
    assert (result.problems, result.messages) == ([], 1)
    said = [item.texts for item in chris.case(case).timeline if item.kind == "message_received"]
    assert said == [{"text": "Nu ook gereedschap."}]


def test_a_history_brings_no_document_that_is_newer_than_the_bundles(world: World) -> None:
    known = Desks()
    known.add(read_bundle(world.desk, world.intake.bundle(), world.today))
    world.revise(MEMBERS)

    known.add_history(read_history(world.desk, world.intake.history(), world.today))

    assert [desk.document.version for desk in known.known] == [1]


def test_a_history_cannot_replace_a_document_that_was_seen(
    world: World, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = world.fork(tmp_path_factory.mktemp("forked") / "members")
    world.revise(MEMBERS)
    other.revise(["anna", "bram"])
    known = Desks()
    known.add(read_bundle(world.desk, world.intake.bundle(), world.today))

    with pytest.raises(DeskError, match="another desk document"):
        known.add_history(read_history(other.desk, other.intake.history(), other.today))

    assert [len(desk.document.members) for desk in known.known] == [3]


def test_a_sole_live_member_opens_a_report_before_its_key_is_destroyed(world: World) -> None:
    anna, _, _ = world.synced("anna", "bram", "chris")
    world.report("Melding")

    world.pass_days(30)
    anna.sync()

    assert len(anna.cases()) == 1
