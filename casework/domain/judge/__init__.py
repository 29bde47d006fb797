# SPDX-License-Identifier: EUPL-1.2
"""A case held against its protocol: what is open, due and refused (`assess`), and what may be done (`decide`)."""
