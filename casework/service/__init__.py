# SPDX-License-Identifier: EUPL-1.2
"""What a member can do: `desk` is the one set of functions behind the pages and the command line."""
