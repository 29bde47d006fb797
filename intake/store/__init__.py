# SPDX-License-Identifier: EUPL-1.2
"""Where desks, epochs and logs are kept; `interface` says what callers may rely on."""
