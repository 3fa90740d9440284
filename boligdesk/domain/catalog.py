"""Closed lists of the subject: stored code (Norwegian ASCII) and the words people see.

A list is one ``StrEnum``; ``label`` gives the bokmål word. Stored codes never change; words may.
Local lists (priority classes, districts) are rows in the store, not entries here.
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache


class Labelled(StrEnum):
    """A stored code with the word that a person reads."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Labelled:  # noqa: PYI034 - StrEnum needs the class itself
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def codes(cls) -> tuple[str, ...]:
        return _codes(cls)


@lru_cache(maxsize=256)
def _codes(kind: type[Labelled]) -> tuple[str, ...]:
    return tuple(member.value for member in kind)


class CaseKind(Labelled):
    HOUSING = "bolig", "Kommunal bolig"
    SWAP = "bytte", "Bytte av bolig"
    EXTENSION = "forlenget_botid", "Forlenget botid"
    ASSISTANCE = "bistand", "Bistand"
    APPEAL = "klage", "Klage"
    PARTY_ACCESS = "partsinnsyn", "Partsinnsyn"
    TEMPORARY_HOUSING = "midlertidig_botilbud", "Midlertidig botilbud"
    EVICTION = "fravikelse", "Fravikelse"
    STARTLAN = "startlan", "Startlån"
    BOSTOTTE = "bostotte", "Bostøtte"
    GRANT = "tilskudd", "Tilskudd"
    GUARANTEE = "garanti", "Garanti"
    DEVIATION = "avvik", "Avvik"


class CasePhase(Labelled):
    """Where the case is. The order here is the order of the steps shown to people."""

    RECEIVED = "mottatt", "Mottatt"
    CONTROL = "kontroll", "Kontroll"
    ASSESSMENT = "utredning", "Vurdering"
    INTAKE_TEAM = "inntaksteam", "Inntaksteam"
    VEDTAK = "vedtak", "Vedtak"
    EXECUTION = "iverksetting", "Iverksetting"
    CLOSED = "avsluttet", "Avsluttet"


class WaitingOn(Labelled):
    NOBODY = "ingen", "Ingen"
    APPLICANT = "soker", "Venter på søker"
    OTHERS = "andre", "Venter på andre"


class CaseOutcome(Labelled):
    GRANTED = "innvilget", "Innvilget"
    REFUSED = "avslag", "Avslått"
    DISMISSED = "avvist", "Avvist"
    WITHDRAWN = "trukket", "Trukket"
    FORWARDED = "oversendt", "Oversendt rett organ"
    DONE = "avsluttet", "Avsluttet"


class Asks(Labelled):
    """What an application asks for. One form may ask for several."""

    RENT = "leie", "Leie av kommunal bolig"
    SWAP = "bytte", "Bytte av bolig"
    EXTENSION = "forlenget_botid", "Forlenget botid"
    ASSISTANCE = "bistand", "Annen hjelp til bolig"


class Channel(Labelled):
    PAPER = "papir", "Papir"
    PHONE = "telefon", "Telefon"
    VISIT = "oppmote", "Oppmøte"
    DIGITAL = "digital", "Digitalt"
    IMPORT = "import", "Hentet fra fil"
    OTHER = "annet", "Annet"


class TrackLaw(Labelled):
    BOLIGSOSIALLOVEN = "boligsosialloven", "Bistand etter boligsosialloven"
    LOCAL_RULES = "lokale_regler", "Kommunal bolig etter kommunens regler"
    SOCIAL_SERVICES_27 = "sosialtjenesteloven_27", "Midlertidig botilbud"
    STARTLAN = "startlan", "Startlån"


class TrackStatus(Labelled):
    OPEN = "apen", "Ikke vurdert"
    ASSESSING = "utredes", "Under vurdering"
    RECOMMENDED = "innstilt", "Innstilt"
    DECIDED = "avgjort", "Avgjort"
    FINAL = "endelig", "Endelig"
    LAPSED = "bortfalt", "Bortfalt"


class IdentifierKind(Labelled):
    FODSELSNUMMER = "fnr", "Fødselsnummer"
    D_NUMBER = "dnr", "D-nummer"
    H_NUMBER = "hjelpenummer", "Hjelpenummer"
    SYNTHETIC = "syntetisk", "Syntetisk nummer"
    OTHER = "annet", "Annet nummer"


class NameKind(Labelled):
    OFFICIAL = "offisiell", "Navn"
    ALIAS = "alias", "Kalles også"
    FORMER = "tidligere", "Tidligere navn"


class ContactKind(Labelled):
    PHONE = "telefon", "Telefon"
    EMAIL = "epost", "E-post"


class AddressKind(Labelled):
    HOME = "bosted", "Bosted"
    POSTAL = "post", "Postadresse"
    STAYING = "oppholdssted", "Oppholdssted"
    CARE_OF = "co", "C/o-adresse"
    CLIENT = "klientadresse", "Klientadresse"


