"""Fictional people: an adjective and a thing, so that nobody is mistaken for somebody real."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass

from boligdesk.domain.mod11 import FIRST_PERSON_WEIGHTS, SECOND_PERSON_WEIGHTS, control_digit

GIVEN = (
    (
        "Klok Blid Sprek Treg Rolig Ivrig Stille Lykkelig Modig Rask Snill Trygg Vennlig Munter Lun Kvikk Stolt Myk Fin Glad "
        "Tapper Sindig Varm Kvass Mild Vàken Sval Kry Spinkel Frisk Lett Søt Tøff Ærlig Åpen Øm Skarp Grei Lystig Driftig"
    )
    .replace("Vàken", "Våken")
    .split()
)
FAMILY = (
    "Hest Nepe Bie Fjell Tøff Lampe Sofa Krage Ask Måne Sky Bjørk Storbjørk Kopp Kråke Lilje Fjord Sti Bro Elv Ære Øks Åker "
    "Vott Sjal Hylle Knapp Pil Rips Gran Selje Kvist Stein Skute Vind Bølge Mose Tind Nut Kjele Brisk Lyng Skjell Torsk"
).split()
STREETS = (
    ("Eksempelveien", "9010", "Kroken"),
    ("Eksempelgata", "9008", "Sentrum"),
    ("Prøvestien", "9020", "Tromsdalen"),
    ("Øvingsvegen", "9100", "Kvaløya"),
    ("Påfunnveien", "9011", "Sør-Tromsøya"),
)
DISTRICTS = tuple(district for _street, _code, district in STREETS)
LANGUAGES = ("tigrinja", "ukrainsk", "arabisk", "somali", "nordsamisk")


@dataclass(frozen=True, slots=True)
class Fictional:
    given: str
    family: str
    birth_on: dt.date
    number: str
    phone: str
    street: str
    house_no: str
    postcode: str
    district: str


def synthetic_number(birth_on: dt.date, start: int) -> str:
    """A number of the tax administration's synthetic kind (month + 80) with right control digits."""
    head = f"{birth_on.day:02d}{birth_on.month + 80:02d}{birth_on.year % 100:02d}"
    for individual in range(start, start + 1000):
        nine = f"{head}{individual % 1000:03d}"
        first = control_digit(nine, FIRST_PERSON_WEIGHTS)
        if first == 10:
            continue
        second = control_digit(f"{nine}{first}", SECOND_PERSON_WEIGHTS)
        if second != 10:
            return f"{nine}{first}{second}"
    raise ValueError("no number for this day")


def people(count: int, seed: int = 24) -> list[Fictional]:
    """``count`` different people, the same every time."""
    pick = random.Random(seed)
    names = [(given, family) for given in GIVEN for family in FAMILY if given != family]
    pick.shuffle(names)
    first = [("Klok", "Hest"), ("Blid", "Nepe"), ("Sprek", "Bie"), ("Treg", "Fjell"), ("Ivrig", "Lampe")]
    names = first + [name for name in names if name not in first]
    made = []
    for index, (given, family) in enumerate(names[:count]):
        born = dt.date(1946, 1, 1) + dt.timedelta(days=pick.randrange(21_500))
        if index == 0:
            born = dt.date(1988, 3, 15)
        street, postcode, district = pick.choice(STREETS)
        made.append(
            Fictional(
                given,
                family,
                born,
                synthetic_number(born, 500 + index),
                f"6805{index:04d}",
                street,
                str(pick.randrange(1, 60)),
                postcode,
                district,
            )
        )
    return made
