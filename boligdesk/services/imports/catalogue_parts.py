"""The parts every list's catalogue is made of.

Headings are compared without case, spaces, punctuation and the spelling of æ, ø and å, so one spelling
of each is enough.
"""

from __future__ import annotations

from typing import Final

from boligdesk.services.imports.fields import FieldSpec


def entry(
    name: str,
    label: str,
    value_kind: str = "text",
    headings: str = "",
    help_text: str = "",
    *,
    required: bool = False,
    or_else: str = "",
    sensitive: bool = False,
) -> FieldSpec:
    """One entry; ``headings`` are separated by | and ``or_else`` by spaces."""
    return FieldSpec(
        name=name,
        label=label,
        value_kind=value_kind,
        headings=tuple(part for part in headings.split("|") if part),
        help=help_text,
        required=required,
        or_else=tuple(or_else.split()),
        sensitive=sensitive,
    )


NATIONAL_ID: Final = (
    "Fødselsnr|Fnr|Fødselsnummer/D-nummer|Fødsels- og personnummer|Personnr|Personnummer|Pnr|Person nr|"
    "Fødselsdato/personnr|Fødselsdato og personnr|D-nummer|Dnr|D-nr|Fnr/Dnr|Fødselsnr/D-nr|Fødselsnummer 11 siffer|11 siffer|Fødsels- og D-nummer|"
    "person_no|personal number|national identity number|ssn|Identifikasjonsnummer"
)
CASE: Final = "Saksnr|Sak|Sak nr|Saksnummer|Saks-id|Arkivsak|Arkivsaksnr|Arkivsaksnummer|Saksnr Acos|Saksnr arkiv|Saksref|Saksreferanse|Journalnr|case_no|case no|case"
BIRTH: Final = "Født|Født dato|Fødselsdato|Fødselsdag|Fdato|F.dato|Født den|Fødselsår|Født år|Dato født|dob|date of birth|born"
POSTCODE: Final = "Postnr|Post nr|Post nummer|Postkode|Zip|zip code|postal code|postal_code|Postnr/sted|Postnr/poststed|Postnr og sted|Postnr. og poststed|Postnummer og poststed|Postnummer/-sted|Postnr/-sted|Postnummer/poststed|Postnr poststed"
DISTRICT: Final = "Bydel|Område|Boområde|Distrikt|Sone|Krets|Sted/bydel|Område/bydel|Bydel/område|Grend|Tettsted|Bosone|Geografisk område"
STREET: Final = (
    "Gateadresse|Adresse|Gate|Vei|Veg|Gatenavn|Veinavn|Vegnavn|Bostedsadresse|Besøksadresse|Gate/vei|"
    "Gatenavn og husnummer|Gatenavn og nr|Gateadresse/husnr|Gate/husnr|Gate og husnr|Gate/veinavn|Gate/vegnavn|Adresse og nr|"
    "Nåværende adresse|Noverande adresse|Adresse bolig|Folkereg adresse|Gateadresse 1|Adresselinje 1|Gateadr|Adr|Gate og nummer|Folkeregistrert adresse|Boligadresse|Adresse 1|Postadresse|address|street address"
)
NOTE: Final = (
    "Merknad|Merknader|Notat|Kommentar|Kommentarer|Anmerkning|Annet|Info|Diverse|remarks|comment|notes"
)
PERSON_REF: Final = (
    "Person-id|Personid|Søker-id|Søkerid|Søker nr|Søkernummer|Klientnr|Klient-id|Brukernr|Bruker-id|"
    "applicant_id|applicant|person_id|client_id"
)
UNIT: Final = (
    "Bolignr|Bolignummer|Bruksenhetsnummer|Bruksenhetsnr|Bruksenhet|Leilighetsnr|Leilighetsnummer|"
    "Leil. nr|Leil|Leilnr|H-nummer|H-nr|Hnr|H nr|Leil nummer|Bruksenhet nr|bruksenhetsnummer|unit|unit_no"
)
HOUSE: Final = "Husnr|Husnummer|Hus nr|Husnr/bokstav|Husnummer/bokstav|Husnummer og bokstav|Veinr|Vegnr|Gatenr|Gatenummer|Nr i gate|house no|house_no"
