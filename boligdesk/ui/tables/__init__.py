"""Lists: columns, the windowed model, the view, and printing what it shows."""

from __future__ import annotations

from .columns import Column, Columns, DateCell, cell_text, row_copy, row_sentence
from .table_view import DataTable, Density, Settings
from .window_model import WINDOW, Deliver, Fetch, WindowModel, fixed_rows

__all__ = [
    "WINDOW",
    "Column",
    "Columns",
    "DataTable",
    "DateCell",
    "Deliver",
    "Density",
    "Fetch",
    "Settings",
    "WindowModel",
    "cell_text",
    "fixed_rows",
    "row_copy",
    "row_sentence",
]
