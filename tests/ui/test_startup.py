"""First paint before anything heavy; what stays in the store between two starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from boligdesk.app import create_desk
from boligdesk.storage.location import file_location

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


#: What the first list of tasks has no use for: other pages, letters, allocation, files, writing.
NOT_YET = (
    *(name for name in HEAVY if name not in {"sqlalchemy", "sqlcipher3"}),
    "jinja2",
    "pikepdf",
    "boligdesk.domain.letter_",
    "boligdesk.domain.match",
    "boligdesk.domain.rule_",
    "boligdesk.services.allocation",
    "boligdesk.services.assessment",
    "boligdesk.services.cases",
    "boligdesk.services.imports",
    "boligdesk.services.letter",
    "boligdesk.services.people",
    "boligdesk.storage.queries.allocation",
    "boligdesk.storage.queries.case",
    "boligdesk.storage.queries.letter",
    "boligdesk.storage.queries.people",
    "boligdesk.storage.queries.visits",
    "boligdesk.storage.tables.allocation",
    "boligdesk.storage.tables.assessment",
    "boligdesk.storage.tables.dwellings",
    "boligdesk.storage.tables.letters",
    "boligdesk.storage.tables.register",
    "boligdesk.storage.work",
    "boligdesk.storage.writers.letter",
    "boligdesk.storage.writers.offers",
    "boligdesk.ui.letter",
    "boligdesk.ui.pages.min_dag.load",
    "boligdesk.ui.pages.min_dag.postpone",
    "boligdesk.ui.pdf_pages",
    "boligdesk.ui.search.finder",
    "boligdesk.ui.widgets.preview",
)
MIN_DAG = """
import sys
from pathlib import Path
from boligdesk import app

def entered(window):
    page = window.navigator.here

    def look():
        found = [name for name in sys.modules if name.startswith(NOT_YET)]
        pages = {name.split(".")[3] for name in sys.modules if name.startswith("boligdesk.ui.pages.")}
        told.extend([*found, *(pages - {"min_dag"}), *(["counts"] if page._counts is not None else [])])
        window.close()

    page.rows.rows_arrived.connect(look)

told = []
code = app.run_window(sys.argv[1], then=entered)
sys.exit(f"too early: {told}" if told else code)
"""


def test_that_min_dag_shows_its_rows_before_anything_else_is_imported_or_counted(tmp_path: Path) -> None:
    store = tmp_path / "kontor.db"
    desk, _recovery = create_desk(file_location(store), ask=None, login="leder")
    desk.close()
    program = f"NOT_YET = {NOT_YET!r}\n{MIN_DAG}"
    done = subprocess.run(
        [sys.executable, "-c", program, str(store)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
