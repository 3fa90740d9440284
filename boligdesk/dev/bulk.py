"""An office of any size for measuring: people, cases, tasks, visits, dwellings and their log, straight into the tables.

Deterministic and fictional (+80 numbers without valid check digits). Made for ``bench``: rows are
written past the services, so the log has no chain; nothing here is for a store that anybody uses.
"""

from __future__ import annotations

import datetime as dt
import random
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID

from boligdesk.domain.address_words import address_tokens
from boligdesk.domain.text import search_tokens, sort_key
from boligdesk.storage import tables as t
from boligdesk.storage.bulk_rows import insert_rows
from boligdesk.storage.queries.search import number_hash
from boligdesk.storage.search_index import address_row
from boligdesk.storage.types import PreparedJson
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from boligdesk.storage.store import SqlStore
    from boligdesk.storage.work import Work

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
KINDS = ("bolig", "bytte", "forlenget_botid", "bistand")
TITLE = "Søknad om kommunal bolig"
_BATCH = 20_000
_CASE_EVERY, _OPEN_EVERY, _VISIT_EVERY, _READ_EVERY = 3, 9, 20, 2


class Maker:
    """Rows of one office, table by table, in batches."""

    def __init__(self, work: Work, users: Sequence[UUID], seed: int) -> None:
        self.work = work
        self.users = users
        self.random = random.Random(seed)
        self.unit = work.office_unit
        self.districts = [work.write_office.add_district(name) for name in DISTRICTS]
        self.scopes = {district: area_scope(work, self.unit, district) for district in self.districts}
        self.rows: dict[Any, list[dict[str, Any]]] = {}
        self._starts: dict[Any, dict[str, Any]] = {}
        work.flush()

    def id(self) -> UUID:
        return UUID(int=self.random.getrandbits(128) & ~(0xF << 76) | (7 << 76))

    def put(self, table: Any, **values: Any) -> UUID:
        """A row with id, envelope and the defaults of its columns."""
        if table not in self._starts:
            self._starts[table] = self._start(table)
        row = {"id": values.get("id") or self.id(), **self._starts[table], **values}
        self.rows.setdefault(table, []).append(row)
        made: UUID = row["id"]
        return made

    def _start(self, table: Any) -> dict[str, Any]:
        stamp = {
            "created_at": self.work.now,
            "created_by": self.users[0],
            "changed_at": self.work.now,
            "changed_by": self.users[0],
            "row_version": 1,
        }
        columns = table.__table__.columns
        start = {name: value for name, value in stamp.items() if name in columns}
        for column in columns:
            if column.default is not None and column.default.is_scalar:
                start[column.name] = column.default.arg
        return start

    def send(self) -> None:
        """Everything made so far goes into the store, parents before children."""
        for table in t.Base.metadata.sorted_tables:
            for made, rows in self.rows.items():
                if made.__table__ is table:
                    if made is t.SearchToken:
                        rows.sort(key=lambda row: (row["token"], row["subject_kind"], row["subject_id"]))
                    insert_rows(self.work.connection, table, rows)
        self.rows = {}

    # -- people ---------------------------------------------------------------------------------

    def person(self, number: int) -> None:
        pick = self.random
        person, given = self.id(), pick.choice(GIVEN)
        family = pick.choice(RARE if pick.random() < 0.01 else FAMILY)
        born = dt.date(1940, 1, 1) + dt.timedelta(days=pick.randrange(24_000))
        district = pick.choice(self.districts)
        scope = self.scopes[district]
        phone = f"6805{number % 10_000:04d}"
        name = {"display_name": f"{given} {family}", "sort_name": _order(f"{family}, {given}")}
        self.put(
            t.Person,
            id=person,
            **name,
            birth_on=born,
            birth_precision="dag",
            city="Eksempelvik",
            district_id=district,
            phone=phone,
            read_scope_id=scope,
        )
        self.put(
            t.PersonName, person_id=person, kind="offisiell", given=given, family=family, source="import"
        )
        home, digits = self._reached_at(number, person, born, district, phone)
        self.tokens("person", person, scope, [f"{given} {family}"], [phone, digits[:6]])
        self.rows[t.SearchToken].extend(address_row(token, person, scope) for token in home)
        opened = dt.date(2026, 11, 24) - dt.timedelta(days=pick.randrange(1_000))
        self.logged("register_person", "person", person, scope, opened, person_id=person)
        if number % _READ_EVERY == 0:
            self.put(
                t.ReadEntry,
                at=self._at(opened),
                actor_id=pick.choice(self.users),
                op="apnet",
                person_id=person,
                role="saksbehandler",
            )
        if number % _CASE_EVERY == 0:
            self.case(number, person, name, district, opened)
        if number % _VISIT_EVERY == 0:
            self.visit(person, scope, opened)

    def _reached_at(
        self, number: int, person: UUID, born: dt.date, district: UUID, phone: str
    ) -> tuple[set[str], str]:
        street, house = self.random.choice(STREETS), str(self.random.randrange(1, 140))
        digits = f"{born.day:02d}{born.month + 80:02d}{born.year % 100:02d}{number % 100_000:05d}"
        self.put(
            t.PersonIdentifier,
            person_id=person,
            kind="syntetisk",
            value=digits,
            value_hmac=number_hash(self.work.pepper, f"{digits}{number}"),
            check_result="ugyldig",
        )
        self.put(t.ContactPoint, person_id=person, kind="telefon", value=phone, folded=phone, use="privat")
        self.put(
            t.PersonAddress,
            person_id=person,
            kind="bosted",
            street=street,
            house_no=house,
            postcode="9990",
            city="Eksempelvik",
            district_id=district,
            source="import",
        )
        return address_tokens(street, house, "", ""), digits

    def tokens(
        self, kind: str, subject: UUID, scope: int, texts: list[str], starts: Sequence[str] = ()
    ) -> None:
        found: dict[str, bool] = {}
        for text in (*starts, *texts):
            for token, is_start in _tokens_of(text, inside=text in texts):
                found[token] = found.get(token, False) or is_start
        shared = {"subject_kind": kind, "subject_id": subject, "scope_id": scope}
        self.rows.setdefault(t.SearchToken, []).extend(
            {"token": token, "is_start": is_start, **shared} for token, is_start in found.items()
        )

    def _at(self, day: dt.date) -> dt.datetime:
        seconds = self.random.randrange(8 * 3600, 16 * 3600)
        return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)

    def logged(
        self,
        verb: str,
        kind: str,
        subject: UUID,
        scope: int,
        day: dt.date,
        *,
        person_id: UUID | None = None,
        case_id: UUID | None = None,
    ) -> None:
        """An event with one change, as the services leave it."""
        event = self.id()
        self.put(
            t.Event,
            id=event,
            at=self._at(day),
            actor_id=self.random.choice(self.users),
            verb=verb,
            subject_kind=kind,
            subject_id=subject,
            occurred_on=day,
            command_id=event,
            params={},
            read_scope_id=scope,
            person_id=person_id,
            case_id=case_id,
        )
        self.put(
            t.EventChange,
            event_id=event,
            no=1,
            tbl="person" if kind == "person" else "case_file",
            row_id=subject,
            new=_CHANGED,
            salt=_SALT,
        )

    # -- cases ----------------------------------------------------------------------------------

    def case(self, number: int, person: UUID, name: dict[str, str], district: UUID, opened: dt.date) -> None:
        pick, scope, seq = self.random, self.scopes[district], number // _CASE_EVERY + 1
        due, is_open = opened + dt.timedelta(days=30), number % _OPEN_EVERY == 0
        owner = pick.choice([*self.users, None])
        shown = {"list_scope_id": scope, "read_scope_id": scope}
        case = self.put(
            t.CaseFile,
            year=opened.year,
            seq=seq,
            number=f"{opened.year}/{seq}",
            kind=pick.choice(KINDS),
            applicant_id=person,
            applicant_name=name["display_name"],
            applicant_sort=name["sort_name"],
            org_unit_id=self.unit,
            district_id=district,
            assignee_id=owner,
            phase=pick.choice(PHASES) if is_open else "avsluttet",
            outcome=None if is_open else "innvilget",
            opened_on=opened,
            ended_at=None if is_open else self.work.now,
            next_due_on=due if is_open else None,
            public_title=TITLE,
            public_title_masked=TITLE,
            **shown,
        )
        self.tokens("case", case, scope, [f"{opened.year}/{seq}"])
        self.logged("register_application", "case", case, scope, opened, case_id=case, person_id=person)
        if is_open:
            self._due(case, opened, due, owner, shown)

    def _due(
        self, case: UUID, opened: dt.date, due: dt.date, owner: UUID | None, shown: dict[str, int]
    ) -> None:
        common = {"case_id": case, "subject_kind": "case", "subject_id": case, "due_on": due}
        deadline = self.put(
            t.Deadline,
            rule_key="forelopig_svar",
            start_on=opened,
            raw_on=due,
            side="egen_plikt",
            basis=[],
            why="",
            state="lopende",
            read_scope_id=shown["read_scope_id"],
            **common,
        )
        self.put(
            t.Task,
            kind="send_forelopig_svar",
            deadline_id=deadline,
            is_movable=False,
            assignee_id=owner,
            org_unit_id=self.unit,
            state="apen",
            **shown,
            **common,
        )

    def visit(self, person: UUID, scope: int, day: dt.date) -> None:
        visit = self.put(
            t.Visit,
            kind="veiledning",
            person_id=person,
            starts_at=self._at(day),
            place="hjemme",
            is_planned=True,
            lead_id=self.random.choice(self.users),
            state="gjennomfort",
            read_scope_id=scope,
        )
        self.put(t.VisitNote, visit_id=visit, areas=["okonomi"], observed="Det var ryddig.")

    # -- the register ---------------------------------------------------------------------------

    def dwelling(self, number: int) -> None:
        district = self.random.choice(self.districts)
        street, house = self.random.choice(STREETS), self.random.randrange(1, 140)
        code, unit = f"B{number:05d}", f"H0{number % 9 + 1}01"
        dwelling = self.put(
            t.Dwelling,
            list_scope_id=self.scopes[district],
            code=code,
            street=street,
            house_no=str(house),
            unit_no=unit,
            address_sort=_order(f"{street} {house:05d} {number}"),
            district_id=district,
            offer_kind="ordinar_spredt",
            ownership="eid",
            bedrooms=number % 5,
            area_m2x10=300 + number % 700,
            rent_ore=900_000,
            status="ledig" if number % 30 == 0 else "utleid",
        )
        self.tokens("dwelling", dwelling, self.scopes[district], [code, f"{street} {house} {unit}"])


_CHANGED = PreparedJson({"city": "Eksempelvik", "phone": "68050000", "birth_precision": "dag"})
_SALT = bytes(16)
_order = cache(sort_key)


@cache
def _tokens_of(text: str, *, inside: bool) -> tuple[tuple[str, bool], ...]:
    return tuple(search_tokens([text]) if inside else search_tokens([], [text]))


def fill(store: SqlStore, user_ids: Sequence[UUID], people: int, seed: int = 1) -> None:
    """``people`` persons, a third of them with a case, a tenth as many dwellings."""

    def base(work: Work) -> None:
        maker = Maker(work, user_ids, seed)
        for number in range(1, max(people // 10, 10) + 1):
            maker.dwelling(number)
        maker.send()

    store.write(user_ids[0], base)
    for first in range(1, people + 1, _BATCH):

        def part(work: Work, first: int = first) -> None:
            maker = Maker(work, user_ids, seed + first)
            for number in range(first, min(first + _BATCH, people + 1)):
                maker.person(number)
            maker.send()

        store.write(user_ids[0], part)
