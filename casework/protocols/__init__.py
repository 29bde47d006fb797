# SPDX-License-Identifier: EUPL-1.2
"""The investigation protocols that come with the tool, as files that a municipality can replace."""

from functools import cache
from importlib.resources import files

from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.protocol_file.reader import load_protocol


@cache
def shipped_protocols() -> dict[str, InvestigationProtocol]:
    """Return every protocol of this folder, by its id; raises ProtocolFileError if one is broken."""
    found = sorted(path.name for path in files(__name__).iterdir() if path.name.endswith(".toml"))
    loaded = [load_protocol(files(__name__).joinpath(name).read_bytes(), name) for name in found]
    return {protocol.id: protocol for protocol in loaded}
