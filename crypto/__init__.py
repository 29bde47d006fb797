# SPDX-License-Identifier: EUPL-1.2
"""The format: FORMAT.md, its vectors, and two implementations (Python here, JavaScript in ``js/``).

This package imports nothing by itself: a process has what it names and no more. The intake may
import the modules that read structure, count bytes or check signatures (``bech32``, ``desk``, ``document``,
``encoding``, ``envelope``, ``epochs``, ``errors``, ``fields``, ``httpsig``, ``logs``, ``padding``, ``signing``). The
modules that open, seal or derive belong to casework and to the reporter's command line.
"""
