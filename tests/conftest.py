"""What every test gets: no screen, no home folder, no key store and no database of the person who runs them."""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SANDBOX = Path(tempfile.mkdtemp(prefix="boligdesk-tests-"))


def isolate() -> None:
    """Must happen before Qt and keyring are imported, and reach programs that tests start."""
    for name in [
        name for name in os.environ if name.startswith("BOLIGDESK_") and name != "BOLIGDESK_TEST_PG_URL"
    ]:
        del os.environ[name]
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR_ROUNDING_POLICY"] = "PassThrough"
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    os.environ["PYTHONPATH"] = str(ROOT)
    os.environ["HOME"] = str(SANDBOX)
    for name in (
        "XDG_CONFIG_HOME",
        "XDG_DATA_HOME",
        "XDG_CACHE_HOME",
        "XDG_STATE_HOME",
        "APPDATA",
        "LOCALAPPDATA",
    ):
        os.environ[name] = str(SANDBOX / name.lower())
    if sys.platform.startswith("linux"):
        os.environ["LC_ALL"] = "C.UTF-8"


isolate()

import pytest  # after the environment is in place
from hypothesis import settings

from tests.storage.postgres_fixtures import new_database, postgres_url

__all__ = ["new_database", "postgres_url"]

settings.register_profile("same-every-time", derandomize=True, deadline=None, database=None)
settings.load_profile("same-every-time")


@pytest.fixture(scope="session")
def qapp_args() -> list[str]:
    return ["boligdesk", "-platform", "offscreen"]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item):
    """A failed test leaves pictures of its windows in artifacts/."""
    report = yield
    if report.when == "call" and report.failed and "PySide6.QtWidgets" in sys.modules:
        from PySide6.QtWidgets import QApplication

        folder = ROOT / "artifacts"
        stem = re.sub(r"[^\w-]+", "_", item.nodeid)[-120:]
        windows = QApplication.topLevelWidgets() if QApplication.instance() else []
        for number, window in enumerate(window for window in windows if window.isVisible()):
            folder.mkdir(exist_ok=True)
            window.grab().save(str(folder / f"{stem}-{number}.png"))
    return report


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown() -> None:
    """What was deleted later is deleted now, so that it dies in the test that made it."""
    if "PySide6.QtWidgets" not in sys.modules:
        return
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def pytest_sessionfinish() -> None:
    import shutil

    shutil.rmtree(SANDBOX, ignore_errors=True)
