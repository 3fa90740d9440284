"""Closed lists of assessment and allocation: stored code and the words people see (model.md 1.5, 1.10, 2.5, 2.6)."""

from __future__ import annotations

from boligdesk.domain.catalog import Labelled


class ConditionOutcome(Labelled):
    MET = "oppfylt", "Oppfylt"
    NOT_MET = "ikke_oppfylt", "Ikke oppfylt"
    UNSET = "uavklart", "Mangler"
    EXCEPTION = "unntak", "Unntak gitt"
    NOT_RELEVANT = "ikke_aktuelt", "Ikke aktuelt"


class TrackOutcome(Labelled):
    GRANTED = "innvilgelse", "Innvilget"
    REFUSED = "avslag", "Avslått"


class VacancyStage(Labelled):
    """In the order of the pipeline."""

    VACANT = "ledig", "Ledig"
    PROPOSED = "forslag", "Forslag"
    INTAKE_TEAM = "inntaksteam", "Inntaksteam"
    OFFER_SENT = "tilbud_sendt", "Tilbud"
    ACCEPTED = "takket_ja", "Takket ja"
    CONTRACT = "kontrakt", "Kontrakt"
    MOVED_IN = "innflyttet", "Innflyttet"
    WITHDRAWN = "trukket", "Trukket"


class OfferState(Labelled):
    PREPARED = "forberedt", "Forberedt"
    SENT = "sendt", "Sendt"
    ACCEPTED = "ja", "Takket ja"
    REFUSED = "nei", "Takket nei"
    UNANSWERED = "ikke_svart", "Ikke svart"
    WITHDRAWN = "trukket", "Trukket"


class OfferAnswer(Labelled):
    YES = "ja", "Ja"
    NO = "nei", "Nei"
    NONE = "ikke_svart", "Ikke svart"


class WaitingState(Labelled):
    ACTIVE = "aktiv", "Klar"
    PAUSED = "pauset", "På pause"
    OFFERED = "tilbud", "Har tilbud"
    HOUSED = "bosatt", "Bosatt"
    LAPSED = "bortfalt", "Bortfalt"
    WITHDRAWN = "trukket", "Trukket"


class MatchOutcome(Labelled):
    MET = "oppfylt", "Oppfylt"
    NOT_MET = "ikke", "Ikke oppfylt"
    UNKNOWN = "ukjent", "Ukjent"
    TO_CHECK = "avklares", "Må sjekkes"


class NeedKind(Labelled):
    ABSOLUTE = "absolutt", "Absolutt krav"
    WISH = "onske", "Ønske"
    PRIORITY = "prioritet", "Prioritet"
    NEIGHBOURHOOD = "bomiljo", "Bomiljø"


class NeedKey(Labelled):
    """What a dwelling is held against. The label heads the column (ui.md 5)."""

    BEDROOMS = "soverom", "Soverom"
    HOUSEHOLD = "husstand", "Husstand"
    LIFT_OR_GROUND = "heis_eller_1", "Heis / 1. et."
    STEP_FREE = "trinnfri", "Trinnfri"
    WHEELCHAIR = "rullestol", "Rullestol"
    STAFFED = "bemanning", "Bemanning"
    SHIELDED = "skjerming", "Skjerming"
    PETS = "dyr", "Dyr"
    RENT = "husleie", "Økonomi"
    DISTRICT = "omrade", "Område"
    NEIGHBOURHOOD = "bomiljo", "Bomiljø"


class Demand(Labelled):
    """What «Endre krav» makes of a need for one vacancy."""

    ABSOLUTE = "absolutt", "Absolutt krav"
    WISH = "onske", "Ønske"
    LEFT_OUT = "ikke_med", "Ikke med"


class OrderBy(Labelled):
    """Parts of the order of a shortlist."""

    PRIORITY = "prioritet", "Prioritet"
    WISHES = "onsker", "Ønsker"
    WAITING = "ventetid", "Ventetid"


class Seniority(Labelled):
    TIE_BREAKER = "bare_skille", "Ventetid skiller bare dem som ellers står likt"
    DECIDES = "avgjor", "Ventetid kan gå foran annet"


class RefusedDistrict(Labelled):
    """What a dwelling in a district that the applicant said no to means."""

    EXCLUDES = "utelukker", "Utelukker"
    WISH = "onske", "Teller som ønske"


class Consequence(Labelled):
    """What a no or silence leads to. Always a proposal; a person decides."""

    KEEPS = "beholder", "Beholder prioriteten"
    LOWER = "lavere_prioritet", "Vurder lavere prioritet"
    MAY_LAPSE = "vurder_bortfall", "Vurder om godkjenningen skal falle bort"
