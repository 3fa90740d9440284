"""Tables written as classes, without the object mapper: its import and its mapping take a third of a start.

For the type checker these are SQLAlchemy's own ``DeclarativeBase``, ``Mapped`` and ``mapped_column``, and what is
written means the same; here a class only becomes a ``Table``, with its columns as attributes. Rows are never objects.
"""

import types
import typing
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Boolean, Column, Float, ForeignKey, Integer, LargeBinary, MetaData, Table
from sqlalchemy.types import TypeEngine

T = TypeVar("T")

if TYPE_CHECKING:
    from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
else:
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
            # a foreign key without a type takes that of the column it points to
            has_type = any(isinstance(one, TypeEngine | type | ForeignKey) for one in self.given)
            kind = () if has_type else (known[said.python],)
            named = {"nullable": said.is_optional, **self.named}
            return Column(name, *kind, *self.given, **named)

    mapped_column = _Written

    class DeclarativeBase:
        metadata: MetaData
        type_annotation_map: typing.ClassVar[dict[Any, Any]]
        __table__: Table

        def __init_subclass__(cls) -> None:
            super().__init_subclass__()
            if "__tablename__" not in vars(cls):
                return  # the root
            known = {**_USUAL, **cls.type_annotation_map}
            written: dict[str, Any] = {}
            for owner in (cls, *(one for one in cls.__mro__[1:] if not issubclass(one, DeclarativeBase))):
                for name, said in vars(owner).get("__annotations__", {}).items():
                    if isinstance(said, _Annotation) and name not in written:
                        written[name] = (vars(owner).get(name) or _Written(), said)
            columns = [made.column(name, said, known) for name, (made, said) in written.items()]
            *parts, options = (*vars(cls).get("__table_args__", ()), {})
            if parts and isinstance(parts[-1], dict):
                options = parts.pop()
            cls.__table__ = Table(cls.__tablename__, cls.metadata, *columns, *parts, **options)
            for column in cls.__table__.columns:
                setattr(cls, column.name, column)

        @classmethod
        def __clause_element__(cls) -> Table:
            return cls.__table__


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


def models(base: type[DeclarativeBase]) -> dict[str, Any]:
    """All classes by the name of their table."""
    return {one.__tablename__: one for one in base.__subclasses__()}


__all__ = ["DeclarativeBase", "Mapped", "aliased", "mapped_column", "models"]