class RepresentativeKind(Labelled):
    GUARDIAN = "verge", "Verge"
    PROXY = "fullmektig", "Fullmektig"
    LAWYER = "advokat", "Advokat"
    RELATIVE = "parorende", "Pårørende"


class LetterRouting(Labelled):
    """Who gets the letters when somebody represents the person."""

    INSTEAD = "i_stedet", "Brev bare til representanten"
    ALSO = "i_tillegg", "Brev til begge"
    NO = "nei", "Brev bare til personen"


class Protection(Labelled):
    """Address protection (folkeregisterloven § 10-4). Stored as 0..3 on content rows."""

    NONE = "ingen", "Ingen"
    CONFIDENTIAL = "fortrolig", "Fortrolig adresse (kode 7)"
    STRICT = "strengt_fortrolig", "Strengt fortrolig adresse (kode 6)"
    STRICT_ABROAD = "strengt_fortrolig_utland", "Strengt fortrolig adresse, utlandet"

    @property
    def level(self) -> int:
        return list(Protection).index(self)

    @classmethod
    def of_level(cls, level: int) -> Protection:
        return list(cls)[level]


class MemberRole(Labelled):
    HEAD = "hovedperson", "Hovedperson"
    PARTNER = "partner", "Partner"
    CHILD = "barn", "Barn"
    PARENT = "forelder", "Forelder"
    CARER = "omsorgsperson", "Omsorgsperson"
    OTHER = "annen", "Annen"


class WrittenForm(Labelled):
    BOKMAL = "bm", "Bokmål"
    NYNORSK = "nn", "Nynorsk"


class OfferKind(Labelled):
    """The differentiated offer (ui.md S8)."""

    CARE_STAFFED = "omsorg_base", "Omsorg samlokalisert med base"
    CARE_DISPERSED = "omsorg_spredt", "Omsorg spredt, nær base"
    ORDINARY_SHARED = "ordinar_felles", "Ordinær samlokalisert med fellesareal"
    ORDINARY_DISPERSED = "ordinar_spredt", "Ordinær i vanlig bomiljø"
    REFUGEE = "flyktning", "Flyktning"
    TEMPORARY = "midlertidig", "Midlertidig"
    NIGHT_SHELTER = "natthjem", "Natthjem"


class Ownership(Labelled):
    OWNED = "eid", "Eid av kommunen"
    LEASED = "innleid", "Innleid"
    PRIVATE_RIGHT = "privat_disposisjonsrett", "Privat med kommunal disposisjonsrett"


class DwellingStatus(Labelled):
    VACANT = "ledig", "Ledig"
    RESERVED = "reservert", "Reservert"
    LET = "utleid", "Utleid"
    WORKS = "under_utbedring", "Under utbedring"
    UNAVAILABLE = "ikke_disponibel", "Ikke disponibel"
    SOLD = "solgt", "Solgt"
    DEMOLISHED = "revet", "Revet"

    @property
    def is_gone(self) -> bool:
        return self in {DwellingStatus.SOLD, DwellingStatus.DEMOLISHED}


class NoteKind(Labelled):
    CALL = "samtale", "Telefonsamtale"
    MEETING = "mote", "Møte"
    NOTE = "notat", "Notat"
    EMAIL = "epost", "E-post"


class FactState(Labelled):
    KNOWN = "kjent", "Kjent"
    UNKNOWN = "ukjent", "Vet ikke"
    NOT_RELEVANT = "ikke_aktuelt", "Ikke aktuelt"


class FactSource(Labelled):
    APPLICATION = "soknad", "Søknad"
    DOCUMENT = "dokument", "Dokument"
    INSPECTION = "befaring", "Befaring"
    REGISTER = "register", "Register"
    CONVERSATION = "samtale", "Samtale"
    IMPORT = "import", "Hentet fra fil"
    STAFF = "ansatt", "Ansatt"


class DeadlineState(Labelled):
    RUNNING = "lopende", "Løper"
    STOPPED = "stanset", "Stanset"
    MET = "oppfylt", "Oppfylt"
    EXPIRED = "utlopt", "Utløpt"
    LAPSED = "bortfalt", "Bortfalt"


class DeadlineSide(Labelled):
    PARTY = "part", "Partens frist"
    OWN_DUTY = "egen_plikt", "Kontorets plikt"
    INTERNAL = "internt", "Intern frist"


class TaskState(Labelled):
    OPEN = "apen", "Åpen"
    POSTPONED = "utsatt", "Utsatt"
    DONE = "ferdig", "Ferdig"
    LAPSED = "bortfalt", "Bortfalt"


