"""Guards that hold for every program with a key, also psql: same rules, same names, both engines.

A migration installs them by name; what a name means does not change once it is released.
"""

from __future__ import annotations

#: Message tokens, read by ``driver_errors``.
VERSION_STEP = "version_step"
APPEND_ONLY = "append_only"
NO_OVERLAP = "no_overlap"


def version_step(dialect: str, table: str) -> list[str]:
    """An update must raise ``row_version`` by one: bulk SQL cannot slip past the version check."""
    return _guard(dialect, table, "version", "UPDATE", "NEW.row_version <> OLD.row_version + 1", VERSION_STEP)


def append_only(dialect: str, table: str, columns: tuple[str, ...] = ()) -> list[str]:
    """No delete, and no update of the columns (none named = of anything)."""
    update = f"UPDATE OF {', '.join(columns)}" if columns else "UPDATE"
    return [
        *_guard(dialect, table, "undeletable", "DELETE", "", APPEND_ONLY),
        *_guard(dialect, table, "unchangeable", update, "", APPEND_ONLY),
    ]


def frozen(dialect: str, table: str, columns: tuple[str, ...], when: str) -> list[str]:
    """No delete ever, and no update of the columns once ``when`` (about OLD) holds."""
    update = f"UPDATE OF {', '.join(columns)}"
    return [
        *_guard(dialect, table, "undeletable", "DELETE", "", APPEND_ONLY),
        *_guard(dialect, table, "frozen", update, when, APPEND_ONLY),
    ]


def no_overlap(dialect: str, table: str, keys: tuple[str, ...]) -> list[str]:
    """Two periods of the same keys do not overlap; NULL from = always, NULL to = open, NULL key = no rule."""
    low, high = (
        ("'0001-01-01'", "'9999-12-31'")
        if dialect == "sqlite"
        else ("date '0001-01-01'", "date '9999-12-31'")
    )
    same = " AND ".join(f"o.{key} = NEW.{key}" for key in keys)
    begins, ends = f"coalesce(%s.valid_from, {low})", f"coalesce(%s.valid_to, {high})"
    conditions = (
        f"{same} AND o.id <> NEW.id",
        f"{begins % 'o'} < {ends % 'NEW'}",
        f"{begins % 'NEW'} < {ends % 'o'}",
        f"{begins % 'o'} < {ends % 'o'}",
        f"{begins % 'NEW'} < {ends % 'NEW'}",
    )
    clash = f"EXISTS (SELECT 1 FROM {table} o WHERE {' AND '.join(conditions)})"  # noqa: S608 - names of ours
    return [
        *_guard(dialect, table, "overlap_insert", "INSERT", clash, NO_OVERLAP, in_body=True),
        *_guard(dialect, table, "overlap_update", "UPDATE", clash, NO_OVERLAP, in_body=True),
    ]


def _guard(
    dialect: str, table: str, name: str, act: str, when: str, token: str, *, in_body: bool = False
) -> list[str]:
    trigger = f"tr_{table}_{name}"
    if dialect == "sqlite":
        condition = f" WHEN {when}" if when and not in_body else ""
        where = f" WHERE {when}" if in_body else ""
        guard = f"BEGIN SELECT RAISE(ABORT, '{token}'){where}; END"
        return [f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} FOR EACH ROW{condition} {guard}"]
    back = "OLD" if act == "DELETE" else "NEW"
    body = f"IF {when} THEN RAISE EXCEPTION '{token}'; END IF;" if when else f"RAISE EXCEPTION '{token}';"
    function = f"$$ BEGIN {body} RETURN {back}; END $$"
    return [
        f"CREATE FUNCTION {trigger}() RETURNS trigger LANGUAGE plpgsql AS {function}",
        f"CREATE TRIGGER {trigger} BEFORE {act} ON {table} FOR EACH ROW EXECUTE FUNCTION {trigger}()",
    ]
