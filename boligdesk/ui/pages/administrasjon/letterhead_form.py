"""Who sends the letters of the office: the fields of the letterhead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from boligdesk.services.letterhead import MOST_LINES, logo_of, logo_text
from boligdesk.ui.widgets import FormSection, tidy
from boligdesk.ui.widgets.act_dialog import fault_words

from .logo_field import LogoField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from boligdesk.services.errors import InvalidInput

_LINES_HIGH = 92
#: Key of the setting, label, help.
_FIELDS = (
    ("kommune", "&Kommune", "Som i «Eksempelvik kommune»."),
    ("kontor", "K&ontor", ""),
    ("adresse", "&Adresse", f"En linje for gata, en for postnummer og sted. Høyst {MOST_LINES} linjer."),
    ("telefon", "&Telefon", ""),
    ("epost", "&E-post", "Kan stå tom."),
    ("nett", "&Nettsted", "Kan stå tomt. Skriv det som www.navn.no."),
    ("orgnr", "O&rganisasjonsnummer", "Kan stå tomt. Ni siffer."),
    ("logo", "&Logo", "PNG eller JPEG. Logoen blir høyst 17 mm høy og 42 mm bred i brevet."),
    (
        "logo_ord",
        "Hva logoen &viser",
        "Leses opp for dem som ikke ser, som «Kommunevåpenet til Eksempelvik».",
    ),
)


class LetterheadForm(QWidget):
    """``changed`` at each key and choice; ``value`` is the setting as it stands, unchecked."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        tidy(column)
        self.form = FormSection()
        column.addWidget(self.form)
        self.lines = {key: QLineEdit() for key, *_rest in _FIELDS if key not in {"adresse", "logo"}}
        self.address = QPlainTextEdit()
        self.address.setTabChangesFocus(True)
        self.address.setFixedHeight(_LINES_HIGH)
        self.logo = LogoField()
        fields: dict[str, QWidget] = {**self.lines, "adresse": self.address, "logo": self.logo}
        for key, words, help_text in _FIELDS:
            self.form.add(key, words, fields[key], help_text)
        for line in self.lines.values():
            line.textEdited.connect(lambda _text: self._typed())
        self.address.textChanged.connect(self._typed)
        self.logo.changed.connect(self._typed)
        self.logo.refused.connect(lambda fault: self.form.set_errors({"logo": fault}))
        self._is_filling = False
        self._show_words()

    def value(self) -> dict[str, Any]:
        found: dict[str, Any] = {key: line.text() for key, line in self.lines.items()}
        found["adresse"] = self.address.toPlainText().splitlines()
        found["logo"] = logo_text(self.logo.value())
        return found

    def fill(self, head: Mapping[str, Any]) -> None:
        """Show a setting; nothing counts as typed."""
        self._is_filling = True
        for key, line in self.lines.items():
            line.setText(str(head.get(key) or ""))
        lines = head.get("adresse")
        self.address.setPlainText("\n".join(lines) if isinstance(lines, list | tuple) else "")
        self.logo.set_value(logo_of(head))
        self.form.set_errors({})
        self._show_words()
        self._is_filling = False

    def show_fault(self, error: InvalidInput) -> bool:
        """Beside its field; False when it is about none of them."""
        return self.form.set_errors({error.field: fault_words(error)}) is not None

    def _typed(self) -> None:
        if self._is_filling:
            return
        self._show_words()
        self.changed.emit()

    def _show_words(self) -> None:
        self.form.rows["logo_ord"].setVisible(bool(self.logo.value()))
