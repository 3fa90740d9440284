"""Tables written as classes, without the object mapper: its import and its mapping take a third of a start.

For the type checker these are SQLAlchemy's own ``DeclarativeBase``, ``Mapped`` and ``mapped_column``, and what is
written means the same; here a class only becomes a ``Table``, with its columns as attributes. Rows are never objects.

A table is made when one of its columns is asked for. A statement needs columns; constraints and indexes are for whoever makes or compares tables, and one index with a
``postgresql_where`` brings in that whole dialect. So they are made when ``metadata`` is asked for (``later``).
"""

import functools
import threading
import types
import typing
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, Table
from sqlalchemy.types import TypeEngine

T = TypeVar("T")

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
else:
    _LOCK = threading.RLock()
    _USUAL = {int: Integer(), bool: Boolean(), bytes: LargeBinary(), float: Float()}

    class _Annotation:
        """What stands in ``Mapped[...]``: the type, and whether None is allowed."""

        def __init__(self, said: Any) -> None:
            parts = typing.get_args(said) if isinstance(said, types.UnionType) else (said,)
            (self.python,) = (part for part in parts if part is not type(None))
            self.is_optional = len(parts) > 1

    class Mapped:
        def __class_getitem__(cls, said: Any) -> _Annotation:
            return _Annotation(said)

    class _Written:
        """The arguments of a column: a mixin's becomes one column in each table."""

        def __init__(self, *given: Any, **named: Any) -> None:
            self.given, self.named = given, named

        def column(self, name: str, said: _Annotation, known: dict[Any, Any]) -> Column[Any]:
            has_type = any(isinstance(one, TypeEngine | type) for one in self.given)
            kind = () if has_type else (known[said.python],)
            named = {"nullable": said.is_optional, **self.named}
            named.pop("index", None)  # made with the others
            return Column(name, *kind, *self.given, **named)

    mapped_column = _Written

    class _Later:
        """Stands for a column, or the table, until one of them is asked for: most starts need ten of the tables."""

        def __init__(self, name: str) -> None:
            self.name = name

        def __get__(self, _row: object, model: Any) -> Any:
            model.make()
            return vars(model)[self.name]

    class _Model(type):
        """The class of the table classes."""

        @property
        def metadata(cls) -> MetaData:
            """Every table of the store, with all its constraints and indexes."""
            for one in models(cls).values():
                one.complete()
            return cls.tables

    class DeclarativeBase(metaclass=_Model):
        tables: typing.ClassVar[MetaData]
        type_annotation_map: typing.ClassVar[dict[Any, Any]]
        __table__: Table

        def __init_subclass__(cls) -> None:
            super().__init_subclass__()
            if "__tablename__" not in vars(cls):
                return  # the root
            cls.written, cls.is_made, cls.is_complete = {}, False, False
            for owner in (cls, *(one for one in cls.__mro__[1:] if not issubclass(one, DeclarativeBase))):
                for name, said in vars(owner).get("__annotations__", {}).items():
                    if isinstance(said, _Annotation) and name not in cls.written:
                        cls.written[name] = (vars(owner).get(name) or _Written(), said)
            for name in ("__table__", *cls.written):
                setattr(cls, name, _Later(name))

        @classmethod
        def make(cls) -> None:
            """The table with its columns, once."""
            with _LOCK:
                if cls.is_made:
                    return
                known = {**_USUAL, **cls.type_annotation_map}
                columns = [made.column(name, said, known) for name, (made, said) in cls.written.items()]
                cls.__table__ = Table(cls.__tablename__, cls.tables, *columns)
                for column in columns:
                    setattr(cls, column.name, column)
                cls.is_made = True

        @classmethod
        def complete(cls) -> None:
            """The constraints and indexes of the table, once."""
            with _LOCK:
                if cls.is_complete:
                    return
                cls.is_complete = True
                *parts, options = (*vars(cls).get("__table_args__", tuple)(), {})
                if parts and isinstance(parts[-1], dict):
                    options = parts.pop()
                parts += [
                    Index(None, name) for name, (made, _) in cls.written.items() if made.named.get("index")
                ]
                Table(cls.__tablename__, cls.tables, *parts, extend_existing=True, **options)

        @classmethod
        def __clause_element__(cls) -> Table:
            return cls.__table__


def later(parts: Callable[[], tuple[Any, ...]]) -> Any:
    """The ``__table_args__`` of a table, made when somebody asks for its constraints."""
    return parts


class _Alias:
    """Its columns as attributes, like those of the class."""

    def __init__(self, model: Any) -> None:
        self._found = model.__table__.alias()

    def __getattr__(self, name: str) -> Any:
        try:
            return self._found.c[name]
        except KeyError:
            raise AttributeError(name) from None

    def __clause_element__(self) -> Any:
        return self._found


def aliased(model: type[T]) -> type[T]:
    """The same table once more in a statement, as ``sqlalchemy.orm.aliased``."""
    return typing.cast("type[T]", _Alias(model))


@functools.cache
def models(base: type[DeclarativeBase]) -> dict[str, Any]:
    """All classes by the name of their table, all made."""
    load = getattr(base, "load", None)
    if load is not None:
        load()
    found: dict[str, Any] = {one.__tablename__: one for one in base.__subclasses__()}
    for one in found.values():
        one.make()
    return found


__all__ = ["DeclarativeBase", "Mapped", "aliased", "later", "mapped_column", "models"]
