"""Fields of lists of applications."""

from __future__ import annotations

from typing import Final

from boligdesk.services.imports.catalogue_parts import CASE, NATIONAL_ID, NOTE, PERSON_REF, entry
from boligdesk.services.imports.fields import FieldSpec

APPLICATIONS: Final[tuple[FieldSpec, ...]] = (
    entry(
        "external_id",
        "Id i det gamle systemet",
        "reference",
        "Id|Løpenr|Radnr|Ekstern id|Søknad-id|Søknadsnr|Søknadsnummer|application_id",
    ),
    entry(
        "person_ref",
        "Søkerens id",
        "reference",
        PERSON_REF,
        "Id til søkeren, slik den sto i personlista.",
        required=True,
        or_else="national_id case_number",
    ),
    entry(
        "national_id", "Fødselsnummer", "national_id", NATIONAL_ID + "|Søkers fnr|Fnr søker", sensitive=True
    ),
    entry("case_number", "Saksnummer", "case_number", CASE),
    entry(
        "received_on",
        "Mottatt dato",
        "past_date",
        "Mottatt|Søknadsdato|Dato mottatt|Søknad mottatt|Dato for søknad|Dato søknad|Søknad dato|Søkt|Søkt den|Søknad innkommet|Innkommet dato|Innsendt|Innsendt dato|Søknad registrert|Mottaksdato|Dato|Innkommet|Søkt dato|received|application date",
        required=True,
    ),
    entry(
        "asks",
        "Søker om",
        "asks",
        "Hva søkes det om|Gjelder|Søknadstype|Søknad om|Type søknad|Hva|asks for",
        "Leie, bytte, forlenget botid eller bistand. Flere kan stå sammen med komma.",
    ),
    entry(
        "type",
        "Søkergruppe",
        "applicant_type",
        "Type|Gruppe|Type søker|Brukergruppe|Målgruppe|Kategori|Søkertype|Boligtype|applicant type",
        "Ordinær, omsorgsbolig, flyktning, ungdom eller akutt.",
    ),
    entry(
        "priority",
        "Prioritet",
        "priority",
        "Prioritering|Pri|Prio|Prioriteringsgruppe|Prioritetsgruppe|Prioriteringsklasse|Hastegrad|Prioritetsklasse|Prioritet 1-5",
        "Et tall der 1 haster mest, eller en bokstav.",
    ),
    entry(
        "waiting_since",
        "På venteliste fra",
        "past_date",
        "Venteliste fra|Venteliste dato|Ventelistedato|Dato venteliste|Satt på venteliste|Ansiennitetsdato|Godkjent dato|"
        "Dato godkjent|Venter fra|Venter siden|Ventet siden|waiting since",
        "Dagen ventetiden regnes fra. Tomt betyr dagen søknaden ble mottatt.",
    ),
    entry(
        "status",
        "Status",
        "application_status",
        "Søknadsstatus|Status søknad|Status på søknad|Saksstatus|Behandlingsstatus|Fase|Vedtak|Tilstand|Resultat|Utfall|state",
    ),
    entry(
        "need_bedrooms",
        "Trenger soverom",
        "integer",
        "Behov soverom|Behov for soverom|Behov for antall soverom|Behov antall soverom|Behov ant soverom|Soverom|Antall soverom|Ant. soverom|Soverom behov|Ønsket antall soverom|bedrooms",
    ),
    entry(
        "max_rent",
        "Høyeste leie",
        "money",
        "Maks leie|Maks leie per måned|Maks husleie per måned|Maks husleie|Maksleie|Maksimal husleie|Makspris|Høyeste husleie|Betalingsevne|maximum rent",
        "Kroner per måned.",
    ),
    entry(
        "need_step_free",
        "Trenger trinnfritt",
        "yes_no",
        "Trinnfri|Behov trinnfri|Trinnfritt|Trinnfri adkomst|Trappefri|Trappefritt|Behov trappefri|step_free",
    ),
    entry(
        "need_wheelchair",
        "Bruker rullestol",
        "yes_no",
        "Rullestol|Rullestolbruker|Behov rullestol|Behov for rullestol|wheelchair",
    ),
    entry(
        "district_wish",
        "Ønsket bydel",
        "text",
        "Ønsket område|Ønske om område|Ønske område|Ønsket boområde|Ønsket sted|Bydel|Område|Ønsket bosted|Ønske bydel|Ønsker|district wish|wanted district",
    ),
    entry(
        "channel",
        "Kanal",
        "channel",
        "Kommet inn via|Måte|Innsendt via|Søknadsmåte",
        "Papir, telefon, oppmøte eller digitalt.",
    ),
    entry("note", "Merknad", "long_text", NOTE, sensitive=True),
)
