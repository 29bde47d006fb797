# SPDX-License-Identifier: EUPL-1.2
"""Who may not sit on a committee that a municipal body institutes (Gemeentewet, articles 83(2) and 84)."""

from collections.abc import Iterable, Mapping

_BARRED: Mapping[str, frozenset[str]] = {
    "raad": frozenset({"burgemeester", "wethouder"}),
    "college": frozenset({"raadslid"}),
    "burgemeester": frozenset({"raadslid"}),
}
"""The offices that each body cannot put on its committees."""
BODIES = tuple(_BARRED)
"""The bodies that can institute a committee."""


def incompatible(instituted_by: str, offices: Iterable[str], *, advisory_only: bool) -> tuple[str, ...]:
    """Return those of the members' offices that bar them from the committee, each once, in their order (fact V09).

    `instituted_by` is "raad", "college" or "burgemeester"; KeyError for another body. A committee that only advises on
    objections or complaints may have them all (article 84(2)).
    """
    barred = _BARRED[instituted_by]
    return () if advisory_only else tuple(dict.fromkeys(office for office in offices if office in barred))
