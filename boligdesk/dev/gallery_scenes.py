"""The scenes of the gallery: a whole page like «Min dag», a file's head, forms, states, lists in all states."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from boligdesk.services.errors import StoreUnavailable
from boligdesk.ui.icons import app_icon
from boligdesk.ui.tables import DataTable, WindowModel, fixed_rows
from boligdesk.ui.theme import PAGE_MARGINS, SPACE_3, TONES, set_role
from boligdesk.ui.widgets import (
    Action,
    Button,
    Card,
    DateField,
    EmptyState,
    ErrorState,
    FactGrid,
    FilterMenuButton,
    FormSection,
    IdentityBar,
    InfoBar,
    KpiButton,
    LoadingState,
    MoneyField,
    NavItem,
    NavList,
    PageHeader,
    Pill,
    PillSpec,
    PracticeBar,
    PreviewPane,
    SearchField,
    SectionHeading,
    SegmentedFilter,
    StatusLine,
    TriStateField,
    label,
    row,
    wrapping,
)

from .gallery import HIGH, SAMPLE, TODAY, WIDE, sample_table, task_columns

NAV = (
    NavItem("day", "Min dag", "calendar_today"),
    NavItem("", "Sak og tildeling"),
    NavItem("cases", "Saker", "people"),
    NavItem("allocation", "Tildeling", "home_person"),
    NavItem("intake", "Inntaksteam", "people_team"),
    NavItem("letters", "Vedtak og brev", "mail"),
    NavItem("", "Bolig og oppfølging"),
    NavItem("dwellings", "Boliger", "building"),
    NavItem("shelter", "Midlertidig botilbud", "bed"),
    NavItem("guidance", "Bo-oppfølging", "home_heart"),
    NavItem("", "Styring"),
    NavItem("plans", "Plan og rapport", "data_histogram"),
    NavItem("admin", "Administrasjon", "settings"),
)


def nothing() -> None:
    """The gallery's buttons do nothing."""


def _window(wide: int = WIDE, high: int = HIGH) -> tuple[QWidget, QVBoxLayout]:
    window = QWidget()
    set_role(window, "window")
    window.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    window.resize(wide, high)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return window, column


def _page(wide: int = WIDE, high: int = HIGH) -> tuple[QWidget, QVBoxLayout]:
    window, outer = _window(wide, high)
    page = QFrame()
    set_role(page, "page")
    outer.addWidget(page)
    column = QVBoxLayout(page)
    column.setContentsMargins(*PAGE_MARGINS)
    column.setSpacing(SPACE_3)
    return window, column


def _shell(rail: bool, wide: int, high: int) -> tuple[QWidget, QVBoxLayout]:
    window, outer = _window(wide, high)
    outer.addWidget(_top_line(rail))
    below = QHBoxLayout()
    below.setSpacing(0)
    nav = NavList(NAV)
    for key, badge in (
        ("day", "9"),
        ("allocation", "11"),
        ("letters", "3"),
        ("shelter", "14/16"),
        ("guidance", "4"),
    ):
        nav.set_badge(key, badge)
    nav.set_current("day")
    nav.set_rail(rail)
    below.addWidget(nav)
    page = QFrame()
    set_role(page, "page")
    column = QVBoxLayout(page)
    column.setContentsMargins(*PAGE_MARGINS)
    column.setSpacing(10)
    below.addWidget(page, 1)
    outer.addLayout(below, 1)
    return window, column


def _top_line(rail: bool) -> QWidget:
    top = QWidget()
    top.setFixedHeight(52)
    line = QHBoxLayout(top)
    line.setContentsMargins(16, 0, 12, 0)
    mark = label("")
    mark.setPixmap(app_icon().pixmap(QSize(24, 24)))
    line.addWidget(mark)
    if not rail:
        line.addWidget(label("Boligdesk", "h2"))
    line.addStretch(1)
    search = SearchField("Søk", "Søk person, sak, bolig eller brev")
    search.setFixedWidth(300 if rail else 420)
    line.addWidget(search)
    line.addStretch(1)
    status = StatusLine()
    status.set_saved("10:42")
    for widget in (status, Button("Ny", icon="add"), Button("Ingrid B.", icon="person")):
        line.addWidget(widget)
    return top


