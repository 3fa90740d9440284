"""An office of any size for measuring: people, cases, tasks and dwellings straight into the tables.

Deterministic and fictional (+80 numbers without valid check digits). Made for ``bench``: rows are
written past the services, so they have no events; nothing here is for a store that anybody uses.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import insert

from boligdesk.domain.text import search_tokens, sort_key
from boligdesk.storage import tables as t
from boligdesk.storage.queries.search import number_hash
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    from collections.abc import Iterator

    from boligdesk.storage.store import SqlStore, Work

GIVEN = (
    "Kari Ola Anne Lars Ingrid Per Bjørg Åse Øyvind Solveig Håkon Marit Jan Liv Knut Astrid Svein Berit Arne Gerd "
    "Amina Mohammed Fatima Ahmed Leila Omar Olena Andriy Selam Yonas Maria Piotr Målfrid Pål Ylva Sofie Jakob Emma "
    "Noah Ella Oliver Maja Filip Frida Aksel Sigrid Hodan Abdi Zahra Yusuf Kateryna Dmytro Oksana Ivan Aster Tesfay "
    "Agnieszka Tomasz Ewa Krzysztof Minh Lan Noor Sara Hassan Mariam Ibrahim Samira Khalid Gørild Sølvi Tørris"
).split()
FAMILY = (
    "Hansen Johansen Olsen Larsen Andersen Pedersen Nilsen Berg Haugen Hagen Dahl Lund Moen Strand Solberg Eide "
    "Kristiansen Jensen Karlsen Johnsen Pettersen Eriksen Johannessen Jacobsen Halvorsen Henriksen Jørgensen Sørensen "
    "Iversen Svendsen Martinsen Knutsen Bakken Paulsen Mathisen Lie Amundsen Rasmussen Holm Nguyen Ali Haile Khan "
    "Kovalenko Shevchenko Kowalski Nowak Warsame Åsen Ødegård Ærø Sætre Bråten Myhre Rønning Nygård Brekke Lønning "
    "Løken Næss Fjære Kjær Kvåle Lærdal Måløy Østby Østli Moe Foss Vik Nes Bø Rø Furuset Granli Lindås Selje Almås "
    "Askeland Eikås Rognlien Heggelund Barlindhaug Gundersen Skår Våge Tømmerås Grønli"
).split()
#: One in a hundred: the name that every search is measured with, also inside a word.
RARE = ("Bjørk", "Bjørkli", "Storbjørk", "Bjørkelund")
STREETS = (
    "Storgata Kirkeveien Skolegata Åsveien Fjordgata Bjørkeveien Havnegata Møllegata Ærfuglveien".split()
)
DISTRICTS = ("Sentrum", "Kroken", "Tromsdalen", "Kvaløya", "Sør-Tromsøya")
PHASES = ("mottatt", "kontroll", "utredning", "inntaksteam", "vedtak")
TODAY = dt.date(2026, 11, 24)
_BATCH = 5_000


class Maker:
    """Rows of one office, table by table, in batches."""

    def __init__(self, work: Work, users: list[UUID], seed: int) -> None:
        self.work = work
        self.users = users
        self.random = random.Random(seed)
        self.stamp = {
            "created_at": work.now,
            "created_by": users[0],
            "changed_at": work.now,
            "changed_by": users[0],
            "row_version": 1,
        }
        self.unit = work.office_unit
        self.districts = [(work.write_office.add_district(name), name) for name in DISTRICTS]
        self.scopes = {district: area_scope(work, self.unit, district) for district, _name in self.districts}
        work.flush()

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128) & ~(0xF << 76) | (7 << 76))

    def people(self, first: int, count: int) -> dict[Any, list[dict[str, Any]]]:
        rows: dict[Any, list[dict[str, Any]]] = {
            table: []
            for table in (
                t.Person,
                t.PersonName,
                t.PersonIdentifier,
                t.ContactPoint,
                t.PersonAddress,
                t.CaseFile,
            )
        }
        rows |= {t.LegalTrack: [], t.Deadline: [], t.Task: [], t.SearchToken: []}
        for number in range(first, first + count):
            self._person(number, rows)
        rows[t.SearchToken].sort(key=lambda row: row["token"])
        return rows

    def _person(self, number: int, rows: dict[Any, list[dict[str, Any]]]) -> None:
        pick = self.random
        person, given = self.id(), pick.choice(GIVEN)
        family = pick.choice(RARE if pick.random() < 0.01 else FAMILY)
        born = dt.date(1940, 1, 1) + dt.timedelta(days=pick.randrange(24_000))
        district, _name = pick.choice(self.districts)
        scope = {"read_scope_id": self.scopes[district], "protection": 0}
        phone = f"680{number % 100_000:05d}"
        street, house = pick.choice(STREETS), str(pick.randrange(1, 140))
        digits = f"{born.day:02d}{born.month + 80:02d}{born.year % 100:02d}{number % 100_000:05d}"
        stored_name = {"display_name": f"{given} {family}", "sort_name": sort_key(f"{family}, {given}")}
        rows[t.Person].append(
            {
                "id": person,
                **stored_name,
                "birth_on": born,
                "birth_precision": "dag",
                "is_unidentified": False,
                "masked_reason": "ingen",
                "city": "Eksempelvik",
                "district_id": district,
                "phone": phone,
                **scope,
                **self.stamp,
            }
        )
        child = {"person_id": person, **self.stamp}
        rows[t.PersonName].append(
            {
                "id": self.id(),
                "kind": "offisiell",
                "given": given,
                "family": family,
                "source": "import",
                **child,
            }
        )
        rows[t.PersonIdentifier].append(
            {
                "id": self.id(),
                "kind": "syntetisk",
                "value": digits,
                "value_hmac": number_hash(self.work.pepper, f"{digits}{number}"),
                "check_result": "ugyldig",
                **child,
            }
        )
        rows[t.ContactPoint].append(
            {
                "id": self.id(),
                "kind": "telefon",
                "value": phone,
                "folded": phone,
                "use": "privat",
                "must_not_call": False,
                **child,
            }
        )
        rows[t.PersonAddress].append(
            {
                "id": self.id(),
                "kind": "bosted",
                "street": street,
                "house_no": house,
                "postcode": "9990",
                "city": "Eksempelvik",
                "district_id": district,
                "source": "import",
                **child,
            }
        )
        texts = [f"{given} {family}", phone, f"{street} {house}", digits[:6]]
        rows[t.SearchToken] += self._tokens("person", person, texts, scope["read_scope_id"])
        if number % 3 == 0:
            self._case(number, person, stored_name, district, rows)

    def _tokens(self, kind: str, subject: UUID, texts: list[str], scope: int) -> Iterator[dict[str, Any]]:
        for token, is_start in search_tokens(texts):
            yield {
                "token": token,
                "subject_kind": kind,
                "subject_id": subject,
                "is_start": is_start,
                "scope_id": scope,
            }

    def _case(
        self,
        number: int,
        person: UUID,
        name: dict[str, str],
        district: UUID,
        rows: dict[Any, list[dict[str, Any]]],
    ) -> None:
        pick = self.random
        case, opened = self.id(), TODAY - dt.timedelta(days=pick.randrange(1_000))
        scope, seq = self.scopes[district], number // 3 + 1
        due = opened + dt.timedelta(days=30)
        is_open = number % 9 == 0
        owner = pick.choice([*self.users, None])
        shell = {"list_scope_id": scope, "read_scope_id": scope}
        rows[t.CaseFile].append(
            {
                "id": case,
                "year": opened.year,
                "seq": seq,
                "number": f"{opened.year}/{seq}",
                "kind": pick.choice(("bolig", "bytte", "forlenget_botid", "bistand")),
                "applicant_id": person,
                "applicant_name": name["display_name"],
                "applicant_sort": name["sort_name"],
                "org_unit_id": self.unit,
                "district_id": district,
                "assignee_id": owner,
                "phase": pick.choice(PHASES) if is_open else "avsluttet",
                "waiting_on": "ingen",
                "outcome": None if is_open else "innvilget",
                "opened_on": opened,
                "ended_at": None if is_open else self.work.now,
                "next_due_on": due if is_open else None,
                "archive_state": "aktiv",
                "public_title": "Søknad om kommunal bolig",
                "public_title_masked": "Søknad om kommunal bolig",
                **shell,
                **self.stamp,
            }
        )
        rows[t.SearchToken] += self._tokens("case", case, [f"{opened.year}/{seq}"], scope)
        if not is_open:
            return
        deadline = self.id()
        common = {"case_id": case, "subject_kind": "case", "subject_id": case, "due_on": due, **self.stamp}
        rows[t.Deadline].append(
            {
                "id": deadline,
                "rule_key": "forelopig_svar",
                "start_on": opened,
                "raw_on": due,
                "side": "egen_plikt",
                "basis": [],
                "why": "",
                "state": "lopende",
                "stopped_days": 0,
                "read_scope_id": scope,
                "protection": 0,
                **common,
            }
        )
        rows[t.Task].append(
            {
                "id": self.id(),
                "kind": "send_forelopig_svar",
                "deadline_id": deadline,
                "is_movable": False,
                "assignee_id": owner,
                "org_unit_id": self.unit,
                "waiting_on": "ingen",
                "state": "apen",
                **shell,
                **common,
            }
        )

    def dwellings(self, count: int) -> list[dict[str, Any]]:
        rows = []
        for number in range(1, count + 1):
            district, _name = self.random.choice(self.districts)
            street, house = self.random.choice(STREETS), self.random.randrange(1, 140)
            rows.append(
                {
                    "id": self.id(),
                    "list_scope_id": self.scopes[district],
                    "code": f"B{number:05d}",
                    "street": street,
                    "house_no": str(house),
                    "unit_no": f"H0{number % 9 + 1}01",
                    "address_sort": sort_key(f"{street} {house:05d} {number}"),
                    "district_id": district,
                    "offer_kind": "ordinar_spredt",
                    "ownership": "eid",
                    "bedrooms": number % 5,
                    "area_m2x10": 300 + number % 700,
                    "rent_ore": 900_000,
                    "status": "ledig" if number % 30 == 0 else "utleid",
                    "counts_kostra": True,
                    **self.stamp,
                }
            )
        return rows


def fill(store: SqlStore, user_ids: list[UUID], people: int, seed: int = 1) -> None:
    """``people`` persons, a third of them with a case, a tenth as many dwellings."""

    def base(work: Work) -> None:
        rows = Maker(work, user_ids, seed).dwellings(max(people // 10, 10))
        _put(work, t.Dwelling, rows)

    store.write(user_ids[0], base)
    for first in range(1, people + 1, _BATCH):
        count = min(_BATCH, people + 1 - first)

        def part(work: Work, first: int = first, count: int = count) -> None:
            for table, rows in Maker(work, user_ids, seed + first).people(first, count).items():
                _put(work, table, rows)

        store.write(user_ids[0], part)


def _put(work: Work, table: Any, rows: list[dict[str, Any]]) -> None:
    """Every column named in every row, so that one statement serves them all."""
    if rows:
        names = {name for row in rows for name in row}
        work.connection.execute(insert(table), [{name: row.get(name) for name in names} for row in rows])
