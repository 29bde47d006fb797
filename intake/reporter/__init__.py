# SPDX-License-Identifier: EUPL-1.2
"""`meldkluis-report`: all that the reporter's page does, without running code from the server. Not for the service."""