def day() -> QWidget:
    """«Min dag» as in the design."""
    return _day(False, WIDE, HIGH)


def day_narrow() -> QWidget:
    """The narrowest window."""
    return _day(True, 960, 540)


def _day(rail: bool, wide: int, high: int) -> QWidget:
    window, column = _shell(rail, wide, high)
    head = PageHeader("Min dag", "tirsdag 24. november 2026 · uke 48")
    head.add_secondary("Skriv ut dagsliste", nothing, "print")
    column.addWidget(head)
    numbers = QHBoxLayout()
    for icon, role, words, number in (
        ("dismiss_circle", "crit", "over fristen", 1),
        ("warning", "warn", "innen to dager", 3),
        ("people_team", "info", "saker til møtet 1. des.", 5),
        ("key", "text2", "boliger ledige uten forslag", 2),
    ):
        button = KpiButton(icon, role, words, compact=rail)
        button.set_number(number)
        numbers.addWidget(button)
    if not rail:
        column.addLayout(numbers)
    column.addWidget(_filters())
    body = QHBoxLayout()
    body.setSpacing(12)
    table = sample_table()
    body.addWidget(table, 1)
    if not rail:
        body.addWidget(_detail())
    column.addLayout(body, 1)
    table.setFocus()
    return window


def _filters() -> QWidget:
    who = SegmentedFilter("Eier", (("mine", "Mine"), ("team", "Teamet"), ("none", "Uten eier")))
    who.set_counts({"mine": 9, "team": 31, "none": 2})
    due = FilterMenuButton("Frist", (("all", "Alle frister"), ("late", "Forfalt")))
    kind = FilterMenuButton("Sakstype", (("all", "Alle sakstyper"), ("rent", "Kommunal bolig")))
    kind.set_value("rent")
    carrier = QWidget()
    line = QHBoxLayout(carrier)
    line.setContentsMargins(0, 0, 0, 0)
    for widget in (who, due, kind):
        line.addWidget(widget)
    line.addStretch(1)
    line.addWidget(label("Sortert etter frist", "cap"))
    return carrier


def _detail() -> QWidget:
    panel = Card(role="panel")
    panel.setFixedWidth(300)
    panel.add(label("Valgt oppgave", "cap"))
    panel.add(wrapping("Svar på klage – avslag kommunal bolig", "h2"))
    panel.add(row(Pill("crit", "Forfalt"), Pill("neutral", "Klage", "gavel")))
    panel.add(label("Sprek Bie · 2026/1187", "sub"))
    panel.add(
        wrapping(
            "Klagen kom 9. november, innenfor fristen. Avslaget ble sendt 22. oktober. Du skal først vurdere om "
            "vedtaket kan omgjøres. Hvis ikke, skal saken til klagenemnda."
        )
    )
    panel.add(label("Neste steg", "cap"))
    panel.add(Button("Skriv vurdering av klagen", icon="edit", kind="primary"))
    panel.add(Button("Åpne saken", icon="arrow_right"))
    panel.add(Button("Gi til kollega …", icon="person", kind="link"))
    panel.body.addStretch(1)
    panel.add(label("Sist i saken", "cap"))
    panel.add(wrapping("9. nov.  Klage mottatt (brev)\n22. okt.  Avslag sendt\n20. okt.  Godkjent av leder"))
    return panel


def file_head() -> QWidget:
    """A file: practice bar, identity, tabs, cards, messages."""
    window, column = _page()
    column.insertWidget(0, PracticeBar())
    head = IdentityBar()
    head.set_identity(
        "Klok Hest",
        ("15.03.1988 (38 år)", "150388 •••••", "tlf. 68 05 00 00", "tolk: tigrinja", "brev på bokmål"),
        ("Sak 2026/1275", "Kommunal bolig", "søkt 26. okt. 2026", "saksbehandler Ingrid B."),
    )
    head.set_flags(
        (PillSpec("crit", "Gå alltid to"), PillSpec("ok", "Klar til møte"),
         PillSpec("info", "Barn i husstanden", "people"), PillSpec("lock", "Skjermet"), PillSpec("warn", "Haster"))
    )  # fmt: skip
    head.set_deadline("26. nov.", "1 måned siden søknad. Foreløpig svar er sendt.", "warn")
    head.set_actions((
        Button("Nytt notat", icon="note_add"), Button("Nytt brev", icon="mail"),
        Button("Send til inntaksteam", icon="people_team", kind="primary"),
    ))  # fmt: skip
    column.addWidget(PageHeader("Sak 2026/1275", crumbs=(("Saker", nothing), ("2026/1275 Klok Hest", None))))
    column.addWidget(head)
    for bar in _bars():
        column.addWidget(bar)
    tabs = QTabWidget()
    tabs.setAccessibleName("Faner i saken")
    tabs.addTab(_overview(), "Oversikt")
    for title in ("Søknad og behov", "Vurdering", "Vedtak og brev  2", "Logg"):
        tabs.addTab(QWidget(), title)
    column.addWidget(tabs, 1)
    return window


