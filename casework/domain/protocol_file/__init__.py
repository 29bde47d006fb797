# SPDX-License-Identifier: EUPL-1.2
"""Protocols as TOML: read strictly (`reader`), laid over one another (`overlay`), checked whole (`references`)."""
