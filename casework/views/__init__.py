# SPDX-License-Identifier: EUPL-1.2
"""What the interfaces show: frozen, with plain values and domain objects, and no key in it.

Texts of reporters and members stand here as they were written. They are hostile until escaped: an
interface must treat every one of them as text and never as markup, address or terminal codes.
"""
