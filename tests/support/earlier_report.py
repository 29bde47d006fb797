# SPDX-License-Identifier: EUPL-1.2
"""A report from before the test begins, for tests of what comes after it: sealed by `crypto`, without a browser.

`tests/reporter/test_page_and_terminal.py` shows that the page sends the same.
"""

from casework.wire.exchange import Signer
from crypto.desk import read_bundle
from crypto.mailbox import MailboxKeys
from crypto.passphrase import new_words
from crypto.seal import new_report, seal_report
from support.reporter_page import TEXT
from support.reporter_site import LiveDesk


def earlier_report(desk: LiveDesk, text: str = TEXT) -> list[str]:
    """Have a report sent to every live member of this desk; returns the eight Dutch words of its mailbox."""
    client, today = desk.site.client, desk.site.today
    words = new_words("nl")
    keys = MailboxKeys.from_words(words, desk.id)
    published = read_bundle(desk.id, client.bundle(desk.id), today)
    report = new_report(keys, published, today, {"what": text}, language="nl")
    client.append_first(keys.log, seal_report(report, keys, published.live(today)), Signer(keys.login_seed, today))
    return list(words)