class TaskKind(Labelled):
    """What a person must do. The label is the first line of a row in «Min dag»."""

    CHECK_CONDITIONS = "kontroller_vilkar", "Kontroller søknaden"
    INTERIM_REPLY = "send_forelopig_svar", "Send foreløpig svar"
    ASSESS_INCOMING = "vurder_innkomne", "Vurder det som har kommet inn"
    CALL_BACK = "ring_tilbake", "Ring tilbake"
    FOLLOW_UP = "folg_opp", "Følg opp"
    GUIDANCE_NEXT = "boveiledning_neste", "Neste steg i boveiledningen"
    ASSIGN_CASE = "fordel_sak", "Fordel saken"
    CONFLICT = "konflikt", "Velg hva som skal gjelde"
    APPROVE_LETTER = "godkjenn", "Godkjenn brevet"
    CORRECT_LETTER = "rett_brev", "Rett brevet"
    FINISH_LETTER = "ferdigstill", "Ferdigstill brevet"
    PRINT_LETTER = "skriv_ut", "Skriv ut og send brevet"
    OFFER_REPLY = "folg_opp_tilbud", "Følg opp tilbudet"
    NEXT_CANDIDATE = "neste_kandidat", "Velg neste søker til boligen"
    MAKE_CONTRACT = "lag_kontrakt", "Lag kontrakt"
    APPEAL_EXPIRED = "sett_endelig", "Se om klagefristen er ute"
    RENEW_APPROVAL = "send_fornyelse", "Vurder godkjenningen på nytt"
    OTHER = "annet", "Oppgave"


class VisitKind(Labelled):
    GUIDANCE = "veiledning", "Boveiledning"
    MOVE_IN = "innflytting", "Innflytting"
    MOVE_OUT = "utflytting", "Utflytting"
    INSPECTION = "tilsyn", "Tilsyn"


class VisitPlace(Labelled):
    HOME = "hjemme", "Hjemme hos personen"
    OFFICE = "kontor", "På kontoret"
    PHONE = "telefon", "På telefon"
    TEXT = "sms", "SMS"
    DIGITAL = "digital", "Digitalt"
    NAV = "nav", "Sammen med NAV"
    OTHER = "annet", "Et annet sted"


class VisitState(Labelled):
    PLANNED = "planlagt", "Planlagt"
    DONE = "gjennomfort", "Gjennomført"
    NOT_HOME = "ikke_hjemme", "Ikke hjemme"
    CANCELLED = "avlyst", "Avlyst"
    REFUSED = "avvist_adgang", "Slapp ikke inn"


class GuidanceArea(Labelled):
    """Areas of home guidance (domain.md 8.1)."""

    CLEANING = "botrening", "Praktisk botrening"
    ECONOMY = "okonomi", "Økonomi"
    NEIGHBOURHOOD = "lokalmiljo", "Lokalmiljø og sosial trening"
    NETWORK = "nettverk", "Nettverk"
    NUTRITION = "ernaring", "Ernæring"
    COORDINATION = "koordinering", "Koordinering"
    UPKEEP = "vedlikehold", "Stell av boligen"
    NOISE = "naboer", "Naboer og ro"
    SAFETY = "trygghet", "Trygghet"
    CHILDREN = "barn", "Barn"


class Role(Labelled):
    """Roles of the office (domain.md 5.2). What each may do: ``domain.access``."""

    CASEWORKER = "saksbehandler_utleie", "Saksbehandler utleie"
    CASEWORKER_CARE = "saksbehandler_omsorg", "Saksbehandler omsorg og flyktning"
    DECISION_MAKER = "fullmaktshaver", "Fullmaktshaver"
    HOME_GUIDE = "boveileder", "Boveileder"
    CARETAKER = "miljovaktmester", "Miljøvaktmester"
    ECONOMY = "okonomi", "Økonomi og husleie"
    LEADER = "leder", "Leder"
    ARCHIVIST = "arkivar", "Arkivar"
    ADMINISTRATOR = "systemansvarlig", "Systemansvarlig"
    APPEAL_SECRETARY = "klagesekretar", "Klagesekretær"
    AUDITOR = "revisor", "Revisor"
    INTAKE_TEAM = "inntaksteam", "Medlem av inntaksteamet"


class DocumentKind(Labelled):
    APPLICATION = "SØKNAD", "Søknad"
    MESSAGE = "MELDING", "Melding"
    CORRESPONDENCE = "KORR", "Brev"
    AGREEMENT = "AVTALE", "Avtale"
    VEDTAK = "VEDTAK", "Vedtak"
    APPEAL = "KLAGE", "Klage"
    REPORT = "RAPPORT", "Rapport"
    NOTE = "NOTAT", "Notat"
    STATEMENT = "UTTALELSE", "Uttalelse"
    PROTOCOL = "PROTOKOLL", "Protokoll"
    ATTACHMENT = "VEDLEGG", "Vedlegg"
    PHOTO = "FOTO", "Foto"
