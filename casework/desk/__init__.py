# SPDX-License-Identifier: EUPL-1.2
"""The desk as this tool may trust it (`desks`), and the keys that reporters seal to over time (`epochs`)."""
