# SPDX-License-Identifier: EUPL-1.2
"""The format: FORMAT.md, its vectors, and two implementations (Python here, JavaScript in ``js/``).

This package imports nothing by itself: a process has what it names and no more. Two groups of modules:

- what reads structure and checks signatures, which the intake may load: ``encoding``, ``fields``, ``padding``,
  ``bech32``, ``envelope``, ``signing``, ``httpsig``, ``document``, ``epochs``, ``desk``, ``logs``;
- what opens, seals or derives, for casework and the reporter's command line: ``age``, ``recipients``, ``stream``,
  ``derive``, ``passphrase``, ``mailbox``, ``records``, ``statements``, ``place``, ``blob``, ``attachments``, ``seal``,
  ``unseal``, ``caselog``, ``keyfile``.
"""
