"""Fields of lists of dwellings; they cover those of KOBO (domain.md 2.1)."""

from __future__ import annotations

from typing import Final

from boligdesk.services.imports.catalogue_parts import DISTRICT, HOUSE, NOTE, POSTCODE, STREET, UNIT, entry
from boligdesk.services.imports.fields import FieldSpec

DWELLINGS: Final[tuple[FieldSpec, ...]] = (
    entry(
        "external_id",
        "Id i det gamle systemet",
        "reference",
        "Id|Løpenr|Løpenummer|Radnr|Ekstern id|ekstraReferanse|Ekstra referanse",
        "Nummeret boligen har i systemet dere kommer fra.",
    ),
    entry(
        "code",
        "Boligkode",
        "reference",
        "Kode|Boligid|Bolig-id|Objektnr|Objektnummer|Objekt|Leieobjekt|Leieobjektnr|Boligref|Enhetsnr|Seksjonskode|dwelling code",
        "Kontorets egen kode for boligen. Må være forskjellig for hver bolig.",
    ),
    entry(
        "street",
        "Gateadresse",
        "street",
        STREET,
        "Gate med nummer, for eksempel Eksempelveien 12 B. Nummeret kan også stå i egen kolonne.",
        required=True,
    ),
    entry("house_number", "Husnummer", "house_number", HOUSE),
    entry("letter", "Husbokstav", "letter", "Bokstav|house letter"),
    entry(
        "entrance",
        "Oppgang",
        "text",
        "Oppg|Oppgangsnr|Oppgangsnummer|Inngang|staircase",
        "Bokstaven eller navnet på oppgangen i bygget.",
    ),
    entry("unit_number", "Bolignummer", "unit_number", UNIT, "Bolignummeret på døra, for eksempel H0203."),
    entry("postcode", "Postnummer", "postcode", POSTCODE, "Fire siffer."),
    entry("city", "Poststed", "text", "Post sted|Sted|By|town"),
    entry("district", "Bydel", "text", DISTRICT, "Bydel eller område, slik kontoret deler inn kommunen."),
    entry(
        "building",
        "Bygg",
        "text",
        "Bygning|Byggnavn|Bygningsnavn|Navn på bygg|Eiendom|Eiendomsnavn|Borettslag|Sameie|building name",
    ),
    entry(
        "offer_kind",
        "Boligtype",
        "offer_kind",
        "Type|Type bolig|Tilbudstype|Botilbud|Kategori|Boligkategori|Målgruppe|dwelling type|offer kind",
        "Omsorg, ordinær, flyktning, midlertidig eller natthjem.",
    ),
    entry(
        "ownership",
        "Eierform",
        "ownership",
        "Eie/leie|Eid/innleid|Eier|Eierforhold|Disposisjonsform|Disponering|owner",
        "Eid, innleid eller privat med disposisjonsrett.",
    ),
    entry(
        "rooms",
        "Rom",
        "rooms",
        "Antall rom|Ant. rom|Ant rom|Romantall|Størrelse (rom)",
        "Antall rom, også skrevet «3-roms».",
    ),
    entry(
        "bedrooms",
        "Soverom",
        "integer",
        "Antall soverom|Ant. soverom|Ant soverom|Sov|Soverom antall|antallSoverom|bedroom count",
        "Antall soverom.",
    ),
    entry(
        "area_m2",
        "Areal",
        "area",
        "Kvm|Kvadratmeter|m2|m²|BRA|Bruksareal|BRA m2|P-rom|Boareal|Areal m2|Areal kvm|Størrelse|Størrelse kvm|area|sqm",
        "Kvadratmeter.",
    ),
    entry(
        "rent_month",
        "Husleie per måned",
        "money",
        "Husleie|Leie|Husleie pr. mnd|Husleie per mnd|Husleie pr måned|Leie pr. mnd|Leie per måned|Månedsleie|Månedlig husleie|"
        "Leiekostnad|Leiepris|Pris|Leie mnd|Grunnleie|rent|monthly rent",
        "Kroner per måned.",
    ),
    entry("floor", "Etasje", "floor", "Et|Etg|Etasjenr|Etasjenummer|Etage"),
    entry("lift", "Heis", "yes_no", "Heis i bygget|Har heis|elevator"),
    entry(
        "step_free",
        "Trinnfri",
        "yes_no",
        "Trinnfri adkomst|Trinnfri atkomst|Trappefri|Trappefri adkomst|Livsløpsstandard|stepfree",
    ),
    entry(
        "wheelchair",
        "Rullestol",
        "yes_no",
        "Rullestolbruker|Rullestoltilpasset|Tilgjengelig for rullestol|erTilgjengeligForRullestolbruker|HC|HC-bolig|UU|"
        "Universell utforming|Universelt utformet|Tilrettelagt",
    ),
    entry("wide_door", "Brede dører", "yes_no", "Brei dør|Bred dør|Dørbredde 90|Brede døråpninger"),
    entry("bath", "Tilpasset bad", "yes_no", "Bad|Tilgjengelig bad|Tilrettelagt bad|HC-bad"),
    entry("pets", "Dyr tillatt", "yes_no", "Dyrehold|Husdyr|Husdyr tillatt|Dyr|pets allowed"),
    entry(
        "status",
        "Status",
        "dwelling_status",
        "Boligstatus|Tilstand|Ledig/utleid|Utleiestatus|Utleid|state",
        "Ledig, reservert, utleid, under utbedring eller ikke disponibel.",
    ),
    entry(
        "available_on",
        "Ledig fra",
        "date",
        "Ledig dato|Ledig fra dato|Innflytting|Innflyttingsdato|Klar|Klar dato|Klar til innflytting|Tilgjengelig fra|available from|available",
    ),
    entry(
        "cadastre",
        "Matrikkel",
        "cadastre",
        "Matrikkelnummer|Matrikkelnr|Gnr/Bnr|Gnr Bnr|Gnr/bnr/fnr/snr|Gårds- og bruksnummer|Gårdsnr/bruksnr|GBNR|G.nr/B.nr",
        "Kommunenummer-gårdsnummer/bruksnummer, for eksempel 5501-124/56/0/3.",
    ),
    entry("built_year", "Byggeår", "year", "Bygd|Bygget|Bygd år|Byggeaar|year built"),
    entry("kobo_id", "Kobo-id", "reference", "Kobo|koboId"),
    entry("fdv_id", "FDV-id", "reference", "FDV|FDV-nr|fdvuBoligId|leverandorBoligId|Lydia|Famac"),
    entry("note", "Merknad", "long_text", NOTE),
)
