# SPDX-License-Identifier: EUPL-1.2
"""A real intake on loopback, with desks whose members' keys the test holds: the other side of a browser test."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from werkzeug.serving import make_server

from casework.logs.deletion import Deleted, deletions
from casework.wire.exchange import Signer
from casework.wire.intake_client import IntakeClient
from crypto.blob import claims_of, open_blob
from crypto.desk import Desk, read_bundle, write_bundle
from crypto.document import Elsewhere, Policy
from crypto.encoding import b64encode, dump_json
from crypto.logs import HASH_LENGTH, Meta, encode_frame, parse_frame
from crypto.place import Place
from crypto.recipients import Identity
from crypto.records import Attachment, sign_record
from crypto.seal import seal_to_reporter
from crypto.statements import Message, Reply, Report
from crypto.unseal import Opened, Reader, open_message, open_report
from intake import clock
from intake.app import create_app
from intake.blobstore.files import FileBlobStore, make_folder
from intake.deskfile import read_desk_file
from intake.settings import Settings
from intake.site import load_site
from intake.store import schema
from intake.store.engine import connect
from intake.store.sql import SqlStore
from processes import free_port
from support.answering import answering
from support.committee_files import seal_files
from support.sealed_desk import SealedDesk, seed

ROUTES = (
    Elsewhere("phone", {"nl": "Vertrouwenspersoon", "en": "Confidential adviser"}, "0800 123 45 67", None),
    Elsewhere("authority", {"nl": "Huis voor Klokkenluiders"}, "https://www.huisvoorklokkenluiders.nl/", None),
)
POLICY = Policy(names_shown=True, exclusion=True, receipt_is_ack=False, recovery=None)


@dataclass
class LiveDesk:
    """A desk with three members who can open what is sealed to them."""

    site: "ReporterSite"
    sealed: SealedDesk
    identities: dict[str, Identity] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.sealed.id

    def url(self, language: str = "nl", page: str = "") -> str:
        return f"{self.site.origin}/{self.id}/{language}/{page}"

    def publish(self, live: tuple[str, ...] | None = None) -> None:
        """Hand the intake the document and an epoch of each live member (all, if not given)."""
        names = tuple(self.sealed.identities) if live is None else live
        self.identities |= {name: Identity.generate() for name in names if name not in self.identities}
        today = self.site.today
        epochs = [self.sealed.epoch(name, today, recipient=self.identities[name].recipient()) for name in names]
        self.site.add(write_bundle(today, [], self.sealed.statement(), epochs))

    def revise(self, **changes: object) -> None:
        """Publish the next version of the document, with these fields changed."""
        before = self.sealed.document()
        after = {"version": before.version + 1, "previous": self.sealed.document_hash()}
        self.sealed.changes |= after | changes
        self.publish()

    def dismiss(self, member: str) -> None:
        """Publish the next version of the document, without this member."""
        members = self.sealed.document().members
        self.sealed.changes["members"] = members
        del self.sealed.identities[member]
        self.revise(members=tuple(one for one in members if one.id != member))

    def report(self, reader: str | None = None) -> Opened[Report]:
        """The one report that this desk has got, opened by a member (the first, if not given)."""
        _, opened = self._only_report(reader)
        return opened

    def first_frame(self) -> bytes:
        """What the intake took of the only report: the body of the request that brought it."""
        (log,) = self.mailboxes()
        (record,) = self.site.client.first_entry(log, self._member())
        return record.frame

    def frame_hash(self) -> str:
        """SHA-256 of the report's frame as the intake keeps it, b64."""
        return b64encode(sha256(self.first_frame()).digest())

    def message(self) -> Message:
        """The newest entry of the reporter after the report."""
        log, opened = self._only_report()
        page = self.site.client.entries(log, 0, self._committee(opened))
        record = page.records[-1]
        place = Place(log, record.seq, page.records[-2].head)
        frame = parse_frame(record.frame, log)
        return open_message(frame, [self._desk()], self._reader(), opened.record.keys.sign, place).record

    def deleted(self) -> tuple[list[Deleted], list[int]]:
        """The reporter's deletions as members verify them, and the places of entries of which only the hash is left."""
        log, opened = self._only_report()
        records = self.site.client.entries(log, 0, self._committee(opened)).records
        gone = [record.seq for record in records if len(record.frame) == HASH_LENGTH]
        return deletions(log, self.id, records, opened.record.keys.sign), gone

    def file(self, attachment: Attachment) -> bytes:
        """The bytes of a file that the reporter sent, opened with the record of a `files` message."""
        signer = self._committee(self.report())
        parts = range(1, self.site.client.blob(attachment.blob, signer).parts + 1)
        return b"".join(open_blob((self.site.client.blob_part(attachment.blob, n, signer) for n in parts), attachment))

    def reply(
        self, kind: str, text: str, *, forged: bool = False, files: Sequence[tuple[str, bytes]] = (), **content: str
    ) -> None:
        """Append a reply of the first member to the only report's mailbox; a forged one is signed with another key.

        ``files`` are names and contents of what goes with it.
        """
        log, opened = self._only_report()
        signer = self._committee(opened)
        page = self.site.client.entries(log, 0, signer)
        member, key = next(iter(self.sealed.identities.items()))
        sealed = seal_files(files, opened.record.keys.reply_to)
        attachments = tuple(file.record for file in sealed)
        reply = Reply(
            desk=self.id,
            log=log,
            seq=page.length + 1,
            prev=page.head,
            desk_version=opened.record.desk_version,
            desk_hash=opened.record.desk_hash,
            day=self.site.today,
            author=member,
            language="nl",
            kind=kind,
            about=None,
            readers=opened.record.sealed_to,
            attachments=attachments,
            content={"text": text, **content},
        )
        part = seal_to_reporter(sign_record(reply, seed() if forged else key), opened.record.keys.reply_to)
        frame = encode_frame(Meta(log, claims_of(attachments, 1)), (part,))
        self.site.client.append(log, frame, signer, page.head)
        for file in sealed:
            for number, blob_part in enumerate(file.parts, start=1):
                self.site.client.put_blob_part(file.record.blob, number, blob_part, signer)

    def mailboxes(self) -> list[str]:
        """Ids of all mailboxes of this desk."""
        listing = self.site.client.mailboxes(self.id, self.site.today - timedelta(days=1), self._member())
        return [log for log, _ in listing.mailboxes]

    def as_member(self) -> Signer:
        """Signs requests as one of the members."""
        return self._member()

    def _only_report(self, reader: str | None = None) -> tuple[str, Opened[Report]]:
        (log,) = self.mailboxes()
        frame = parse_frame(self.first_frame(), log)
        return log, open_report(frame, [self._desk()], self._reader(reader))

    def _desk(self) -> Desk:
        return read_bundle(self.id, self.site.client.bundle(self.id), self.site.today)

    def _member(self) -> Signer:
        return Signer(next(iter(self.sealed.identities.values())), self.site.today)

    def _reader(self, name: str | None = None) -> Reader:
        name = name or next(iter(self.sealed.identities))
        return Reader(name, [self.identities[name]])

    def _committee(self, opened: Opened[Report]) -> Signer:
        return Signer(opened.record.committee_seed, self.site.today)