def _bars() -> tuple[InfoBar, ...]:
    return (
        InfoBar("info", "Oppgaven er lukket.", (Action("Angre", nothing),)),
        InfoBar(
            "crit", "Saken for øvrig er oppdatert.", (Action("Prøv igjen", nothing), Action("Kopier feilkode", nothing)),
            title="Vi fikk ikke hentet dokumentene.",
        ),
        InfoBar("warn", "Vi er uten nett. Det du skriver blir lagret her og sendes senere."),
    )  # fmt: skip


def _overview() -> QWidget:
    carrier = QWidget()
    line = QHBoxLayout(carrier)
    line.setContentsMargins(0, 12, 0, 0)
    line.setSpacing(SPACE_3)
    now = Card("Situasjon nå")
    now.add(
        FactGrid((
            ("Bor nå", "Hos slektning, må ut 15. desember 2026"),
            ("Husstand", "2 voksne, 3 barn (4, 7 og 11 år)"),
            ("Inntekt", "Introduksjonsstønad · dokumentert 3. nov."),
            ("Eget forsøk", ("6 visninger siden august · dokumentert. Søkeren har skrevet ned hvem som svarte, og "
             "hvilke utleiere som ikke ville leie ut til en familie med tre barn.")),
            ("Tilgjengelighet", Pill("info", "Heis eller 1. etasje", "building")),
            ("Verge", ""),
        ))
    )  # fmt: skip
    now.body.addStretch(1)
    pills = Card("Statusord")
    for tone in TONES:
        words = {
            "crit": "Forfalt",
            "warn": "Haster",
            "info": "Under arbeid",
            "ok": "Godkjent",
            "neutral": "Ikke startet",
        }
        pills.add(row(Pill(tone, words.get(tone, "Skjermet")), Pill(tone, "Med fyll", quiet=False)))
    pills.body.addStretch(1)
    line.addWidget(now, 1)
    line.addWidget(pills, 1)
    return carrier


def forms() -> QWidget:
    """Fields in their states, buttons in theirs."""
    window, column = _page()
    column.addWidget(PageHeader("Ny søknad", "Felt, feil og knapper"))
    line = QHBoxLayout()
    line.setSpacing(24)
    section = FormSection("Om husstanden", "Vi spør bare om det vi trenger for å vurdere søknaden.")
    moved = DateField(lambda: TODAY)
    moved.set_value(TODAY)
    section.add("moved", "&Flyttet til kommunen", moved, "La feltet stå tomt hvis datoen er ukjent.")
    bad = DateField(lambda: TODAY)
    bad.setText("31.02.2026")
    section.add("bad", "&Må flytte innen", bad).set_error(bad.error())
    rent = MoneyField()
    rent.set_value(984050)
    section.add("rent", "&Husleie i kroner", rent)
    section.add("child", "Er det &barn i husstanden?", TriStateField())
    reason = QPlainTextEdit()
    reason.setMaximumHeight(90)
    section.add("reason", "B&egrunnelse", reason).set_error("Skriv hvilke hensyn som var viktigst.")
    section.body.addStretch(1)
    line.addWidget(section, 1)
    line.addWidget(_controls(), 1)
    column.addLayout(line, 1)
    return window


