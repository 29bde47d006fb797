# SPDX-License-Identifier: EUPL-1.2
"""A small world for tests of the members' tool: a desk, members with folders and keys, a reporter, an intake.

All real but the network: members run `casework`, the reporter seals by `crypto`, and the intake is the simulator
or, through `transport`, the real one. The day is the world's and moves when a test says so.
"""

import copy
import secrets
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx

from casework.folder.home import Home, Settings
from casework.service.ceremony import (
    Card,
    first_document,
    new_member,
    new_root,
    next_document,
    read_card,
    read_signed_document,
)
from casework.service.desk import Desk
from casework.wire.exchange import Signer
from casework.wire.intake_client import IntakeClient
from crypto.answers import Page
from crypto.deletion import Deletion, was_reply, write_deletion
from crypto.desk import Desk as DeskKeys
from crypto.desk import desk_id, read_bundle
from crypto.encoding import b64encode
from crypto.epochs import recipients_hash
from crypto.httpsig import sign_request
from crypto.logs import ZERO_HEAD, parse_frame
from crypto.mailbox import MailboxKeys
from crypto.place import Place
from crypto.records import Attachment, Seen
from crypto.seal import new_report, seal_message, seal_report
from crypto.signing import public_key
from crypto.statements import Message, Reply, Report
from crypto.unseal import Opened, open_reply
from support.intake_simulator import ORIGIN, IntakeSimulator

DAY = date(2026, 11, 23)
PASSPHRASE = "een lange zin voor de proef"
PROFILE: dict[str, object] = {
    "issued": date(2026, 11, 1),
    "expires": date(2027, 10, 31),
    "opens": None,
    "closes": None,
    "languages": ["nl", "en"],
    "name": {"nl": "Meldpunt Voorbeeldstad", "en": "Integrity desk of Voorbeeldstad"},
    "texts": {},
    "elsewhere": [],
    "policy": {"names_shown": False, "exclusion": True, "receipt_is_ack": False, "recovery": None},
    "contact": "meldpunt@voorbeeldstad.example",
}


@dataclass
class World:
    folder: Path
    seed: bytes
    cards: dict[str, Card]
    intake: IntakeSimulator
    today: date = DAY
    open_tools: list[Desk] = field(default_factory=list)

    @property
    def desk(self) -> str:
        return self.intake.desk

    def home(self, member: str) -> Home:
        return Home(self.folder / member)

    def tool(self, member: str, confirmed: date | None = None) -> Desk:
        """Unlock a member's tool; it sees the world's day."""
        tool = Desk.unlock(
            self.home(member),
            PASSPHRASE,
            clock=lambda: self.today,
            confirmed=confirmed,
            transport=self.intake.transport,
        )
        self.open_tools.append(tool)
        return tool

    def synced(self, *members: str) -> list[Desk]:
        """Unlock and sync these members' tools, so that all of them are live."""
        tools = [self.tool(member) for member in members]
        for tool in tools:
            tool.sync()
        return tools

    def restart(self, tool: Desk) -> Desk:
        """Close a tool and unlock it anew, as after a crash."""
        tool.close()
        return self.tool(tool.member)

    def pass_days(self, days: int) -> None:
        self.today += timedelta(days=days)
        self.intake.today = self.today

    def revise(self, members: list[str], profile: dict[str, object] | None = None) -> None:
        """Publish the next desk document, with these members."""
        before = read_signed_document(self.intake.document)
        cards = [self.cards[member] for member in members]
        self.intake.publish(next_document(profile or PROFILE, cards, (), self.seed, before))

    def reporter(self, keys: MailboxKeys, report: Report) -> "Reporter":
        """Return a reporter of this world who sent that report."""
        return Reporter(self, keys, report)

    def report(self, text: str, excluded: tuple[str, ...] = ()) -> "Reporter":
        """Have a reporter send a report."""
        reporter = Reporter(self)
        reporter.send_report(text, excluded)
        return reporter

    def fork(self, folder: Path) -> "World":
        """Return a copy of this world that goes its own way; its tools are closed here first."""
        self.close()
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        return World(folder, self.seed, self.cards, copy.deepcopy(self.intake), self.today)

    def close(self) -> None:
        for tool in self.open_tools:
            tool.close()
        self.open_tools.clear()


