# SPDX-License-Identifier: EUPL-1.2
"""The member's folder on this computer: sealed keys, ciphertexts, and the desk's own protocols."""
