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
