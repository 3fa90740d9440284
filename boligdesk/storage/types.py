"""Column types that mean the same on SQLite and PostgreSQL, and the time-ordered id."""

from __future__ import annotations

import json
import os
import struct
import threading
import time
import uuid
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, DateTime, LargeBinary, String, Text, Uuid
from sqlalchemy.types import TypeDecorator

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.engine import Dialect
    from sqlalchemy.types import TypeEngine


def _on_postgres(dialect: Dialect) -> bool:
    return dialect.name == "postgresql"


class Id(TypeDecorator[uuid.UUID]):
    """A UUID: ``uuid`` on PostgreSQL, 16 bytes on SQLite; both sort alike."""

    impl = LargeBinary
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Uuid() if _on_postgres(dialect) else LargeBinary(16))

    def process_bind_param(self, value: uuid.UUID | None, dialect: Dialect) -> Any:
        if value is None or _on_postgres(dialect):
            return value
        return value.bytes

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        if value is None or _on_postgres(dialect):
            return value  # type: ignore[no-any-return]  # the driver gives uuid.UUID
        return uuid.UUID(bytes=bytes(value))


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: ``timestamptz`` / text ``YYYY-MM-DDTHH:MM:SS.ffffffZ`` (fixed width, so order is equal).

    Takes any aware datetime, refuses a naive one (ValueError), gives back aware UTC.
    """

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=True) if _on_postgres(dialect) else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("Instant needs a datetime with a time zone")
        utc = value.astimezone(UTC)
        return utc if _on_postgres(dialect) else instant_text(utc)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment = value if _on_postgres(dialect) else datetime.fromisoformat(value)
        return moment.astimezone(UTC)


def instant_text(moment: datetime) -> str:
    """An aware datetime as the fixed-width text that the local file stores."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


class Day(TypeDecorator[date]):
    """A calendar day: ``date`` / ISO text. Refuses a datetime, whose day depends on where you stand."""

    impl = Date
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> date | None:  # noqa: ARG002 - SQLAlchemy's signature
        if isinstance(value, datetime):
            raise TypeError("Day takes a date, not a datetime")
        return value


class WordKey(TypeDecorator[str]):
    """Folded words of any script, compared byte by byte on both engines: in the order of their code points."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(Text(collation="C") if _on_postgres(dialect) else Text())


class AsciiKey(WordKey):
    """Folded ASCII text compared byte by byte on both engines (sort keys)."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 - SQLAlchemy's signature
        if value is not None and not value.isascii():
            raise ValueError("AsciiKey takes folded ASCII text only")
        return value


class Json(TypeDecorator[Any]):
    """Plain JSON data: ``jsonb`` / canonical text. None is SQL NULL. Stored and read whole, never queried."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if _on_postgres(dialect):
            from sqlalchemy.dialects.postgresql import JSONB

            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None:
            return None
        text = value.text if isinstance(value, PreparedJson) else canonical_json(value)
        return value if _on_postgres(dialect) else text

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or _on_postgres(dialect):
            return value
        return json.loads(value)


def json_encoder(default: Callable[[Any], Any] | None = None) -> Callable[[Any], str]:
    """Writes canonical JSON. ``default`` makes plain data of what is none.

    ``JSONEncoder.encode`` makes its C encoder anew for every text, which costs more than a row of ours.
    """
    encoder = json.JSONEncoder(
        sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False, default=default
    )
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:  # a Python without it
        return encoder.encode
    pieces = make(None, encoder.default, json.encoder.encode_basestring, None, ":", ",", True, False, False)

    def encode(value: Any) -> str:
        return "".join(pieces(value, 0))

    return encode


_encode = json_encoder()


class PreparedJson(dict[str, Any]):
    """Plain data with its canonical text, where both the text and the data are needed.

    ``text`` is given by who has it already; the local file stores the text alone.
    """

    __slots__ = ("text",)

    def __init__(self, value: dict[str, Any], text: str | None = None) -> None:
        super().__init__(value)
        self.text = canonical_json(value) if text is None else text


def canonical_json(value: Any) -> str:
    """JSON with sorted keys and no spaces; refuses NaN and NUL, which only one of the engines takes."""
    text = _encode(value)
    if "\\u0000" in text:
        raise ValueError("JSON text must not hold NUL characters")
    return text


@lru_cache(maxsize=2048)
def _id_text(number: int) -> str:
    text = f"{number:032x}"
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def id_text(value: uuid.UUID) -> str:
    """``str`` of an id. The same few are written again and again while a list comes in."""
    return _id_text(value.int)


class _SystemBits:
    """Random bits of the system, drawn many at a time. Not for several threads at once."""

    _DRAWN = struct.Struct("<512Q")

    def __init__(self) -> None:
        self._left: list[int] = []

    def __call__(self, bits: int) -> int:
        """At most 64 bits."""
        if not self._left:
            self._left = list(self._DRAWN.unpack(os.urandom(self._DRAWN.size)))
        return self._left.pop() >> (64 - bits)


class Uuid7Source:
    """Makes time-ordered ids (RFC 9562, version 7).

    Each is greater than the one before, also when the clock is set back.
    ``clock_ms`` and ``random_bits`` can be given for a deterministic run.
    """

    def __init__(
        self,
        clock_ms: Callable[[], int] | None = None,
        random_bits: Callable[[int], int] | None = None,
    ) -> None:
        self._clock_ms = clock_ms
        self._random_bits = random_bits or _SystemBits()  # asked under the lock alone
        self._lock = threading.Lock()
        self._ms = -1
        self._count = 0

    def __call__(self) -> uuid.UUID:
        with self._lock:
            now = time.time_ns() // 1_000_000 if self._clock_ms is None else self._clock_ms()
            if now > self._ms:
                self._ms, self._count = now, self._random_bits(11)  # 11 of 12 bits: room to count upwards
            else:
                self._count += 1
                if self._count > 0xFFF:
                    self._ms, self._count = self._ms + 1, 0
            head = (self._ms << 16) | 0x7000 | self._count
            tail = (0b10 << 62) | self._random_bits(62)
        # as ``UUID(int=...)``, which looks through six ways of being called first
        made = object.__new__(uuid.UUID)
        object.__setattr__(made, "int", (head << 64) | tail)
        object.__setattr__(made, "is_safe", uuid.SafeUUID.unknown)
        return made


uuid7 = Uuid7Source()
