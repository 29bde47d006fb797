# SPDX-License-Identifier: EUPL-1.2
"""A reporter's files: announced, sealed, sent part by part and signed for, each step by itself."""

from io import BytesIO

from casework.wire.exchange import Signer
from casework.wire.intake_client import IntakeClient
from crypto.age import Start, new_start
from crypto.blob import BlobHash, new_attachment, open_blob, seal_blob
from crypto.records import Attachment
from crypto.seal import member_recipients
from support.desk_world import Reporter, World
from support.intake_simulator import ORIGIN


class ReporterFiles:
    def __init__(self, world: World, *files: tuple[str, str, bytes]) -> None:
        """Announce files (name, type, content) with a fresh report."""
        self.reporter = Reporter(world)
        self.sealed: dict[str, tuple[bytes, Start]] = {}
        self.client = IntakeClient(ORIGIN, transport=world.intake.transport)
        self.attachments = [self.announce(*file) for file in files]
        self.reporter.send_report("The bills are in the files.", attachments=self.attachments)
        self.head, _ = self.reporter.state()

    def announce(self, name: str, media_type: str, content: bytes) -> Attachment:
        world = self.reporter.world
        live = self.reporter.desk().live(world.today)
        start = new_start(member_recipients(live, [epoch.member for epoch in live]))
        attachment = new_attachment(name, media_type, len(content), start)
        self.sealed[attachment.blob] = (content, start)
        return attachment

    def parts(self, attachment: Attachment) -> list[bytes]:
        content, start = self.sealed[attachment.blob]
        return list(seal_blob(BytesIO(content), len(content), start))

    def upload(self, attachment: Attachment, parts: list[bytes] | None = None) -> None:
        for number, part in enumerate(self.parts(attachment) if parts is None else parts, 1):
            self.client.put_blob_part(attachment.blob, number, part, self.signer)

    def sign_for(self, *attachments: Attachment) -> None:
        """Append the `files` message for attachments of the report."""
        rooted = []
        for attachment in attachments:
            hashed = BlobHash()
            for part in self.parts(attachment):
                hashed.update(part)
            rooted.append(with_root(attachment, hashed.root()))
        self.reporter.send({}, kind="files", about=self.head, attachments=rooted)

    def send_all(self) -> None:
        for attachment in self.attachments:
            self.upload(attachment)
        self.sign_for(*self.attachments)

    def received(self, attachment: Attachment) -> bytes:
        """Return what the reporter gets of a file of the committee."""
        state = self.client.blob(attachment.blob, self.signer)
        assert not state.missing
        parts = (self.client.blob_part(attachment.blob, n, self.signer) for n in range(1, state.parts + 1))
        return b"".join(open_blob(parts, attachment))

    @property
    def signer(self) -> Signer:
        return Signer(self.reporter.keys.login_seed, self.reporter.world.today)


def with_root(attachment: Attachment, root: bytes) -> Attachment:
    return Attachment(attachment.blob, attachment.name, attachment.type, attachment.size, attachment.key, root)
