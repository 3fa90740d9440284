"""Qt lives here and nowhere else."""

from __future__ import annotations

import builtins

import shiboken6  # noqa: F401 - puts its own import function in the place of Python's

# For ``from __feature__ import``, which Boligdesk never says, PySide reads the whole source text of every module
# that is imported after it, and looks for its own name in it: a sixth of a start. Python's own function comes back.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
