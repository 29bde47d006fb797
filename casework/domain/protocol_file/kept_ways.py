# SPDX-License-Identifier: EUPL-1.2
"""That a file which extends another leaves the ways open that lead to the steps of the law."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from casework.domain.protocol.model import InvestigationProtocol
from casework.domain.protocol_file.routes import STAYS, Ways, ways_of
from casework.domain.protocol_file.strict_table import listed

Fault = tuple[str, str]
"""The id of a step, or nothing for the file as a whole; and what is wrong there, with the cure."""

_STAYS = frozenset({STAYS})


def broken_ways(
    own: InvestigationProtocol, base: InvestigationProtocol, kept: Mapping[str, str], spared: Collection[str]
) -> Iterator[Fault]:
    """Yield where fewer of the steps that are `kept`, by id with the reason, are certain to come than in `base`.

    An outcome that `base` does not have must lead to as much as one of those beside it, and one that it has can go
    where another leads to as much, the steps that are `spared` aside. Only where `base` ends what is still to do may
    `own` do so.
    """
    before = ways_of(base, kept)
    after = ways_of(own, kept)
    # What a step lacks, those before it lack too: the steps that the file changed are named first.
    for place in sorted(after, key=lambda name: own.steps.get(name) == base.steps.get(name)):
        for name, missing in _missing(after[place], before.get(place, Ways({}, {})), spared):
            if missing:
                yield place, _cure(name, missing, kept)


def _missing(now: Ways, before: Ways, spared: Collection[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield, by its place in a step, what does not follow any more."""
    for name, goals in now.outcomes.items():
        beside = [before.outcomes[name]] if name in before.outcomes else before.outcomes.values() or [_STAYS]
        yield name, _least(one - goals for one in beside)
    for name, goals in before.outcomes.items():
        yield name, _least(goals.difference(one, spared) for one in now.outcomes.values())
    for name in now.calls | before.calls:
        yield name, before.calls.get(name, _STAYS) - now.calls.get(name, _STAYS)


def _least(missing: Iterable[frozenset[str]]) -> frozenset[str]:
    return min(missing, key=len)


def _cure(name: str, missing: frozenset[str], kept: Mapping[str, str]) -> str:
    if STAYS in missing:
        return f"{name} leads to an exit that leaves, which ends what is still to do; take that exit out"
    steps = sorted(missing)
    return (
        f"{name} must lead to {listed(steps)}: {kept[steps[0]]}; name it in 'next', or a step of which "
        "every outcome, and its own 'next', leads there"
    )
