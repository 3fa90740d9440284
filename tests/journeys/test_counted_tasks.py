"""The tasks of ui.md 1.2 that exist, through the real window, with their acts counted against the budget.

The table is the one of the manual: when an act more or less is needed, ``docs/manual/klikk.md`` is wrong.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from boligdesk.services.records.people import IdentifierDraft
from tests.journeys import main_walks
from tests.journeys.clerk import CTRL, SHIFT, Clerk
from tests.ui.harness import case_id, person_id, settle
from tests.ui.pages.letter_office import print_to

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual" / "klikk.md"
NUMBER = "15838800065"
#: task, what it is, budget
BUDGET = {
    "T1": ("Se hva jeg må gjøre i dag, og åpne det første", 1),
    "T2": ("Finne en person mens personen er på telefonen", 3),
    "T3": ("Skrive ned en telefonsamtale", 2),
    "T4": ("Registrere en papirsøknad fra en kjent person", 5),
    "T5": ("Sende foreløpig svar", 4),
    "T6": ("Be om opplysninger som mangler", 4),
    "T7": ("Skrive et vedtak og sende det til godkjenning", 5),
    "T8": ("Godkjenne et vedtak en kollega har skrevet", 3),
    "T9": ("Ferdigstille, skrive ut og merke brev som sendt", 4),
    "T10": ("Fra ledig bolig til forklart forslag i inntaksteamet", 6),
    "T12": ("Registrere svaret på et tilbud", 3),
    "T13": ("Skrive ned et hjemmebesøk", 4),
}


def see_the_day(clerk: Clerk, office) -> int:
    case = case_id(office, "Hest")
    office.cases.assign(case, office.cases.reread(case).version, office.user.id)
    clerk.goes("saker")
    clerk.goes("min_dag")
    clerk.page.refresh()
    settle()
    clerk.begins()
    first = clerk.page.table.current_row()
    clerk.presses(Qt.Key.Key_Return)
    assert clerk.page.key == "sak"
    assert clerk.page.detail.id == first.case_id
    return clerk.acts


def find_on_the_phone(clerk: Clerk, office) -> int:
    clerk.goes("boliger")
    clerk.begins()
    clerk.finds("hest")
    assert clerk.page.key == "person"
    assert clerk.sees("Klok Hest")
    return clerk.acts


def log_a_call(clerk: Clerk, office) -> int:
    case = case_id(office, "Hest")
    clerk.goes("sak", subject=case)
    clerk.begins()
    clerk.presses(Qt.Key.Key_N, CTRL | SHIFT)
    clerk.writes("Ringte og spurte om visning")
    clerk.presses(Qt.Key.Key_Return, CTRL)
    assert "Ringte og spurte om visning" in [note.facts_text for note in office.cases.detail(case).notes]
    return clerk.acts


def register_an_application(clerk: Clerk, office) -> int:
    person = office.people.detail(person_id(office, "Fjell"))
    numbers = (IdentifierDraft("fnr", NUMBER),)
    office.people.change(replace(person.draft, identifiers=numbers))
    clerk.goes("boliger")
    clerk.begins()
    clerk.registers_application(NUMBER)
    assert clerk.page.key == "sak"
    assert clerk.page.detail.identity.name == "Treg Fjell"
    assert [case.number for case in office.people.detail(person.id).cases] == [clerk.page.detail.number]
    return clerk.acts


def log_a_visit(clerk: Clerk, office) -> int:
    clerk.goes("person", subject=person_id(office, "Nepe"))
    clerk.begins()
    clerk.clicks("Nytt besøk")
    clerk.clicks("Ikke hjemme")
    clerk.clicks("Økonomi")
    observed = clerk.page.form.texts["observed"]
    observed.setFocus()
    QTest.keyClicks(observed, "Ingen åpnet. La igjen en lapp.")
    clerk.presses(Qt.Key.Key_Return, CTRL)
    settle()
    assert clerk.sees("Ingen åpnet. La igjen en lapp.")
    return clerk.acts


WALKS = {
    "T1": see_the_day,
    "T2": find_on_the_phone,
    "T3": log_a_call,
    "T4": register_an_application,
    "T5": main_walks.send_an_interim_reply,
    "T6": main_walks.ask_for_papers,
    "T7": main_walks.write_a_decision,
    "T9": main_walks.send_what_is_ready,
    "T10": main_walks.allocate,
    "T12": main_walks.register_an_answer,
    "T13": log_a_visit,
}


def table(counted: dict[str, int]) -> str:
    lines = ["| Oppgave | Hva | Grense | Talt |", "|---|---|---:|---:|"]
    lines += [
        f"| {task} | {BUDGET[task][0]} | {BUDGET[task][1]} | {acts} |" for task, acts in counted.items()
    ]
    return "\n".join(lines)


def test_that_no_task_takes_more_acts_than_its_budget(clerk, second, office, opened, tmp_path, monkeypatch):
    print_to(tmp_path / "utskrift.pdf", monkeypatch)
    counted = {}
    for task, walk in WALKS.items():
        if task == "T12":
            main_walks.offered(opened.store, office)
        counted[task] = walk(clerk, office)
        if task == "T7":  # what one writes, another approves
            second.comes_back()
            counted["T8"] = main_walks.approve(second, office)
            clerk.comes_back()
    print(table(counted))  # noqa: T201 - the table of the manual, for whoever runs the journey with -s
    assert {task: acts for task, acts in counted.items() if acts > BUDGET[task][1]} == {}
    assert table(counted) in MANUAL.read_text(encoding="utf-8")
