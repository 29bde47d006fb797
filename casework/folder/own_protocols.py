# SPDX-License-Identifier: EUPL-1.2
"""A desk's own protocols, in the member's folder: checked before they are kept, and never replaced."""

from dataclasses import replace

from casework.domain.protocol.model import InvestigationProtocol
from casework.errors import CaseworkError
from casework.folder.home import Home
from casework.protocols import open_shelf, read_own


def add_protocol(home: Home, data: bytes, name: str) -> InvestigationProtocol:
    """Keep a protocol file; its protocol is then the newest of its id. Running cases go on with the one they have.

    Raises:
        ProtocolFileError: the file is broken; the message names step and cure.
        CaseworkError: there is a protocol of this id with the same or a higher version.
    """
    protocol = read_own(data, name)
    shelf = open_shelf(home.protocol_files())
    known = shelf.newest.get(protocol.id)
    if known and protocol.digest not in shelf.by_digest and protocol.version <= known.version:
        raise CaseworkError(
            "There is a protocol {id} with version {version} already. Nothing was kept. Give the file a higher "
            "version, or another id.",
            id=protocol.id,
            version=known.version,
        )
    home.keep_protocol(protocol.digest, data)
    return protocol


def use_for_new_cases(home: Home, protocol_id: str) -> InvestigationProtocol:
    """Have new cases follow this protocol; raises CaseworkError for one that is not at hand."""
    newest = open_shelf(home.protocol_files()).newest
    if protocol_id not in newest:
        raise CaseworkError(
            "There is no protocol {id} on this computer. Nothing was changed. At hand: {known}.",
            id=protocol_id,
            known=", ".join(newest),
        )
    home.write_settings(replace(home.settings(), protocol=protocol_id))
    return newest[protocol_id]
