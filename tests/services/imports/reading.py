"""Read one cell in a test: the value, the whole reading, or the sentence it was refused with."""

from __future__ import annotations

import datetime as dt

from boligdesk.services.imports.values import Parsed, Problem, parse

TODAY = dt.date(2026, 6, 30)


def read(kind, cell):
    found = parse(kind, cell, TODAY)
    assert isinstance(found, Parsed), found
    return found


def value(kind, cell):
    return read(kind, cell).value


def refused(kind, cell):
    found = parse(kind, cell, TODAY)
    assert isinstance(found, Problem), found
    return found.message
