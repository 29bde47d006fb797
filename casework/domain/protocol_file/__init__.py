# SPDX-License-Identifier: EUPL-1.2
"""Protocols as TOML: read strictly (`reader`) and checked whole (`references`).

One that extends another is laid over it (`overlay`) and takes nothing from what it does for the law (`kept_law`). What
a protocol lacks although a law asks for it is said (`lacks`).
"""
