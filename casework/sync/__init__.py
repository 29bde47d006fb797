# SPDX-License-Identifier: EUPL-1.2
"""What this tool and the intake owe each other: `syncing` is one round, the others are its parts."""
