"""One folder per page, always the same names: ``page.py``, ``columns.py``, ``editor.py``."""