class Reporter:
    """Somebody with eight words: seals by `crypto` what the reporter's page seals in a browser."""

    def __init__(self, world: World, keys: MailboxKeys | None = None, report: Report | None = None) -> None:
        self.world = world
        self.keys = keys or MailboxKeys.from_root(secrets.token_bytes(32), world.desk)
        self.report = report
        self.http = httpx.Client(transport=world.intake.transport)

    @property
    def mailbox(self) -> str:
        return self.keys.log

    def desk(self) -> DeskKeys:
        raw = self.http.get(f"{ORIGIN}/desks/{self.world.desk}").content
        return read_bundle(self.world.desk, raw, self.world.today)

    def send_report(
        self,
        text: str,
        excluded: tuple[str, ...] = (),
        attachments: Sequence[Attachment] = (),
        more: Mapping[str, str] | None = None,
    ) -> None:
        desk, today = self.desk(), self.world.today
        report = new_report(
            self.keys,
            desk,
            today,
            {"what": text, **(more or {})},
            language="nl",
            excluded=excluded,
            attachments=attachments,
        )
        self.report = report
        self._append(seal_report(report, self.keys, desk.live(today)), {"if_none_match": "*"})

    def send_message(self, text: str, to: tuple[str, ...] | None = None) -> None:
        self.send({"text": text}, to=to)

    def send(
        self,
        answers: dict[str, str],
        kind: str = "message",
        about: bytes | None = None,
        attachments: Sequence[Attachment] = (),
        to: tuple[str, ...] | None = None,
    ) -> None:
        assert self.report
        head, length = self.state()
        desk, today = self.desk(), self.world.today
        live = desk.live(today)
        included = [epoch for epoch in live if epoch.member in (to or self.report.sealed_to)]
        message = Message(
            desk=desk.id,
            log=self.mailbox,
            seq=length + 1,
            prev=head,
            desk_version=desk.document.version,
            desk_hash=desk.document.hash,
            day=today,
            language="nl",
            sealed_to=tuple(epoch.member for epoch in included),
            excluded=tuple(epoch.member for epoch in live if epoch not in included),
            recipients_hash=recipients_hash(included),
            attachments=tuple(attachments),
            answers=answers,
            kind=kind,
            about=about,
        )
        frame = seal_message(message, self.keys, live, Seen(length, head), self.report.excluded)
        self._append(frame, {"if_match": f'"{b64encode(head)}"'})

    def delete(self, sign_seed: bytes | None = None) -> bytes:
        """Delete the mailbox, signed with another key than the reporter's if one is given; returns the frame."""
        page = self.page()
        of = tuple(entry.seq for entry in page.records if was_reply(entry.frame, self.mailbox))
        deletion = Deletion(self.world.desk, self.mailbox, page.length + 1, page.head, self.world.today, of)
        frame = write_deletion(deletion, sign_seed or self.keys.sign_seed)
        self._append(frame, {"if_match": f'"{b64encode(page.head)}"'})
        return frame

    def state(self) -> tuple[bytes, int]:
        page = self.page()
        return page.head, page.length

    def replies(self) -> list[Reply]:
        """Return the committee's replies as the reporter's page reads them; the page's own refusals raise."""
        assert self.report
        desk = self.desk()
        readers, version, prev, found = self.report.sealed_to, self.report.desk_version, ZERO_HEAD, []
        for entry in self.page().records:
            frame = parse_frame(entry.frame, self.mailbox)
            if len(frame.parts) == 1 and frame.meta.committee_login is None:
                place = Place(self.mailbox, entry.seq, prev)
                reply: Opened[Reply] = open_reply(frame, [desk], self.keys, place, readers, version)
                found.append(reply.record)
                readers, version = reply.record.readers, reply.record.desk_version
            prev = entry.head
        return found

    def page(self) -> Page:
        """Return the whole mailbox as its reporter may read it."""
        intake = IntakeClient(ORIGIN, transport=self.world.intake.transport)
        return intake.entries(self.mailbox, 0, Signer(self.keys.login_seed, self.world.today))

    def committee_seed(self) -> bytes:
        assert self.report
        return self.report.committee_seed

    def append_as(self, seed: bytes, frame: bytes, head: bytes) -> httpx.Response:
        """Append with any login: what somebody can do who knows its seed."""
        return self._post(frame, {"if_match": f'"{b64encode(head)}"'}, seed)

    def _append(self, frame: bytes, precondition: dict[str, str]) -> None:
        answer = self._post(frame, precondition, self.keys.login_seed)
        assert answer.status_code == 201, answer.text

    def _post(self, frame: bytes, precondition: dict[str, str], seed: bytes) -> httpx.Response:
        target = f"{ORIGIN}/logs/{self.mailbox}/entries"
        headers = sign_request("POST", target, self.world.today, seed, frame, **precondition)
        kind = {"Content-Type": "application/octet-stream"}
        return self.http.post(target, headers=headers | kind, content=frame)


def make_world(
    folder: Path,
    members: tuple[str, ...] = ("anna", "bram", "chris"),
    intake: Callable[[str, bytes, date], IntakeSimulator] = IntakeSimulator,
) -> World:
    """Hold the ceremony for these members and start an intake that knows the desk; every member has joined."""
    cards = {}
    for member in members:
        role = {"nl": "commissielid", "en": "member"}
        cards[member] = read_card(new_member(Home(folder / member), PASSPHRASE, member, member.title(), role, DAY))
    seed, _ = new_root(2, 3)
    started = intake(desk_id(public_key(seed)), first_document(PROFILE, list(cards.values()), (), seed), DAY)
    for member in members:
        Home(folder / member).write_settings(Settings(ORIGIN, started.desk, member))
    return World(folder, seed, cards, started)
