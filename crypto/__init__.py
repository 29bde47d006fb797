# SPDX-License-Identifier: EUPL-1.2
"""The format: FORMAT.md, its vectors, and two implementations (Python here, JavaScript in ``js/``).

This package imports nothing by itself: a process has what it names and no more. The intake
may import the modules that read structure (``encoding``, ``padding``, ``envelope``, ``signing``, ``desk``, ``logs``);
the modules that open or derive (``age``, ``keys``, ``passphrase``, ``mailbox``, ``caselog``) belong to
casework and to the reporter's command line.
"""