class ReporterSite:
    """The intake itself."""

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        self.origin = f"http://127.0.0.1:{port}"
        self.today: date = clock.today()
        settings = Settings(
            data_folder=folder, origins=(self.origin,), unsafe_loopback_http=True, opening_limit="10000/minute"
        )
        database = connect(settings.database)
        schema.upgrade(database)
        self.store = SqlStore(database)
        make_folder(settings.blob_folder)
        blobs = FileBlobStore(settings.blob_folder)
        self.app = create_app(settings, store=self.store, blobs=blobs, site=load_site(settings.leave_to))
        self.client = IntakeClient(self.origin)

    def day(self, offset: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=offset)

    def add(self, bundle: bytes) -> None:
        """Add a desk's file, as `meldkluis-intake desk add` does."""
        added = read_desk_file(bundle, self.today, self.store.desk, None)
        self.store.put_desk(added.record)
        for epoch in added.epochs:
            self.store.put_epoch(epoch, self.today)

    def desk(self, live: tuple[str, ...] | None = None, **changes: object) -> LiveDesk:
        """A fresh desk that the intake knows; ``changes`` replace fields of its document."""
        usual: dict[str, object] = {
            "issued": self.today - timedelta(days=10),
            "expires": self.today + timedelta(days=300),
            "name": {"nl": "Meldpunt Voorbeeldstad", "en": "Integrity desk of Voorbeeldstad"},
            "elsewhere": ROUTES,
            "policy": POLICY,
        }
        desk = LiveDesk(self, SealedDesk(changes=usual | changes))
        desk.publish(live)
        return desk


@contextmanager
def reporter_site(folder: Path) -> Iterator[ReporterSite]:
    """A site that answers on loopback until the block ends."""
    port = free_port()
    site = ReporterSite(folder, port)
    server = make_server("127.0.0.1", port, site.app, threaded=True)
    with answering(server):
        yield site
    site.client.close()
    site.store.close()


def other_bundle(site: ReporterSite, desk: LiveDesk) -> bytes:
    """What a server would send that puts another desk, with a root of its own, at this desk's address."""
    impostor = SealedDesk(changes=desk.sealed.changes | {"desk": desk.id})
    epochs = [impostor.epoch(name, site.today) for name in impostor.identities]
    return write_bundle(site.today, [], impostor.statement(), epochs)


def error_body(code: str) -> str:
    """An error answer of the intake (API.md)."""
    return dump_json({"error": code, "message": "for the test"}).decode()
