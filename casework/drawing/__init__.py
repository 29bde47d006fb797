# SPDX-License-Identifier: EUPL-1.2
"""An investigation protocol as a picture, for the wall and for the page of a case.

`cards` says what stands on each box, `measure` how much room words take, `layout` where boxes stand, `routes` how
the lines between them go, `svg` makes the picture of it. All is pure: the same protocol gives the same picture.
"""
