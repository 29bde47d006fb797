# SPDX-License-Identifier: EUPL-1.2
"""Who has left the desk still holds the keys of old cases, and their tool the document that still had them."""

import secrets

from casework.domain.case.events import MemberExcluded
from casework.logs.case_log import Author
from casework.logs.grants import GrantTerms, write_grant
from casework.service.desk import Desk
from casework.sync import logbook
from casework.wire.exchange import Signer
from crypto.caselog import CaseKey
from crypto.logs import parse_frame
from support.desk_world import Reporter, World


def case_of_three(world: World) -> tuple[Desk, Desk, str]:
    """Return the tools of one who stays and one who will go, and the case of them all."""
    anna, _, chris = world.synced("anna", "bram", "chris")
    world.report("Melding")
    anna.sync()
    chris.sync()
    return anna, chris, anna.cases()[0].id


def write_under(world: World, tool: Desk, case: str, version: int) -> int:
    """Append, with a member's own keys, an event that names a document of the member's choice; return its place."""
    session = tool._session
    log = session.logs[case]
    logbook.pull(session, log, world.today)
    author = Author(tool.member, session.keyring.secrets.identity, version, world.today)
    frame = log.write(MemberExcluded("anna", "Omdat"), author)
    return session.client.append(case, frame, Signer(log.key.login_seed, world.today), log.state.head).seq


def test_a_document_does_not_go_back_within_a_case_log(world: World) -> None:
    anna, chris, case = case_of_three(world)
    world.revise(["anna", "bram"])
    anna.sync()
    anna.declare(case, conflict=False)

    seq = write_under(world, chris, case, 1)
    anna.sync()

    assert [(void.seq, void.layer) for void in anna.case(case).voids] == [(seq, "binding")]
    assert anna.case(case).case.excluded == {}


def test_a_restarted_tool_still_knows_which_document_a_log_has_reached(world: World) -> None:
    anna, chris, case = case_of_three(world)
    world.revise(["anna", "bram"])
    anna.sync()
    anna.declare(case, conflict=False)
    anna = world.restart(anna)

    write_under(world, chris, case, 1)
    anna.sync()

    assert anna.case(case).case.excluded == {}


def test_who_left_cannot_write_under_the_document_that_leaves_them_out(world: World) -> None:
    anna, chris, case = case_of_three(world)
    world.revise(["anna", "bram"])
    anna.sync()

    seq = write_under(world, chris, case, 2)
    anna.sync()

    assert [(void.seq, void.layer) for void in anna.case(case).voids] == [(seq, "desk")]


def test_a_grant_under_an_older_document_than_the_report_names_opens_no_case(world: World) -> None:
    anna, chris = world.synced("anna", "chris")
    anna.sync()
    world.revise(["anna", "bram", "chris"])
    anna.sync()
    chris.sync()
    reporter = world.report("Melding")

    theirs = open_under_the_first_document(world, chris, reporter)
    anna.sync()

    (line,) = anna.cases()
    assert line.id != theirs


def open_under_the_first_document(world: World, tool: Desk, reporter: Reporter) -> str:
    """Append an opening of that member's own making to a mailbox; return the id of the case that it offers."""
    session, page = tool._session, reporter.page()
    report = parse_frame(page.records[0].frame, reporter.mailbox)
    first = session.desks.known[-1]
    assert first.document.version == 1
    key = CaseKey.generate(world.desk)
    terms = GrantTerms("open", ("anna", "chris"), key, secrets.token_bytes(32), report.hash)
    identity = session.keyring.secrets.identity
    frame = write_grant(first, reporter.mailbox, page, terms, "chris", identity, world.today)
    assert reporter.append_as(reporter.committee_seed(), frame, page.head).status_code == 201
    return key.log
