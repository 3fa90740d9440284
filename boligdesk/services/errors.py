"""Errors that a person can do something about. Everything else is a bug."""

from __future__ import annotations

from typing import Any


class UserError(Exception):
    """A calm message in Norwegian: what happened, what is safe, what to do.

    ``code`` is a stable English word for scripts (``--json``); the sentences are for people
    and never hold personal data, passphrases or file contents.
    """

    code = "refused"

    def __init__(self, title: str, what: str = "", safe: str = "", todo: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.what = what
        self.safe = safe
        self.todo = todo

    def __str__(self) -> str:
        return self.line()

    def line(self) -> str:
        """Everything in one readable line, for the command line and the log of a run."""
        return " ".join(part for part in (self.title, self.what, self.safe, self.todo) if part)


class StoreUnavailable(UserError):
    """The database cannot be reached, opened or written just now. Nothing was half-written."""

    code = "store_unavailable"


class OlderStore(StoreUnavailable):
    """The database is of an older program; it can be upgraded, with a backup first."""


class NotAllowed(UserError):
    """The user's role or scope does not cover this."""

    code = "not_allowed"


class NotFound(UserError):
    """No such record among those the user may see (never tells which of the two)."""

    code = "not_found"

    def __init__(self, title: str = "Fant ikke det du ba om.", todo: str = "", *, word: str = "det") -> None:
        """``word`` is «den» for saken, personen, boligen."""
        what = f"{word.capitalize()} finnes ikke, eller du har ikke tilgang til {word}."
        super().__init__(title, what, todo=todo)


class InvalidInput(UserError):
    """One field holds something that cannot be stored. ``field`` is the record's field name."""

    code = "invalid_input"

    def __init__(self, field: str, title: str, what: str = "", todo: str = "") -> None:
        super().__init__(title, what, todo=todo)
        self.field = field


class ConflictError(UserError):
    """Somebody saved the record after it was read. Nothing was overwritten.

    ``mine`` and ``theirs`` map field name to value for the fields that differ; ``theirs_by`` and
    ``theirs_at`` say who saved and when, so that a page can offer both.
    """

    code = "conflict"

    def __init__(
        self, mine: dict[str, Any], theirs: dict[str, Any], theirs_by: str = "", theirs_at: str = ""
    ) -> None:
        super().__init__(
            "Noen andre har endret dette mens du skrev.",
            safe="Ingenting er overskrevet.",
            todo="Velg hva som skal gjelde.",
        )
        self.mine = mine
        self.theirs = theirs
        self.theirs_by = theirs_by
        self.theirs_at = theirs_at


class BadTemplate(UserError):
    """A letter template does not hold. ``at_line`` counts from 1; 0 = the whole file."""

    code = "bad_template"

    def __init__(self, title: str, what: str = "", todo: str = "", at_line: int = 0) -> None:
        super().__init__(title, what, "Ingen brev er laget eller endret.", todo)
        self.at_line = at_line


class MissingFields(UserError):
    """A letter lacks what it must say. ``fields`` are the keys, in reading order; ``labels`` their words."""

    code = "missing_fields"

    def __init__(self, fields: tuple[str, ...], labels: tuple[str, ...] = ()) -> None:
        named = ", ".join(labels or fields)
        super().__init__(
            "Brevet mangler opplysninger.",
            f"Dette mangler: {named}.",
            "Ingenting er sendt eller låst.",
            "Fyll ut det som mangler, og prøv igjen.",
        )
        self.fields = fields


class MissingGlyphs(UserError):
    """The letter's font has no sign for something in the text. ``signs`` are the signs themselves."""

    code = "missing_glyphs"

    def __init__(self, signs: str, where: str) -> None:
        shown = " ".join(f"«{sign}» (U+{ord(sign):04X})" for sign in signs[:5])
        super().__init__(
            "Brevet har tegn som ikke kan skrives ut.",
            f"{shown} i {where}.",
            "Ingenting er sendt eller låst.",
            "Skriv tegnet på en annen måte, og prøv igjen.",
        )
        self.signs = signs
