# SPDX-License-Identifier: EUPL-1.2
"""Requests to the intake (`intake_client`), each signed on its own (`exchange`), with a deadline and a limit."""
