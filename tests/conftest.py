# SPDX-License-Identifier: EUPL-1.2
"""Fixtures for all tests; under MELDKLUIS_CI=1 a skipped test is a failed one."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

pytest_plugins = ["support.browser", "support.postgres", "support.redis"]

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

SLOW = ("e2e", "web")
"""Folders whose files take longest, though they hold few tests each."""

# The same examples at every run: a change is judged by the change. `make fuzz` draws others.
# No deadline: a machine that has other work to do is slow, not wrong.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.register_profile("fuzz", print_blob=True, deadline=None, max_examples=2000)
settings.load_profile("fuzz" if os.environ.get("MELDKLUIS_FUZZ") == "1" else "fixed")

SKIPS_FAIL = os.environ.get("MELDKLUIS_CI") == "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker waits at the end for the other's last file."""
    items.sort(key=lambda item: item.path.parent.name not in SLOW)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return refuse_skip((yield))


def refuse_skip(report: Report) -> Report:
    """Turn a skip into a failure on the machine that must have everything."""
    if SKIPS_FAIL and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, which MELDKLUIS_CI=1 does not allow: {report.longrepr}"
    return report