def _controls() -> QWidget:
    card = Card("Knapper og valg")
    off, off_primary = (
        Button("Send til godkjenning", icon="arrow_right"),
        Button("Send vedtaket", kind="primary"),
    )
    off.set_reason_disabled("Begrunnelsen mangler.")
    off_primary.setEnabled(False)
    card.add(row(Button("Lagre kladd", icon="save"), Button("Send vedtaket", icon="send", kind="primary")))
    card.add(row(off, off_primary))
    card.add(row(Button("Ren tekst", icon="document", kind="link"), Button("Vis mer", kind="quiet")))
    box, choice, chosen = QComboBox(), QCheckBox("Ta med avsluttede saker"), QCheckBox("Brev på nynorsk")
    box.addItems(["Kommunal bolig", "Forlenget botid"])
    chosen.setChecked(True)
    first, second = QRadioButton("Innvilget"), QRadioButton("Avslag")
    first.setChecked(True)
    line = QLineEdit("Eksempelgata 1")
    off_line = QLineEdit("Kan ikke endres")
    off_line.setEnabled(False)
    for named, name in ((box, "Sakstype"), (line, "Adresse"), (off_line, "Saksnummer")):
        named.setAccessibleName(name)
    for widget in (box, choice, chosen, first, second, line, off_line):
        card.add(widget)
    stages = SegmentedFilter("Trinn", (("a", "Ledig"), ("b", "Forslag"), ("c", "Inntaksteam")), wide=True)
    stages.set_counts({"a": 2, "b": 1, "c": 2})
    stages.set_value("b")
    card.add(stages)
    card.add(
        SectionHeading("Hendelser", "Det siste øverst.", (Button("Alle typer", icon="filter", kind="link"),))
    )
    field = Button("Ferdig", icon="checkmark_circle", kind="primary")
    field.setProperty("field", "true")
    card.add(row(field))
    card.body.addStretch(1)
    return card


def states() -> QWidget:
    """Empty, loading, error; a preview and a broken one."""
    window, column = _page()
    column.addWidget(PageHeader("Tilstander"))
    waiting = LoadingState(nothing)
    waiting.start("Henter 118 saker …")
    waiting.show()
    waiting.button.show()
    upper, lower = QHBoxLayout(), QHBoxLayout()
    for widget in (
        EmptyState("Ingen saker passer med filteret.", "Fjern filteret", nothing),
        waiting,
        ErrorState(
            "Vi fikk ikke hentet listen.",
            "Databasen svarer ikke.",
            "Ingenting er endret.",
            "Vent litt.",
            nothing,
        ),
    ):
        card = Card()
        card.add(widget, 1)
        upper.addWidget(card, 1)
    good, broken = PreviewPane(), PreviewPane()
    good.show_pdf(_sample_pdf())
    broken.show_pdf(b"not a letter")
    lower.addWidget(good, 1)
    lower.addWidget(broken, 1)
    column.addLayout(upper, 2)
    column.addLayout(lower, 3)
    return window


def _sample_pdf() -> bytes:
    from boligdesk.ui.printing import ListPrint, to_pdf

    return to_pdf(
        ListPrint("Dagsliste", ("Mine oppgaver", "sortert etter frist"), TODAY, task_columns(), SAMPLE * 6)
    )


def lists() -> QWidget:
    """A list with ticks, compact; empty; failed; and one whose rows are on their way."""
    window, column = _page()
    column.addWidget(PageHeader("Lister"))
    ticks = sample_table()
    ticks.set_tick_mode()
    ticks.set_density("kompakt")
    ticks.rows.set_ticked(1, ticked=True)
    column.addWidget(ticks, 3)
    line = QHBoxLayout()
    empty = _table("Ingen oppgaver")
    empty.set_empty("Du er à jour. Neste frist er fredag 27. november.", "Vis alle frister", nothing)
    empty.rows.reload()
    failed = _table("Feilet")
    failed.show_error(
        StoreUnavailable("Vi fikk ikke hentet listen.", "Databasen svarer ikke.", "Ingenting er endret.")
    )
    for table in (empty, failed):
        line.addWidget(table, 1)
    column.addLayout(line, 2)
    return window


def _table(name: str) -> DataTable:
    model = WindowModel(task_columns(), fixed_rows(tuple))
    table = DataTable(name, model)
    model.setParent(table)
    return table


SCENES = {
    "day": day,
    "day_narrow": day_narrow,
    "file": file_head,
    "forms": forms,
    "states": states,
    "lists": lists,
}
