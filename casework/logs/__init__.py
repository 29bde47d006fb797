# SPDX-License-Identifier: EUPL-1.2
"""What stands in the logs of mailboxes and cases: opened, verified, read. No key is kept here and nothing is sent."""
