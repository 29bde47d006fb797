# SPDX-License-Identifier: EUPL-1.2
"""A reporter's keys, all of them from eight words (FORMAT.md section 8.2). Not for the intake."""

from dataclasses import dataclass, field

from crypto.age import Identity
from crypto.derive import derive_key
from crypto.passphrase import derive_root
from crypto.records import MailboxPublic
from crypto.signing import public_key


@dataclass(frozen=True, slots=True)
class MailboxKeys:
    """The secret keys of one mailbox at one desk."""

    desk: str
    login_seed: bytes = field(repr=False)
    """Ed25519 seed, 32 bytes, that signs requests."""
    sign_seed: bytes = field(repr=False)
    """Ed25519 seed, 32 bytes, that signs what the reporter says."""
    identity: Identity = field(repr=False)
    """Opens what is sealed to the reporter."""
    public: MailboxPublic

    @classmethod
    def from_words(cls, words: tuple[str, ...], desk: str) -> "MailboxKeys":
        """Return the keys of words that `passphrase.check_words` or `passphrase.new_words` gave."""
        return cls.from_root(derive_root(words, desk), desk)

    @classmethod
    def from_root(cls, root: bytes, desk: str) -> "MailboxKeys":
        """Return the keys of the root secret, 32 bytes."""
        login, sign = derive_key(root, "login"), derive_key(root, "sign")
        identity = Identity.from_seed(derive_key(root, "reply-to"))
        public = MailboxPublic(public_key(login), public_key(sign), identity.recipient())
        return cls(desk, login, sign, identity, public)

    @property
    def log(self) -> str:
        """The mailbox id."""
        return self.public.log(self.desk)
