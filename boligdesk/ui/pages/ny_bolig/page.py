"""Ny bolig, and «Rett opplysninger» when the place has a dwelling as its subject."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout

from boligdesk.domain.catalog import OfferKind, Ownership
from boligdesk.services.errors import ConflictError, InvalidInput
from boligdesk.ui.drafting import DraftKeeper
from boligdesk.ui.home_words import square_metres
from boligdesk.ui.page import Page, Window
from boligdesk.ui.places import Place
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, set_role
from boligdesk.ui.widgets import PageHeader, show_money

from .form import DwellingForm

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.errors import UserError
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.dwellings import BuildingRow, DwellingDetail, DwellingDraft

Loaded = tuple["tuple[tuple[UUID, str], ...]", "tuple[BuildingRow, ...]", "DwellingDetail | None"]


class NyBoligPage(Page):
    key = "ny_bolig"
    window_title = "Ny bolig"

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._id: UUID | None = None
        self._is_shown = False
        self._draft: DwellingDraft | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(*PAGE_MARGINS)
        column.setSpacing(SPACE_3)
        self.header = PageHeader("Ny bolig")
        self.header.add_secondary("Gå tilbake", self._go_back)
        self.save_button = self.header.set_primary("Registrer boligen", self.save)
        column.addWidget(self.header)
        self.form = DwellingForm(window.today)
        self.form.building_chosen.connect(self._load_entrances)
        self.keeper = DraftKeeper(window, self.form.texts(), "bolig", None, "skjema", parent=self)
        column.addWidget(self.keeper.offer)
        set_role(self.form, "scroll")
        area = QScrollArea()
        area.setAccessibleName("Opplysninger om boligen")
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self.form)
        column.addWidget(area, 1)
        column.addWidget(self.keeper.status)

    # --- what the window asks -------------------------------------------------------------------------------

    def open(self, place: Place) -> None:
        self._id = place.subject
        is_new = self._id is None
        title = "Ny bolig" if is_new else "Rett opplysninger om boligen"
        self.window_title = "Ny bolig" if is_new else "Rett bolig"
        self.header.set_title(title)
        self.header.set_crumbs((("Boliger", lambda: self.window_.go(Place("boliger"))), (title, None)))
        self.save_button.setText("Registrer boligen" if is_new else "Lagre endringene")
        self._load()

    def refresh(self) -> None:
        """F5 and «Hent det som gjelder nå»: what is stored takes the place of what was typed."""
        self._load()

    def primary(self) -> None:
        self.save()

    def focus_start(self) -> None:
        self.form.lines["street"].setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        if self._is_shown:
            self.keeper.keep()

    def help_text(self) -> str:
        return "Bare boligkoden må fylles ut. Resten kan du legge til senere. «Registrer boligen» eller Ctrl+Enter lagrer."

    # --- reading --------------------------------------------------------------------------------------------

    def _load(self) -> None:
        dwelling_id, services = self._id, self.window_.services
        self._is_shown = False

        def work() -> Loaded:
            detail = services.dwellings.detail(dwelling_id) if dwelling_id else None
            return services.office.districts(), services.dwellings.buildings(), detail

        def done(found: Loaded) -> None:
            if dwelling_id == self._id:
                self._show(found)

        self.window_.query(work, done, owner=self)

    def _load_entrances(self, building: UUID | None) -> None:
        if building is None:
            self.form.set_entrances(None, ())
            return
        dwellings = self.window_.services.dwellings
        self.window_.query(
            lambda: dwellings.entrances(building),
            lambda found: self.form.set_entrances(building, found),
            owner=self,
        )

    def _show(self, found: Loaded) -> None:
        districts, buildings, detail = found
        self.form.set_lists(districts, buildings)
        self.form.set_draft(detail.draft if detail else None)
        if detail:
            self.header.set_title("Rett opplysninger om boligen", f"{detail.address} · {detail.draft.code}")
        self.keeper.aim("bolig", self._id, "boligen" if detail else "ny bolig")
        self.keeper.look()
        self._is_shown = True
        self.focus_start()

    # --- writing --------------------------------------------------------------------------------------------

    def save(self) -> None:
        draft = self.form.draft()
        if draft is not None and self._is_shown:
            self._save(draft)

    def _save(self, draft: DwellingDraft) -> None:
        dwellings = self.window_.services.dwellings
        status, day = self.form.status.currentData(), self.form.from_on.value()
        if draft.id is None:
            self.window_.save(
                lambda: dwellings.register(draft, status, day),
                owner=self,
                said="Boligen er registrert.",
                done=self._saved,
                invalid=self._invalid,
            )
            return

        names = self.form.names()

        def change() -> Saved:
            try:
                return dwellings.change(draft)
            except ConflictError as conflict:
                raise _in_words(conflict, names) from None

        self.window_.save(
            change,
            owner=self,
            said="Opplysningene om boligen er lagret.",
            done=self._saved,
            invalid=self._invalid,
        )

    def _saved(self, saved: Saved) -> None:
        self.keeper.done()
        self._is_shown = False
        self.window_.go(Place("bolig", subject=saved.id))

    def _invalid(self, error: UserError) -> bool:
        if not isinstance(error, InvalidInput):
            return False
        text = " ".join(part for part in (error.title, error.what, error.todo) if part)
        return self.form.show_fault(error.field, text)

    def _go_back(self) -> None:
        self.window_.go(Place("bolig", subject=self._id) if self._id else Place("boliger"))


def _in_words(conflict: ConflictError, names: dict[str, str]) -> ConflictError:
    """The conflict page shows values; people read words, not codes."""
    mine = {name: _words(name, value, names) for name, value in conflict.mine.items()}
    theirs = {name: _words(name, value, names) for name, value in conflict.theirs.items()}
    return ConflictError(mine, theirs, conflict.theirs_by, conflict.theirs_at)


_WORDS: dict[str, Callable[[Any], str]] = {
    "offer_kind": lambda code: OfferKind(code).label,
    "ownership": lambda code: Ownership(code).label,
    "rent_ore": lambda ore: f"{show_money(ore)} kr",
    "area_m2x10": square_metres,
    "counts_kostra": lambda counts: "Ja" if counts else "Nei",
}


def _words(name: str, value: Any, names: dict[str, str]) -> str:
    if value is None or value == "":
        return ""
    if name in {"district_id", "building_id", "entrance_id"}:
        return names.get(str(value), "Et annet")
    return _WORDS.get(name, str)(value)
