"""«Tildelingsregler»: which rules hold, what they say in plain words, and how new ones are adopted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from boligdesk.domain.access import Right
from boligdesk.domain.calendar import full_date, long_date
from boligdesk.domain.rule_sets import RuleSetError, load
from boligdesk.domain.rule_words import RuleLine, RuleSection, described
from boligdesk.services.changes import Changes, Kind
from boligdesk.services.errors import UserError
from boligdesk.ui.printing import ListPrint
from boligdesk.ui.tables import Column
from boligdesk.ui.tasks import Lane
from boligdesk.ui.theme import SPACE_1, SPACE_3, set_role
from boligdesk.ui.widgets import (
    Button,
    Card,
    FactGrid,
    MessageArea,
    Pill,
    SectionHeading,
    clear,
    label,
    rule,
    tidy,
    wrapping,
)

from .adopt_dialog import AdoptDialog
from .tab import Tab

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.records.assessment import RuleSetRow
    from boligdesk.ui.page import Page, Window

FILE_FILTER = "Regelsett (*.json);;Alle filer (*)"
FILE_NAME = "tildelingsregler.json"
_MOST_FILE = 2_000_000
_LIST_WIDTH = 250
_NARROW_LIST = 190
_ROW_HIGH = 48
#: Page width below which the list of editions gives room to the words.
_WIDE = 1000


class AllocationRulesTab(Tab):
    """Everybody here may read the rules; those who manage the office adopt new ones."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.rules: RuleSet | None = None
        self.today_sha256 = ""
        self.rows: tuple[RuleSetRow, ...] = ()
        self.dialog: AdoptDialog | None = None
        self.adopt_button = Button("Vedta nye regler …", self.primary, icon="gavel", kind="primary")
        if Right.MANAGE_USERS not in window.services.user.rights:
            self.adopt_button.set_reason_disabled("Bare ledere og systemansvarlige kan vedta regler.")
        self.save_button = Button("Lagre som fil …", self.export, icon="save")
        self.save_button.setToolTip("Lagre reglene som vises, som en fil du kan endre og vedta på nytt")
        self.column.addWidget(
            SectionHeading(
                "Regler for tildeling",
                "Kommunens egne regler for hvem som får bolig. Vedtatte regler endres ikke. Nye regler er en ny versjon.",
                actions=(self.save_button, self.adopt_button),
            )
        )
        self.messages = MessageArea()
        self.column.addWidget(self.messages)
        self.editions = QListWidget()
        self.editions.setAccessibleName("Versjoner av reglene")
        self.editions.setWordWrap(True)
        self.editions.setSpacing(SPACE_1)
        self.editions.currentRowChanged.connect(self._chosen)
        line = QHBoxLayout()
        tidy(line, SPACE_3)
        line.addWidget(self.editions)
        line.addWidget(self._words(), 1)
        self.column.addLayout(line, 1)

    def _words(self) -> QScrollArea:
        inside = QWidget()
        set_role(inside, "scroll")
        self.body = QVBoxLayout(inside)
        self.body.setContentsMargins(0, 0, 12, 0)
        self.body.setSpacing(SPACE_3)
        self.area = QScrollArea()
        self.area.setAccessibleName("Reglene i klartekst")
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        return self.area

    # --- reading -------------------------------------------------------------------------------------------

    def open(self) -> None:
        if not self.rows:
            self.refresh()

    def refresh(self) -> None:
        self.window_.query(self.window_.services.assessment.rule_sets, self._rows_arrived, owner=self)

    def changed(self, changes: Changes) -> None:
        if changes.touches(Kind.OFFICE):
            self.refresh()

    def _rows_arrived(self, rows: tuple[RuleSetRow, ...]) -> None:
        before = self.rules.sha256 if self.rules else ""
        self.rows = rows
        self.window_.query(
            self.window_.services.assessment.rules,
            lambda rules: self._today_arrived(rules, before),
            owner=self,
        )

    def _today_arrived(self, rules: RuleSet, shown: str) -> None:
        self.today_sha256 = rules.sha256
        self.editions.blockSignals(True)
        self.editions.clear()
        for row in self.rows:
            item = QListWidgetItem(self._edition_words(row))
            item.setSizeHint(QSize(0, _ROW_HIGH))
            self.editions.addItem(item)
        hashes = [row.sha256 for row in self.rows]
        wanted = shown if shown in hashes else rules.sha256
        self.editions.setCurrentRow(hashes.index(wanted) if wanted in hashes else -1)
        self.editions.blockSignals(False)
        if wanted == rules.sha256 or wanted not in hashes:
            self.show_rules(rules)
        else:
            self._chosen(hashes.index(wanted))

    def _edition_words(self, row: RuleSetRow) -> str:
        return f"{row.title}, versjon {row.version}\n{self._state(row.sha256, row.valid_from, row.valid_to)}"

    def _state(self, sha256: str, valid_from: dt.date | None, valid_to: dt.date | None) -> str:
        if sha256 == self.today_sha256:
            return "Gjelder nå"
        if valid_to is not None and valid_to <= self.window_.today():
            return f"Gjaldt til {long_date(valid_to)}"
        return f"Fra {long_date(valid_from)}" if valid_from else ""

    def _chosen(self, place: int) -> None:
        if 0 <= place < len(self.rows):
            wanted, assessment = self.rows[place].sha256, self.window_.services.assessment
            self.window_.query(lambda: assessment.rules(wanted), self.show_rules, owner=self)

    # --- showing -------------------------------------------------------------------------------------------

    def show_rules(self, rules: RuleSet) -> None:
        self.rules = rules
        clear(self.body)
        self.body.addWidget(self._head(rules))
        for section in described(rules):
            self.body.addWidget(_section(section))
        self.body.addStretch(1)
        self.area.verticalScrollBar().setValue(0)

    def _head(self, rules: RuleSet) -> Card:
        made = Card(f"{rules.title}, versjon {rules.version}")
        if made.heading is not None and rules.sha256 == self.today_sha256:
            made.heading.add_action(Pill("ok", "Gjelder nå"))
        ends = "Ingen sluttdato" if rules.valid_to is None else full_date(rules.valid_to)
        facts = [
            ("Kommune", rules.municipality),
            ("Gjelder fra", full_date(rules.valid_from)),
            ("Slutter å gjelde", ends),
            ("Kilde", rules.source),
        ]
        if all(row.edition_id is None for row in self.rows if row.sha256 == rules.sha256):
            facts.append(
                ("Vedtatt", "Nei. Reglene følger med Boligdesk og gjelder til kontoret vedtar egne.")
            )
        made.add(FactGrid(facts, label_width=130))
        return made

    def fit(self, width: int) -> None:
        self.editions.setFixedWidth(_LIST_WIDTH if width >= _WIDE else _NARROW_LIST)

    # --- adopting ------------------------------------------------------------------------------------------

    def primary(self) -> None:
        if not self.adopt_button.isEnabled():
            return
        path, _kind = QFileDialog.getOpenFileName(self, "Velg filen med reglene", "", FILE_FILTER)
        if path:
            self.propose(Path(path))

    def propose(self, path: Path) -> None:
        """Check the file, and show what it changes before anything is adopted."""
        self.messages.clear()
        text, fault = _read(path)
        if fault:
            self.messages.show_message("crit", fault, title="Reglene ble ikke lest.")
            return
        try:
            rules = load(text)
        except RuleSetError as error:
            self.messages.show_message(
                "crit", f"{error} Ingenting er endret. Rett filen.", title="Filen har en feil."
            )
            return
        assessment = self.window_.services.assessment
        self.window_.query(assessment.rules, lambda now: self._ask(text, rules, now), owner=self)

    def _ask(self, text: str, rules: RuleSet, now: RuleSet) -> None:
        if rules.sha256 in {row.sha256 for row in self.rows if row.edition_id is not None}:
            self.messages.show_message("info", f"{rules.name} er vedtatt fra før. Ingenting er endret.")
            return
        self.dialog = AdoptDialog(self.window_, text, rules, now, self)
        self.dialog.adopted.connect(self._adopted)
        self.dialog.open()

    def _adopted(self, rules: RuleSet) -> None:
        """Show what was adopted, also when it holds from a later day."""
        self.rules = rules
        self.refresh()

    # --- files and paper -----------------------------------------------------------------------------------

    def export(self) -> None:
        """The rules that are shown, as a file to start a new version from."""
        rules = self.rules
        if rules is None:
            return
        path, _kind = QFileDialog.getSaveFileName(self, "Lagre reglene som fil", FILE_NAME, FILE_FILTER)
        if not path:
            return
        wanted, assessment = rules.sha256, self.window_.services.assessment
        self.window_.query(
            lambda: assessment.rules_text(wanted), lambda text: self._write(Path(path), text), owner=self
        )

    def _write(self, path: Path, text: str) -> None:
        def work() -> None:
            try:
                path.write_text(text, encoding="utf-8")
            except OSError as error:
                raise UserError(
                    "Filen ble ikke lagret.",
                    "Mappen tok ikke imot den.",
                    "Ingenting i Boligdesk er endret.",
                    "Velg en annen mappe, eller se om disken er full.",
                ) from error

        self.window_.tasks.run(
            Lane.OTHER,
            lambda _progress, _cancelled: work(),
            lambda _nothing: self.messages.show_message(
                "ok",
                "Endre filen i et tekstprogram, og gi den et nytt versjonsnummer. Trykk deretter «Vedta nye regler».",
                title=f"Reglene er lagret i «{path.name}».",
            ),
            receiver=self,
        )

    def printout(self, page: Page) -> ListPrint | None:
        del page
        rules = self.rules
        if rules is None:
            return None
        rows = [(section.title, line) for section in described(rules) for line in section.lines]
        words = (
            f"{rules.municipality}",
            f"gjelder fra {long_date(rules.valid_from)}",
            f"kilde: {rules.source}",
        )
        return ListPrint(
            f"{rules.title}, versjon {rules.version}", words, self.window_.today(), _COLUMNS, rows
        )

    def focus_start(self) -> None:
        self.editions.setFocus(Qt.FocusReason.OtherFocusReason)


_COLUMNS: tuple[Column[tuple[str, RuleLine]], ...] = (
    Column("regel", "Regel", lambda row: f"{row[0]}: {row[1].name}"),
    Column("innhold", "Hva den sier", lambda row: row[1].text),
    Column("kilde", "Kilde", lambda row: row[1].source),
)


def _section(section: RuleSection) -> Card:
    made = Card(section.title)
    for number, line in enumerate(section.lines):
        if number:
            made.add(rule())
        made.add(_line(line))
    return made


def _line(line: RuleLine) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    tidy(column, 2)
    column.addWidget(wrapping(line.name, "strong"))
    column.addWidget(wrapping(line.text))
    if line.source:
        column.addWidget(label(f"Kilde: {line.source}", "cap", wrap=True))
    return made


def _read(path: Path) -> tuple[str, str]:
    """(text, "") or ("", what is wrong)."""
    try:
        if path.stat().st_size > _MOST_FILE:
            return "", "Filen er for stor til å være et regelsett."
        return path.read_text(encoding="utf-8"), ""
    except OSError:
        return "", "Se om filen er åpen i et annet program."
    except UnicodeDecodeError:
        return "", "Filen er ikke tekst i UTF-8. Lagre den som UTF-8 og prøv igjen."
