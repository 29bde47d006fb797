# SPDX-License-Identifier: EUPL-1.2
"""What ought to happen: investigation protocols as data (`model`), and what yearly figures take (`figures`)."""
