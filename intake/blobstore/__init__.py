# SPDX-License-Identifier: EUPL-1.2
"""Where the sealed parts of attachments lie: an interface, and the file system behind it."""
