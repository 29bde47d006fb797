# SPDX-License-Identifier: EUPL-1.2
"""Days, feast days and terms: when a term ends, and how it stands on a day. The law's own terms are code here."""
