# SPDX-License-Identifier: EUPL-1.2
"""Protocols as TOML files: read strictly (`reader`), laid over one another (`overlay`), checked as a whole (`references`)."""
