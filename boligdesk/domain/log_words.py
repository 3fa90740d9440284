"""Words for what a log entry changed: «Sak: trinn», «Adresse: gate». What has no word here is not shown.

Left out on purpose: ids, access columns, identity numbers, secret words, why a dwelling is not at our disposal
(it may be because of who lives there), and columns that only repeat others.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from boligdesk.domain import allocation_catalog, catalog, letters, works
from boligdesk.domain.dwellings import FIELD_LABELS
from boligdesk.domain.money import format_kr

_OSLO = ZoneInfo("Europe/Oslo")
_NOTHING = "–"

#: Table -> word before the field.
TABLES: dict[str, str] = {
    "app_user": "Bruker",
    "application": "Søknad",
    "assignment": "Saksbehandler",
    "assignment_rule": "Fordeling",
    "building": "Bygg",
    "cadastral_ref": "Matrikkel",
    "case_file": "Sak",
    "case_party": "Part",
    "clock_stop": "Stans",
    "conflict_of_interest": "Habilitet",
    "contact_point": "Telefon og e-post",
    "deadline": "Frist",
    "district": "Område",
    "document": "Dokument",
    "document_version": "Fil",
    "dwelling": "Bolig",
    "dwelling_status": "Status",
    "dwelling_work": "Arbeid",
    "edition": "Regler og maler",
    "entrance": "Oppgang",
    "external_ref": "Nummer i annet system",
    "fact": "Opplysning",
    "household": "Husstand",
    "household_member": "Medlem",
    "import_run": "Liste",
    "journal_entry": "Journal",
    "legal_track": "Rettslig spor",
    "letter": "Brev",
    "letter_approval": "Godkjenning",
    "letter_recipient": "Mottaker",
    "note": "Notat",
    "org_unit": "Enhet",
    "person": "Person",
    "person_address": "Adresse",
    "person_identifier": "Nummer",
    "person_name": "Navn",
    "protection_period": "Adressesperre",
    "representative": "Representant",
    "role_grant": "Rolle",
    "saved_view": "Visning",
    "scope_member": "Tilgang",
    "task": "Oppgave",
    "track_condition": "Vilkår",
    "vedtak": "Vedtak",
    "visit": "Besøk",
    "visit_note": "Besøksnotat",
}

_PERIOD = {"valid_from": "fra", "valid_to": "til"}
_ENDED = {"ended_at": "avsluttet"}
_PLACE = {
    "street": "gate",
    "house_no": "husnummer",
    "letter": "bokstav",
    "unit_no": "bolignummer",
    "postcode": "postnummer",
    "city": "poststed",
}

#: Table -> field -> word.
FIELDS: dict[str, dict[str, str]] = {
    "app_user": {"login": "brukernavn", "name": "navn", "clearance": "tilgang", "active": "kan logge på"},
    "application": {
        "asks": "gjelder",
        "channel": "kom som",
        "received_on": "mottatt",
        "written_language": "språk",
        "signed": "underskrevet",
        "what_it_takes": "hva skal til",
        "own_attempts": "egne forsøk",
        "withdrawn_on": "trukket",
    },
    "assignment": _PERIOD,
    "assignment_rule": {"from_day": "fra dag", "to_day": "til dag", **_PERIOD},
    "building": FIELD_LABELS,
    "cadastral_ref": {
        "municipality": "kommunenummer",
        "gnr": "gårdsnummer",
        "bnr": "bruksnummer",
        "fnr": "festenummer",
        "snr": "seksjonsnummer",
        **_PERIOD,
    },
    "case_file": {
        "number": "saksnummer",
        "kind": "type",
        "phase": "trinn",
        "waiting_on": "venter på",
        "outcome": "utfall",
        "priority": "prioritet",
        "opened_on": "opprettet",
        **_ENDED,
    },
    "clock_stop": {"reason": "grunn", **_PERIOD},
    "case_party": {"role": "rolle", "copy_letters": "får kopi av brev", **_PERIOD},
    "conflict_of_interest": {"answer": "svar", "grounds": "grunn"},
    "contact_point": {
        "kind": "type",
        "value": "nummer eller adresse",
        "use": "bruk",
        "must_not_call": "ikke ring",
        "note": "merknad",
        **_PERIOD,
    },
    "deadline": {
        "start_on": "løper fra",
        "due_on": "dag",
        "side": "hvem som må handle",
        "corrected_on": "rettet",
        "corrected_reason": "grunn til rettelsen",
        "stopped_days": "dager stanset",
        "state": "tilstand",
        **_ENDED,
    },
    "district": {"name": "navn", **_PERIOD},
    "document": {
        "kind": "type",
        "title": "tittel",
        "dated_on": "datert",
        "from_to": "fra eller til",
        "frozen_at": "låst",
        **_ENDED,
    },
    "document_version": {
        "no": "utgave",
        "file_name": "filnavn",
        "mime": "filtype",
        "size": "størrelse i byte",
    },
    "dwelling": {
        **FIELD_LABELS,
        "step_free": "trinnfri",
        "lift": "heis",
        "wheelchair": "plass til rullestol",
        "wide_door": "bred dør",
        "bath": "tilrettelagt bad",
        "shielded": "skjermet beliggenhet",
        "pets": "dyr tillatt",
        "status": "status",
        "status_from": "status fra",
        "available_on": "ledig fra",
        **_ENDED,
    },
    "dwelling_status": {"status": "status", "reason": "grunn", **_PERIOD},
    "dwelling_work": {
        "kind": "type",
        "what": "hva",
        "cause": "årsak",
        "contractor": "utføres av",
        "ordered_on": "bestilt",
        "begins_on": "begynner",
        "planned_to": "planlagt ferdig",
        "finished_on": "ferdig",
        "cost_ore": "kostnad",
        "takes_out": "boligen kan ikke leies ut",
        **_ENDED,
    },
    "edition": {"title": "navn", "no": "versjon", "state": "tilstand", "adopted_on": "vedtatt", **_PERIOD},
    "entrance": {
        "letter": "navn",
        "floors": "etasjer",
        "has_lift": "heis",
        "units_total": "boliger i alt",
        "limit_share": "grense for kommunal andel",
        **_ENDED,
    },
    "external_ref": {"system": "system", "ref": "nummer"},
    "household": {"label": "navn", "formed_on": "fra", "dissolved_on": "oppløst"},
    "household_member": {
        "role": "rolle",
        "care_share": "andel av tiden",
        "expected_on": "ventet født",
        "needs_own_room": "trenger eget rom",
        "counts_income": "inntekten regnes med",
        **_PERIOD,
    },
    "import_run": {"kind": "type"},
    "legal_track": {
        "law": "spor",
        "decision_body": "avgjøres av",
        "appeal_body": "klageinstans",
        "status": "status",
        "conclusion_text": "konklusjon",
        "wishes_text": "ønsker",
        "proposed_outcome": "foreslått utfall",
        **_ENDED,
    },
    "note": {
        "kind": "type",
        "occurred_at": "tidspunkt",
        "facts_text": "faktum",
        "assessment_text": "vurdering",
        "with_whom": "med hvem",
        "final_at": "ferdig",
        **_ENDED,
    },
    "org_unit": {"name": "navn"},
    "person": {
        "birth_on": "fødselsdato",
        "birth_precision": "hvor sikker fødselsdatoen er",
        "dead_on": "død",
        "written_form": "målform",
        "interpreter_language": "tolkespråk",
        "wants_paper": "vil ha brev på papir",
        "is_unidentified": "identiteten er ikke avklart",
        "remark": "merknad",
    },
    "person_address": {
        "kind": "type",
        "care_of": "c/o",
        **_PLACE,
        "country": "land",
        "source": "kilde",
        **_PERIOD,
    },
    "person_identifier": {"kind": "type", "override_reason": "grunn til å bruke nummeret", **_PERIOD},
    "person_name": {
        "kind": "type",
        "given": "fornavn",
        "middle": "mellomnavn",
        "family": "etternavn",
        "source": "kilde",
        **_PERIOD,
    },
    "protection_period": {
        "level": "nivå",
        "decided_by": "bestemt av",
        "basis": "grunnlag",
        "ended_reason": "grunn til at den er avsluttet",
        **_PERIOD,
    },
    "representative": {
        "name": "navn",
        "org_name": "firma eller kontor",
        "phone": "telefon",
        "kind": "type",
        "powers": "fullmakt",
        "letters": "brev",
        **_PERIOD,
    },
    "role_grant": {"role": "rolle", **_PERIOD},
    "saved_view": {"name": "navn", **_ENDED},
    "scope_member": {"reason": "grunn", **_PERIOD},
    "task": {
        "kind": "type",
        "due_on": "frist",
        "show_from": "vises fra",
        "is_movable": "kan flyttes",
        "waiting_on": "venter på",
        "state": "tilstand",
        "postponed_reason": "grunn til å utsette",
        "done_at": "ferdig",
        **_ENDED,
    },
    "track_condition": {
        "outcome": "utfall",
        "reason_text": "begrunnelse",
        "exception_reason": "grunn til unntaket",
        "source_text": "kilde",
        "checked_on": "kontrollert",
    },
    "journal_entry": {"number": "nummer", "status": "tilstand", "document_on": "dato"},
    "letter": {
        "kind": "type",
        "language": "målform",
        "status": "tilstand",
        "journal_number": "journalnummer",
        "dated_on": "dato",
        "sent_on": "sendt",
        "due_on": "frist",
        "appeal_due_on": "klagefrist",
        "printed_at": "skrevet ut",
        "end_reason": "grunn til at det er trukket eller forkastet",
        **_ENDED,
    },
    "letter_approval": {"outcome": "utfall", "reason": "grunn", "comment": "kommentar"},
    "letter_recipient": {
        "role": "rolle",
        "route": "sendes som",
        "dispatched_on": "sendt",
        "arrived_on": "kom fram",
        "arrived_basis": "ankomsten er",
        "arrived_reason": "grunn til rettelsen",
        **_ENDED,
    },
    "vedtak": {
        "kind": "type",
        "outcome": "utfall",
        "decided_on": "fattet",
        "main_content": "hjelpen går ut på",
        "valid_to": "gjelder til",
        "final_on": "endelig",
        "end_reason": "grunn til at det falt bort",
        **_ENDED,
    },
    "visit": {
        "kind": "type",
        "starts_at": "tidspunkt",
        "ends_at": "slutt",
        "place": "sted",
        "is_planned": "avtalt på forhånd",
        "state": "utfall",
        "next_on": "neste gang",
        **_ENDED,
    },
    "visit_note": {
        "areas": "områder",
        "observed": "observert",
        "said": "sagt",
        "assessment": "vurdering",
        "next_step": "neste steg",
        "present": "til stede",
        "interpreter": "tolk",
        "minutes": "minutter",
        "report_child_welfare_on": "meldt til barnevernet",
    },
}

_LISTS: dict[tuple[str, str], type[catalog.Labelled]] = {
    ("application", "asks"): catalog.Asks,
    ("application", "channel"): catalog.Channel,
    ("case_file", "kind"): catalog.CaseKind,
    ("case_file", "phase"): catalog.CasePhase,
    ("case_file", "waiting_on"): catalog.WaitingOn,
    ("case_file", "outcome"): catalog.CaseOutcome,
    ("contact_point", "kind"): catalog.ContactKind,
    ("deadline", "side"): catalog.DeadlineSide,
    ("deadline", "state"): catalog.DeadlineState,
    ("document", "kind"): catalog.DocumentKind,
    ("dwelling", "offer_kind"): catalog.OfferKind,
    ("dwelling", "ownership"): catalog.Ownership,
    ("dwelling", "status"): catalog.DwellingStatus,
    ("dwelling_status", "status"): catalog.DwellingStatus,
    ("dwelling_work", "kind"): works.WorkKind,
    ("dwelling_work", "cause"): works.WorkCause,
    ("household_member", "role"): catalog.MemberRole,
    ("legal_track", "law"): catalog.TrackLaw,
    ("legal_track", "status"): catalog.TrackStatus,
    ("letter", "kind"): letters.LetterKind,
    ("letter", "status"): letters.LetterState,
    ("letter_recipient", "role"): letters.RecipientRole,
    ("letter_recipient", "route"): letters.DispatchRoute,
    ("letter_recipient", "arrived_basis"): letters.ArrivalBasis,
    ("note", "kind"): catalog.NoteKind,
    ("person", "written_form"): catalog.WrittenForm,
    ("person_address", "kind"): catalog.AddressKind,
    ("person_identifier", "kind"): catalog.IdentifierKind,
    ("person_name", "kind"): catalog.NameKind,
    ("representative", "kind"): catalog.RepresentativeKind,
    ("representative", "letters"): catalog.LetterRouting,
    ("role_grant", "role"): catalog.Role,
    ("task", "kind"): catalog.TaskKind,
    ("task", "state"): catalog.TaskState,
    ("task", "waiting_on"): catalog.WaitingOn,
    ("track_condition", "outcome"): allocation_catalog.ConditionOutcome,
    ("vedtak", "outcome"): allocation_catalog.TrackOutcome,
    ("legal_track", "proposed_outcome"): allocation_catalog.TrackOutcome,
    ("visit", "kind"): catalog.VisitKind,
    ("visit", "place"): catalog.VisitPlace,
    ("visit", "state"): catalog.VisitState,
    ("visit_note", "areas"): catalog.GuidanceArea,
}
_CODES: dict[tuple[str, str], dict[str, str]] = {
    ("person", "birth_precision"): {"dag": "Helt sikker", "ar": "Bare året er kjent", "anslag": "Anslått"},
    ("import_run", "kind"): {
        "dwellings": "Boliger",
        "people": "Personer",
        "households": "Husstander",
        "applications": "Søknader",
    },
    ("journal_entry", "status"): {"ferdigstilt": "Ferdigstilt", "utgar": "Utgår"},
    ("letter", "language"): dict(letters.LANGUAGES),
    ("letter_approval", "outcome"): {"godkjent": "Godkjent", "underkjent": "Sendt tilbake"},
    ("vedtak", "kind"): {"bistand": "Bistand", "innvilgelse": "Innvilgelse", "avslag": "Avslag"},
    ("edition", "state"): {"kladd": "Kladd", "i_bruk": "I bruk", "vedtatt": "Vedtatt", "avlost": "Avløst"},
    ("external_ref", "system"): {"kobo": "Kobo", "fdv": "FDV", "ekstra": "Ekstra referanse"},
    ("protection_period", "level"): {str(kind.level): kind.label for kind in catalog.Protection},
    ("app_user", "clearance"): {
        "0": "Ingen skjermede saker",
        "1": "Fortrolig (kode 7)",
        "2": "Strengt fortrolig (kode 6)",
    },
}
#: Kept as 1, 0 or nothing.
_YES_NO = frozenset(
    {
        ("application", "signed"),
        ("building", "has_lift"),
        ("conflict_of_interest", "answer"),
        ("entrance", "has_lift"),
        *(
            ("dwelling", name)
            for name in ("step_free", "lift", "wheelchair", "wide_door", "bath", "shielded", "pets")
        ),
        ("household_member", "needs_own_room"),
        ("household_member", "counts_income"),
    }
)


def field_words(table: str, field: str) -> str:
    """«Sak: trinn»; empty for what is not shown."""
    word = FIELDS.get(table, {}).get(field, "")
    return f"{TABLES[table]}: {word}" if word else ""


def value_words(table: str, field: str, value: Any) -> str:
    """A stored value (JSON of the change log) as a person reads it; «–» for nothing."""
    if value is None or value in ("", []):
        return _NOTHING
    if isinstance(value, list):
        return ", ".join(value_words(table, field, item) for item in value)
    if isinstance(value, bool) or (table, field) in _YES_NO:
        return "ja" if value else "nei"
    words = _code_words(table, field, value)
    return words if words is not None else _plain_words(field, value)


def _code_words(table: str, field: str, value: Any) -> str | None:
    """The word of a closed list; None when the field is not of one."""
    if (table, field) in _LISTS:
        return next((kind.label for kind in _LISTS[table, field] if kind.value == value), str(value))
    codes = _CODES.get((table, field))
    return None if codes is None else codes.get(str(value), str(value))


def _plain_words(field: str, value: Any) -> str:
    if field in {"rent_ore", "cost_ore"}:
        return format_kr(int(value))
    if field == "limit_share":
        return f"{value / 100:g} %".replace(".", ",")
    if field == "area_m2x10":
        return f"{value / 10:g} m²".replace(".", ",")
    if field.endswith(("_on", "_from", "_to", "_at")) and isinstance(value, str):
        return _time(value)
    return str(value)


def _time(text: str) -> str:
    try:
        if len(text) == len("2026-01-31"):
            day = dt.date.fromisoformat(text)
            return "aldri" if day == dt.date.min else f"{day:%d.%m.%Y}"
        return f"{dt.datetime.fromisoformat(text).astimezone(_OSLO):%d.%m.%Y kl. %H.%M}"
    except ValueError:
        return text
