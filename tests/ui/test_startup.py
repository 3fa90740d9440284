"""First paint before anything heavy; what stays in the store between two starts."""

from __future__ import annotations

import subprocess
import sys

HEAVY = [
    "sqlalchemy",
    "alembic",
    "openpyxl",
    "psycopg",
    "keyring",
    "reportlab",
    "holidays",
    "pypdfium2",
    "sqlcipher3",
]


def test_that_the_frame_is_painted_before_the_store_is_imported() -> None:
    program = (
        "import sys\n"
        "from boligdesk.app import StoreOpener\n"
        "from boligdesk.ui.start import first_paint, make_app\n"
        "app = make_app()\n"
        "opener = StoreOpener()\n"
        "window = first_paint()\n"
        "assert window.isVisible()\n"
        f"heavy = sorted(set({HEAVY!r}) & set(sys.modules))\n"
        "window.close()\n"
        "sys.exit(f'imported: {heavy}' if heavy else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def started(words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)


def test_that_python_keeps_its_own_import() -> None:
    """PySide's reads the source of every module to look for its own name in it."""
    done = started("import boligdesk.ui, builtins, sys\nsys.exit('feature' in repr(builtins.__import__))")
    assert done.returncode == 0, done.stderr


def test_that_a_query_of_the_local_file_brings_in_no_other_dialect() -> None:
    done = started(
        "import sys\n"
        "from sqlalchemy import select\n"
        "import boligdesk.storage.opening, boligdesk.storage.queries.tasks\n"
        "from boligdesk.storage.tables import Task\n"
        "str(select(Task.id))\n"
        "sys.exit('sqlalchemy.dialects.postgresql' in sys.modules)"
    )
    assert done.returncode == 0, done.stderr


def test_that_tables_have_their_constraints_when_they_are_asked_for() -> None:
    done = started(
        "import sys\n"
        "from boligdesk.storage.tables import Base, Task\n"
        "assert 'case_file' not in Task.__table__.metadata.tables\n"
        "tables = Base.metadata.tables\n"
        "assert {'ix_task_due', 'ix_task_case_id'} <= {index.name for index in tables['task'].indexes}\n"
        "assert tables['task'] is Task.__table__\n"
        "assert tables['search_token'].dialect_options['sqlite']['with_rowid'] is False\n"
        "sys.exit(0 if 'case_file' in tables else 1)"
    )
    assert done.returncode == 0, done.stderr
