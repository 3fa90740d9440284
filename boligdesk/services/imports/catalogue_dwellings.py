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
        "Type|Type bolig|Bolig type|Type leilighet|Tilbudstype|Botilbud|Kategori|Boligkategori|Målgruppe|dwelling type|offer kind",
        "Omsorg, ordinær, flyktning, midlertidig eller natthjem.",
    ),
    entry(
        "ownership",
        "Eierform",
        "ownership",
        "Eie/leie|Eid/innleid|Innleid/eid|Innleidd/eigd|Eigd/innleigd|Eid/leid|Eier|Eierforhold|Disposisjonsform|Disponering|owner",
        "Eid, innleid eller privat med disposisjonsrett.",
    ),
    entry(
        "rooms",
        "Rom",
        "rooms",
        "Antall rom|Ant. rom|Ant rom|Romantall|Rom i alt|Størrelse (rom)",
        "Antall rom, også skrevet «3-roms».",
    ),
    entry(
        "bedrooms",
        "Soverom",
        "integer",
        "Antall soverom|Ant. soverom|Ant soverom|Sov|Ant sov|Antall sov|Soverom ant|Soverom antall|antallSoverom|bedroom count",
        "Antall soverom.",
    ),
    entry(
        "area_m2",
        "Areal",
        "area",
        "Kvm|Antall kvm|Ant kvm|BRA i kvm|BRA-i|Areal BRA|Areal i kvm|Bruttoareal|Innvendig areal|Kvadratmeter|m2|m²|BRA|Bruksareal|BRA m2|P-rom|Boareal|Areal m2|Areal kvm|Størrelse|Størrelse kvm|area|sqm",
        "Kvadratmeter.",
    ),
    entry(
        "rent_month",
        "Husleie per måned",
        "money",
        "Husleie|Leie|Husleie pr. mnd|Husleie per mnd|Husleie pr måned|Leie pr. mnd|Leie per måned|Månedsleie|Månedlig husleie|"
        "Leiekostnad|Leiebeløp|Leiesum|Mnd leie|Leie/måned|Husleie/måned|Husleie månedlig|Husleie eks strøm|Leie eks strøm|Husleie uten strøm|"
        "Leiepris|Pris|Leie mnd|Grunnleie|rent|monthly rent",
        "Kroner per måned.",
    ),
    entry("floor", "Etasje", "floor", "Et|Etg|Plan|Etg nr|Etasjenr|Etasjenummer|Etage"),
    entry("lift", "Heis", "yes_no", "Heis i bygget|Heis i bygg|Har heis|elevator"),
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
        "Rullestolbruker|Rullestoltilpasset|Tilgjengelig for rullestol|Tilrettelagt for rullestol|Rullestoltilgjengelig|erTilgjengeligForRullestolbruker|HC|HC-bolig|UU|"
        "Universell utforming|Universelt utformet|Tilrettelagt",
    ),
    entry("wide_door", "Brede dører", "yes_no", "Brei dør|Bred dør|Dørbredde 90|Brede døråpninger"),
    entry("bath", "Tilpasset bad", "yes_no", "Bad|Tilgjengelig bad|Tilrettelagt bad|HC-bad"),
    entry("pets", "Dyr tillatt", "yes_no", "Dyrehold|Husdyr|Husdyr tillatt|Dyr|pets allowed"),
    entry(
        "status",
        "Status",
        "dwelling_status",
        "Boligstatus|Status bolig|Boligens status|Tilstand|Ledig/utleid|Utleiestatus|Utleid|state",
        "Ledig, reservert, utleid, under utbedring eller ikke disponibel.",
    ),
    entry(
        "available_on",
        "Ledig fra",
        "date",
        "Ledig dato|Dato ledig|Klar fra|Blir ledig|Ledig fra dato|Innflytting|Innflyttingsdato|Klar|Klar dato|Klar til innflytting|Tilgjengelig fra|available from|available",
    ),
    entry(
        "cadastre",
        "Matrikkel",
        "cadastre",
        "Matrikkelnummer|Matrikkelnr|Gnr/Bnr|Gnr Bnr|Gnr/bnr/fnr/snr|Gnr/bnr/snr|Gnr/bnr/fnr|Knr/gnr/bnr|Gårds- og bruksnummer|Gårdsnr/bruksnr|GBNR|G.nr/B.nr",
        "Kommunenummer-gårdsnummer/bruksnummer, for eksempel 5501-124/56/0/3.",
    ),
    entry("municipality", "Kommunenummer", "municipality", "Kommunenr|Kommune nr|Knr|Komnr", "Fire siffer."),
    entry("farm_number", "Gårdsnummer", "cadastre_part", "Gnr|Gårdsnr|Gardsnr|Gardsnummer|G.nr"),
    entry("title_number", "Bruksnummer", "cadastre_part", "Bnr|Bruksnr|B.nr"),
    entry("lease_number", "Festenummer", "cadastre_part", "Festenr"),
    entry("section_number", "Seksjonsnummer", "cadastre_part", "Snr|Seksjonsnr|Seksjon nr|Seksjon|S.nr"),
    entry("built_year", "Byggeår", "year", "Bygd|Byggår|Bygget|Bygd år|Byggeaar|year built"),
    entry("kobo_id", "Kobo-id", "reference", "Kobo|koboId"),
    entry("fdv_id", "FDV-id", "reference", "FDV|FDV-nr|fdvuBoligId|leverandorBoligId|Lydia|Famac"),
    entry("note", "Merknad", "long_text", NOTE),
)
