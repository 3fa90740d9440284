"""A strictly confidential person is nowhere for somebody who is not cleared: no page, search, print or export."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QPlainTextEdit, QTextBrowser

from boligdesk.app import Desk, open_for_window
from boligdesk.services.errors import NotFound
from boligdesk.ui.main_window import MainWindow
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables.columns import cell_text
from boligdesk.ui.tasks import Tasks
from tests.journeys.clerk import Clerk
from tests.ui.harness import case_id, person_id, settle

SECRETS = ("Sprek", "Bie", "68 05 00 03", "24.12.1990")


@pytest.fixture
def hidden(office):
    """Sprek Bie gets the strictest protection; returns the ids of person and case."""
    person, case = person_id(office, "Bie"), case_id(office, "Bie")
    version = office.people.detail(person).version
    office.people.protect(person, version, "strengt_fortrolig", "Politiet", "Melding 20. november")
    return person, case


@pytest.fixture
def uncleared(qtbot, hidden, opened, colleague):
    """Jonas, cleared for nothing special, at a window of his own."""
    window = MainWindow(Tasks(immediate=True))
    window.resize(1440, 900)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    window.enter(open_for_window(Desk(opened, colleague)), {})
    settle()
    yield Clerk(window)
    window.close()
    window.deleteLater()
    settle()


def on_paper(job: ListPrint) -> str:
    rows = [cell_text(column, row) for row in job.rows for column in job.columns]
    return "\n".join([job.title, *job.filters, *rows])


def test_that_no_page_tells_of_a_strictly_confidential_person(uncleared, hidden):
    clerk = uncleared
    seen, printed = {}, {}
    for spec in clerk.window.parts.specs:
        page = clerk.goes(spec.key)
        settle(400)
        texts = [w.toPlainText() for w in page.findChildren(QPlainTextEdit) + page.findChildren(QTextBrowser)]
        seen[spec.key] = "\n".join([clerk.reads(), clerk.window.windowTitle(), *texts])
        job = page.printout()
        if isinstance(job, ListPrint):
            printed[spec.key] = on_paper(job)
    leaks = {
        (where, key, secret)
        for where, found in (("siden", seen), ("papiret", printed))
        for key, said in found.items()
        for secret in SECRETS
        if secret in said
    }
    assert leaks == set()
    assert "Klok" in seen["personer"]  # the eyes work


def test_that_neither_search_nor_a_known_address_leads_there(uncleared, hidden, colleague):
    clerk = uncleared
    for term in ("bie", "sprek", "68050003", "sprek bie"):
        clerk.window.parts.finder.open(term)
        settle()
        popup = clerk.window.parts.finder.popup
        lines = [popup.list.item(row).text() for row in range(popup.list.count())]
        assert not [line for line in lines if "Bie" in line or "Sprek" in line]
        popup.close_popup()
    person, case = hidden
    for key, subject in (("person", person), ("sak", case)):
        clerk.goes(key, subject=subject)
        assert not [secret for secret in SECRETS if clerk.sees(secret)]
    for ask in (lambda: colleague.people.detail(person, "x"), lambda: colleague.cases.detail(case, "x")):
        with pytest.raises(NotFound):
            ask()


def test_that_an_export_holds_nothing_of_the_person(uncleared, tmp_path, monkeypatch):
    from boligdesk.ui.shell import exporting

    clerk = uncleared
    files: list[Path] = []

    def where(*_given: object) -> Path:
        files.append(tmp_path / f"{clerk.page.key}.csv")
        return files[-1]

    monkeypatch.setattr(exporting, "ask_path", where)
    for key in ("saker", "personer", "boliger"):
        clerk.goes(key)
        clerk.clicks("Eksporter …")
        settle()
    assert len(files) == 3
    for path in files:
        text = path.read_text(encoding="utf-8-sig")
        assert len(text.splitlines()) > 1 or path.stem == "boliger"
        assert not [secret for secret in SECRETS if secret in text]


def test_that_the_practice_office_says_so_and_locks_with_a_button(clerk, desk_window):
    assert clerk.sees("ØVELSE") or desk_window.practice.isVisible()
    assert not desk_window.desk.has_passphrase
