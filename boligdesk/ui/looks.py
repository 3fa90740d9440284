"""How the window looked last time, in a small plain file on this machine: theme, density, place. Nothing personal.

It lies outside the encrypted store, so that the first frame is right before anybody has signed in.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_MOST_BYTES = 10_000


@dataclass(frozen=True, slots=True)
class Look:
    """``place`` is where and how large the window is, as ``MainWindow.geometry_text`` gives it. Empty = not chosen."""

    theme: str = ""
    density: str = ""
    place: str = ""


class Looks:
    """The look, and the file it is kept in; without a path it is kept for this session alone."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self.look = _read(path) if path is not None else Look()

    def keep(self, *, theme: str | None = None, density: str | None = None, place: str | None = None) -> None:
        """Remember what is given. A file that cannot be written is not worth a message."""
        chosen = {"theme": theme, "density": density, "place": place}
        look = replace(self.look, **{name: value for name, value in chosen.items() if value is not None})
        if look == self.look:
            return
        self.look = look
        if self._path is None:
            return
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".ny")
            part.write_text(json.dumps(asdict(look)), encoding="utf-8")
            part.replace(self._path)


def _read(path: Path) -> Look:
    """What the file says; a missing or damaged one says nothing."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            return Look()
        stored = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Look()
    if not isinstance(stored, dict):
        return Look()
    words = {name: stored.get(name) for name in ("theme", "density", "place")}
    return Look(**{name: value for name, value in words.items() if isinstance(value, str)})
