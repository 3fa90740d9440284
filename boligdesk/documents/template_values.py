"""The values of a letter on their way through a template: shown in slots, and noted when they are missing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk.documents import markdown
from boligdesk.documents.template_source import refusal
from boligdesk.domain.calendar import long_date
from boligdesk.domain.money import format_kr
from boligdesk.services.errors import InvalidInput

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from boligdesk.services.records.papers import LetterValue

_LONGEST_VALUE = 20_000


class _Absent:
    """A value that is not known. Showing it, comparing it or going through it notes that it is missing."""

    __slots__ = ("key", "slots")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, key: str, slots: Slots) -> None:
        self.key = key
        self.slots = slots

    def __bool__(self) -> bool:
        return False

    def __iter__(self) -> Iterator[_Absent]:
        """Once, so that the gap is marked where the list would have stood."""
        self.slots.missing.append(self.key)
        return iter((self,))

    def _unknown(self, _other: object) -> bool:
        self.slots.missing.append(self.key)
        return False

    __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = _unknown


class Slots:
    """The values of one letter: the text gets numbers of slots, and what stands in them is put in at the end."""

    def __init__(
        self,
        labels: Mapping[str, str],
        lines: Mapping[tuple[str, str], int],
        values: Mapping[str, LetterValue],
    ) -> None:
        self.labels = labels
        self.lines = lines
        self.values = values
        self.held: list[str | tuple[str, ...]] = []
        self.missing: list[str] = []

    def value(self, key: str) -> Any:
        """A field's value as the template meets it. Nothing in it is as good as none: a letter has no empty gap."""
        value = self.values.get(key)
        if value is None or value == () or (isinstance(value, str) and not value.strip()):
            return _Absent(key, self)
        whole = " ".join(value) if isinstance(value, tuple) else value
        if isinstance(whole, str) and len(whole) > _LONGEST_VALUE:
            raise InvalidInput(
                key, "Teksten er for lang.", f"Den kan ha høyst {_LONGEST_VALUE} tegn.", "Kort den ned."
            )
        return value

    def hold(self, value: Any) -> str:
        """A slot for a value that is shown."""
        if isinstance(value, _Absent):
            self.missing.append(value.key)
            shown: str | tuple[str, ...] = f"[mangler: {self.labels[value.key]}]"
        elif isinstance(value, tuple):
            shown = value
        elif isinstance(value, bool):
            shown = "ja" if value else "nei"
        elif isinstance(value, dt.date):
            shown = long_date(value)
        else:
            shown = str(value)
        self.held.append(shown)
        return f"{markdown.OPEN}{len(self.held) - 1}{markdown.CLOSE}"

    def plain(self, text: str) -> str:
        """A line of text with its slots filled."""

        def filled(slot: re.Match[str]) -> str:
            value = self.held[int(slot[1])]
            return markdown.enumerated(value) if isinstance(value, tuple) else value

        return markdown.SLOT.sub(filled, text)

    def filtered(self, name: str, value: Any) -> Any:
        """A value through «kr» (øre), «dato» or «stor». Raises BadTemplate when it is of another kind."""
        if isinstance(value, _Absent):
            return value
        if name == "kr" and isinstance(value, int) and not isinstance(value, bool):
            return format_kr(value)
        if name == "dato" and isinstance(value, dt.date):
            return long_date(value)
        if name == "stor" and isinstance(value, str):
            return value[:1].upper() + value[1:]
        line = next((line for (_field, used), line in self.lines.items() if used == name), 0)
        words = {"kr": "et beløp", "dato": "en dato", "stor": "en tekst"}[name]
        raise refusal(line, f"Feltet foran «{name}» er ikke {words}.", f"Fjern «|{name}».")
