"""«Hent inn lister»: a file, its columns, a dry run, and then the rows themselves. Nothing is stored before that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QStackedWidget

from boligdesk.services.imports.fields import field_map
from boligdesk.services.imports.mapping import Column, Mapping, by_hand, guess_kind
from boligdesk.services.imports.run import TOUCHED
from boligdesk.ui.places import Place
from boligdesk.ui.shell.exporting import ask_path
from boligdesk.ui.tasks import Lane
from boligdesk.ui.widgets import MessageArea
from boligdesk.ui.work_line import WorkLine

from .import_choose import ChooseStep
from .import_map import MapStep
from .import_report import ReportStep, ResultStep
from .tab import Tab

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from boligdesk.services.errors import UserError
    from boligdesk.services.imports.report import ImportReport
    from boligdesk.services.imports.table import SourceTable
    from boligdesk.ui.page import Window
    from boligdesk.ui.widgets import Button

_STOPPED = {"stopped", "cancelled"}
_JSON = "Koblingsfil (*.json)"
_BOOK = "Excel-arbeidsbok (*.xlsx)"


class ImportTab(Tab):
    """Four steps on top of each other; the way back is a button on each."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self.path: Path | None = None
        self.table: SourceTable | None = None
        self.mapping: Mapping | None = None
        self.report: ImportReport | None = None
        self.by_hand: set[str] = set()
        self.messages = MessageArea()
        self.working = WorkLine(window.tasks)
        self.choose, self.map_step = ChooseStep(), MapStep(window)
        self.report_step, self.result = ReportStep(window), ResultStep()
        self.steps = QStackedWidget()
        for step in (self.choose, self.map_step, self.report_step, self.result):
            self.steps.addWidget(step)
        self.column.addWidget(self.messages)
        self.column.addWidget(self.working)
        self.column.addWidget(self.steps, 1)
        self._connect()

    def _connect(self) -> None:
        self.working.busy_changed.connect(lambda busy: self.steps.setEnabled(not busy))
        self.choose.chosen.connect(self.read)
        step = self.map_step
        step.kind_chosen.connect(self.set_kind)
        step.sheet_chosen.connect(self._other_sheet)
        step.field_chosen.connect(self.set_field)
        step.try_wanted.connect(self.try_out)
        step.other_wanted.connect(self.begin)
        step.save_wanted.connect(self._save_mapping)
        step.load_wanted.connect(self._load_mapping)
        self.report_step.take_wanted.connect(self.take)
        self.report_step.back_wanted.connect(lambda: self._go(self.map_step))
        self.report_step.save_wanted.connect(self._save_report)
        self.result.save_wanted.connect(self._save_rejected)
        self.result.again_wanted.connect(self.begin)
        self.result.open_wanted.connect(lambda page: self.window_.go(Place(page)))

    # --- the file ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Start anew with another list."""
        self.path = self.table = self.mapping = self.report = None
        self.by_hand = set()
        self.messages.clear()
        self._go(self.choose)

    def read(self, path: Path, sheet: str | None = None) -> None:
        """Read the file in the background; then guess what it is about."""
        files = self.window_.files
        self.messages.clear()
        self.working.run(
            Lane.OTHER,
            "Leser lista …",
            lambda progress, cancelled: files.read_table(
                path, sheet or None, lambda rows: progress(rows, 0), cancelled
            ),
            lambda table: self._read(path, table),
            self._failed,
            stop="Avbryt lesingen",
        )

    def _other_sheet(self, sheet: str) -> None:
        if self.path is not None:
            self.read(self.path, sheet)

    def _read(self, path: Path, table: SourceTable) -> None:
        kept = self.mapping.kind if self.mapping is not None and path == self.path else ""
        self.path, self.table, self.mapping, self.report = path, table, None, None
        self.by_hand = set()
        self.map_step.show_table(table)
        self.steps.setCurrentWidget(self.map_step)
        kind = guess_kind(table.headings) or kept
        if kind:
            self.set_kind(kind, begins=True)
        else:
            self.map_step.show_no_kind()
            self._go(self.map_step)

    # --- the mapping ---------------------------------------------------------------------------------------

    def set_kind(self, kind: str, *, begins: bool = False) -> None:
        """This is a list of that kind: what was mapped the last time, or what the headings say."""
        table = self.table
        if table is None:
            return
        if not kind:
            self.mapping = None
            self.map_step.show_no_kind()
            return
        imports = self.window_.services.imports
        self.window_.query(
            lambda: imports.mapping(table.headings, kind),
            lambda mapping: self._mapped(table, mapping, begins=begins),
            owner=self,
        )

    def _mapped(self, table: SourceTable, mapping: Mapping, *, begins: bool) -> None:
        if table is self.table:
            self.mapping, self.by_hand = mapping, set()
            self.map_step.show_mapping(mapping, self.by_hand)
            if begins:
                self.focus_start()

    def set_field(self, heading: str, field: str) -> None:
        """The person maps a column; another column that filled the field is not used any more."""
        mapping = self.mapping
        if mapping is None:
            return
        note, columns = "", []
        for column in mapping.columns:
            if column.heading == heading:
                columns.append(Column(heading, field or None, "exact" if field else "none"))
            elif field and column.field == field:
                columns.append(Column(column.heading, None, "none"))
                label = field_map(mapping.kind)[field].label
                note = f"«{column.heading}» er ikke lenger koblet til {label}."
            else:
                columns.append(column)
        self.by_hand.add(heading)
        # what was guessed about the columns was told once; a choice of one's own is not questioned
        notes = tuple(text for text in mapping.notes if f"«{heading}»" not in text)
        self.mapping = replace(mapping, columns=tuple(columns), notes=notes)
        self.map_step.show_mapping(self.mapping, self.by_hand, note)

    def _save_mapping(self) -> None:
        mapping, files = self.mapping, self.window_.files
        path = ask_path(self, "Lagre koblingen", "kobling.json", _JSON) if mapping else None
        if path is not None and mapping is not None:
            self._write(path, "Koblingen", lambda: files.write_mapping(path, mapping))

    def _load_mapping(self) -> None:
        chosen, _kind = QFileDialog.getOpenFileName(self, "Hent kobling", "", _JSON)
        table, mapping, files = self.table, self.mapping, self.window_.files
        if not chosen or table is None or mapping is None:
            return
        self.working.run(
            Lane.OTHER,
            "Leser koblingen …",
            lambda _progress, _cancelled: by_hand(
                files.read_mapping(Path(chosen)), table.headings, mapping.kind
            ),
            self._loaded,
            self._failed,
            stop="",
        )

    def _loaded(self, mapping: Mapping) -> None:
        self.mapping = mapping
        self.by_hand = {column.heading for column in mapping.columns if column.field}
        self.map_step.show_mapping(mapping, self.by_hand, "Koblingen er hentet fra fila.")

    # --- dry run and taking --------------------------------------------------------------------------------

    def try_out(self) -> None:
        """See what would happen. A mapping made by hand is remembered for the next list like this."""
        table, mapping = self.table, self.mapping
        if table is None or mapping is None or mapping.missing():
            return
        imports, chosen = self.window_.services.imports, bool(self.by_hand)

        def work(progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> ImportReport:
            report = imports.dry_run(table, mapping.kind, mapping, progress, cancelled)
            if chosen:
                imports.remember(table.headings, mapping)
            return report

        self._run("Prøver lista uten å lagre …", "Avbryt prøven", work, self._tried)

    def _tried(self, report: ImportReport) -> None:
        self.report = report
        if self.table is not None:
            self.report_step.show_report(self.table, report)
            self._go(self.report_step)

    def take(self) -> None:
        """Store the good rows, all of them or none."""
        table, mapping = self.table, self.mapping
        if table is None or mapping is None:
            return
        imports = self.window_.services.imports
        self._run(
            "Henter inn lista …",
            "Avbryt innhentingen",
            lambda progress, cancelled: imports.take(table, mapping.kind, mapping, progress, cancelled),
            self._taken,
        )

    def _taken(self, report: ImportReport) -> None:
        self.report = report
        self.window_.tasks.publish(TOUCHED)
        self.result.show_report(report)
        self._go(self.result)

    def _run(
        self,
        words: str,
        stop: str,
        work: Callable[[Callable[[int, int], None], Callable[[], bool]], ImportReport],
        done: Callable[[ImportReport], None],
    ) -> None:
        self.messages.clear()
        self.working.run(Lane.DATABASE, words, work, done, self._failed, stop=stop)

    # --- files out -----------------------------------------------------------------------------------------

    def _save_report(self) -> None:
        table, mapping, report, files = self.table, self.mapping, self.report, self.window_.files
        path = ask_path(self, "Lagre rapporten", "rapport.xlsx", _BOOK)
        if path is None or table is None or mapping is None or report is None:
            return
        self._write(path, "Rapporten", lambda: files.write_report(path, table, mapping, report.checked))

    def _save_rejected(self) -> None:
        table, report, files = self.table, self.report, self.window_.files
        path = ask_path(self, "Lagre radene som må rettes", "må rettes.xlsx", _BOOK)
        if path is None or table is None or report is None:
            return
        rows = report.rejected_rows
        self._write(path, "Arbeidsboken", lambda: files.write_rejected(path, table, rows))

    def _write(self, path: Path, what: str, write: Callable[[], object]) -> None:
        if self.path is not None and path.exists() and path.samefile(self.path):
            self.messages.show_message(
                "warn", f"{what} kan ikke lagres over selve lista. Velg et annet navn."
            )
            return
        self.working.run(
            Lane.OTHER,
            "Skriver fila …",
            lambda _progress, _cancelled: write(),
            lambda _written: self.messages.show_message("ok", f"{what} er lagret i «{path.name}»."),
            self._failed,
            stop="",
        )

    # --- the tab -------------------------------------------------------------------------------------------

    def _failed(self, error: UserError) -> None:
        if error.code in _STOPPED:
            self.messages.show_message("info", " ".join(p for p in (error.title, error.safe) if p))
        else:
            self.messages.show_error(error)

    def _go(self, step: ChooseStep | MapStep | ReportStep | ResultStep) -> None:
        self.steps.setCurrentWidget(step)
        self.focus_start()

    def primary(self) -> None:
        here = self.steps.currentWidget()
        button: Button = self.result.open_button
        if here is self.choose:
            button = self.choose.button
        elif here is self.map_step:
            button = self.map_step.try_button
        elif here is self.report_step:
            button = self.report_step.take_button
        button.click()

    def focus_start(self) -> None:
        here = self.steps.currentWidget()
        target: QWidget = self.result.open_button
        if here is self.choose:
            target = self.choose.button
        elif here is self.map_step:
            target = self.map_step.table if self.mapping is not None else self.map_step.kind
        elif here is self.report_step:
            target = self.report_step.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)
