"""Vacancies: the pipeline, one vacancy whole, and the dwelling as the rules of matching see it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, case, func, select

from boligdesk.domain.allocation_catalog import VacancyStage
from boligdesk.domain.calendar import long_date
from boligdesk.domain.catalog import FactSource, FactState, OfferKind
from boligdesk.domain.dwellings import address_of
from boligdesk.domain.facts import DWELLING, DWELLING_COLUMNS, kinds_of
from boligdesk.domain.matching import Has, Profile, Share
from boligdesk.domain.money import format_kr
from boligdesk.services.errors import NotFound
from boligdesk.services.records.allocation import Demands, VacancyDetail, VacancyRow
from boligdesk.services.records.common import MASKED_NAME, Page
from boligdesk.storage.policies import listed, on_register, openable
from boligdesk.storage.queries.buildings import municipal_in
from boligdesk.storage.queries.facts import live_facts
from boligdesk.storage.queries.names import list_names
from boligdesk.storage.queries.register import entrance_of
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.tables import Building, District, Dwelling, Offer, Vacancy

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from sqlalchemy import ColumnElement, Row

    from boligdesk.services.records.allocation import OfferRow, ShortlistRef, VacancyFilter
    from boligdesk.services.records.common import Sort
    from boligdesk.storage.reader import Reader

_REGISTER = FactSource.REGISTER.label
#: Facts whose answer somebody must have looked up; the columns repeat the live facts.
_FACTS = ("step_free", "lift", "wheelchair", "shielded", "pets")
_LABELS = {kind.key: kind.label for kind in kinds_of(DWELLING)}


def _by_stage() -> ColumnElement[Any]:
    return case({stage.value: place for place, stage in enumerate(VacancyStage)}, value=Vacancy.stage)


#: Sort key -> columns. Vacancies are few: none of these needs an index.
SORTS: dict[str, Callable[[], tuple[Any, ...]]] = {
    "stage": lambda: (_by_stage(), Vacancy.free_from),
    "free": lambda: (Vacancy.free_from,),
    "address": lambda: (Dwelling.address_sort,),
    "void": lambda: (Vacancy.void_from,),
    "bedrooms": lambda: (Dwelling.bedrooms,),
    "rent": lambda: (Dwelling.rent_ore,),
    "due": lambda: (Offer.reply_due_on,),
}
_COLUMNS = (
    Vacancy.id,
    Vacancy.row_version,
    Vacancy.dwelling_id,
    Vacancy.stage,
    Vacancy.reported_on,
    Vacancy.free_from,
    Vacancy.void_from,
    Vacancy.ended_at,
    Dwelling.code,
    Dwelling.street,
    Dwelling.house_no,
    Dwelling.letter,
    Dwelling.unit_no,
    Dwelling.district_id,
    Dwelling.bedrooms,
    Dwelling.rooms,
    Dwelling.area_m2x10,
    Dwelling.floor,
    Dwelling.rent_ore,
    Offer.id.label("offer_id"),
    Offer.applicant_id,
    Offer.reply_due_on,
)


class VacancyQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def by_stage(self) -> tuple[dict[str, int], int]:
        """(stage -> how many are in work, moved in this month)."""
        reader = self._reader
        rows = reader.rows(
            select(Vacancy.stage, func.count())
            .where(on_register(Vacancy, reader.viewer), Vacancy.ended_at.is_(None))
            .group_by(Vacancy.stage)
        )
        first = dt.datetime.combine(reader.today.replace(day=1), dt.time(), tzinfo=dt.UTC)
        moved = reader.scalar(
            select(func.count())
            .select_from(Vacancy)
            .where(
                on_register(Vacancy, reader.viewer),
                Vacancy.stage == VacancyStage.MOVED_IN.value,
                Vacancy.ended_at >= first,
            )
        )
        return {row[0]: int(row[1]) for row in rows}, int(moved or 0)

    def page(self, wanted: VacancyFilter, sort: Sort, offset: int, limit: int) -> Page[VacancyRow]:
        """One window of the list; unknown values last. An unknown sort key raises KeyError."""
        condition = self._condition(wanted)
        total = self._reader.scalar(select(func.count()).select_from(Vacancy).where(condition))
        columns = [*SORTS[sort.key](), Vacancy.id]
        turned = [column.desc() for column in columns] if sort.descending else columns
        order = [turned[0].nulls_last(), *turned[1:]]
        rows = self._reader.rows(self._select(condition).order_by(*order).offset(offset).limit(limit))
        return Page(self._rows(rows), int(total or 0), offset)

    def _condition(self, wanted: VacancyFilter) -> ColumnElement[bool]:
        parts: list[Any] = [on_register(Vacancy, self._reader.viewer)]
        if not wanted.with_ended:
            parts.append(Vacancy.ended_at.is_(None))
        if wanted.stages:
            parts.append(Vacancy.stage.in_(wanted.stages))
        text = SearchQueries(self._reader).matching(wanted.text, "dwelling", Vacancy.dwelling_id)
        return and_(*parts) if text is None else and_(*parts, text)

    def row(self, vacancy_id: UUID) -> VacancyRow:
        """Raises NotFound."""
        return self._rows([self._stored(vacancy_id)])[0]

    def _stored(self, vacancy_id: UUID) -> Row[Any]:
        row = self._reader.first(
            self._select(and_(Vacancy.id == vacancy_id, on_register(Vacancy, self._reader.viewer)))
        )
        if row is None:
            raise NotFound
        return row

    def _select(self, condition: ColumnElement[bool]) -> Any:
        viewer = self._reader.viewer
        return (
            select(
                *_COLUMNS,
                listed(Offer, viewer).label("offer_is_listed"),
                openable(Offer, viewer).label("offer_is_open"),
            )
            .join(Dwelling, Dwelling.id == Vacancy.dwelling_id)
            .outerjoin(Offer, and_(Offer.vacancy_id == Vacancy.id, Offer.ended_at.is_(None)))
            .where(condition)
        )

    def _rows(self, rows: Any) -> tuple[VacancyRow, ...]:
        names = list_names(self._reader, [row.applicant_id for row in rows if row.offer_is_open])
        return tuple(self._row(row, names) for row in rows)

    def _row(self, row: Row[Any], names: dict[UUID, str]) -> VacancyRow:
        to = ""  # an offer that is in nobody's list here is not told of
        if row.offer_is_listed:
            to = names.get(row.applicant_id, MASKED_NAME) if row.offer_is_open else MASKED_NAME
        end = self._reader.today if row.ended_at is None else row.ended_at.date()
        return VacancyRow(
            id=row.id,
            version=row.row_version,
            dwelling_id=row.dwelling_id,
            code=row.code,
            address=address_of(row.street, row.house_no, row.letter, row.unit_no),
            district=self._reader.district_names.get(row.district_id, ""),
            bedrooms=row.bedrooms,
            rooms=row.rooms,
            area_m2x10=row.area_m2x10,
            floor=row.floor,
            rent_ore=row.rent_ore,
            stage=row.stage,
            reported_on=row.reported_on,
            free_from=row.free_from,
            void_days=max(0, (end - (row.void_from or row.free_from)).days),
            offer_id=row.offer_id if row.offer_is_open else None,
            offer_to=to,
            reply_due_on=row.reply_due_on if row.offer_is_open else None,
        )

    # -- one vacancy ----------------------------------------------------------------------------

    def detail(
        self, vacancy_id: UUID, shortlists: tuple[ShortlistRef, ...], offers: tuple[OfferRow, ...]
    ) -> VacancyDetail:
        """Raises NotFound. What the rules say (share, missing facts) is added by the service."""
        row = self.row(vacancy_id)
        remark = self._reader.scalar(select(Vacancy.remark).where(Vacancy.id == vacancy_id))
        return VacancyDetail(
            row=row,
            demands=self.demands(vacancy_id),
            facts=self._facts(row),
            unknown_facts=(),
            share_text="",
            shortlists=shortlists,
            offers=offers,
            remark=remark or "",
        )

    def demands(self, vacancy_id: UUID) -> Demands:
        """Raises NotFound."""
        row = self._reader.first(
            select(Vacancy.demands).where(Vacancy.id == vacancy_id, on_register(Vacancy, self._reader.viewer))
        )
        if row is None:
            raise NotFound
        return demands_of(row.demands)

    def identity(self, vacancy_id: UUID) -> dict[str, str]:
        """What names the vacancy and the dwelling in a snapshot. Raises NotFound."""
        row = self.row(vacancy_id)
        return {
            "vacancy_id": row.id.hex,
            "dwelling_id": row.dwelling_id.hex,
            "code": row.code,
            "address": row.address,
            "district": row.district,
            "free_from": row.free_from.isoformat(),
        }

    def _facts(self, row: VacancyRow) -> tuple[tuple[str, str, str], ...]:
        """Every question that matching asks of a dwelling; what nobody knows says «Vet ikke»."""
        known = {fact.key: fact for fact in live_facts(self._reader, DWELLING, row.dwelling_id)}
        said: list[tuple[str, str, str]] = [
            ("Soverom", _or_unknown(row.bedrooms), _REGISTER if row.bedrooms is not None else ""),
            ("Etasje", _or_unknown(row.floor), _REGISTER if row.floor is not None else ""),
            (
                "Leie",
                "Vet ikke" if row.rent_ore is None else f"{format_kr(row.rent_ore)} i måneden",
                "" if row.rent_ore is None else _REGISTER,
            ),
        ]
        for key in DWELLING_COLUMNS:
            fact = known.get(key)
            if fact is None:
                said.append((_LABELS[key], "Vet ikke", ""))
                continue
            day = f", {long_date(fact.observed_on)}" if fact.observed_on else ""
            said.append((fact.label, fact.text, f"{_source(fact.source)}{day}"))
        return tuple(said)

    def profile(self, vacancy_id: UUID) -> Profile:
        """What the rules see of the dwelling, with source and date of each fact. Raises NotFound."""
        reader, dwelling_id = self._reader, self._stored(vacancy_id).dwelling_id
        row = reader.first(
            select(Dwelling.__table__, District.code.label("district_code"), District.name.label("district"))
            .outerjoin(District, District.id == Dwelling.district_id)
            .where(Dwelling.id == dwelling_id)
        )
        if row is None:
            raise NotFound
        facts = {key: Has() for key in _FACTS}
        for fact in live_facts(reader, DWELLING, dwelling_id):
            if fact.key in facts and fact.state == FactState.KNOWN and isinstance(fact.value, int):
                facts[fact.key] = Has(fact.value, _source(fact.source), fact.observed_on)
        staffed = None if row.offer_kind is None else int(row.offer_kind == OfferKind.CARE_STAFFED)
        return Profile(
            bedrooms=_registered(row.bedrooms),
            floor=_registered(row.floor),
            lift=facts["lift"] if facts["lift"].value is not None else self._lift(row),
            step_free=facts["step_free"],
            wheelchair=facts["wheelchair"],
            staffed=_registered(staffed),
            shielded=facts["shielded"],
            pets=facts["pets"],
            rent_ore=_registered(row.rent_ore),
            district=_registered(row.district_code),
            district_name=row.district or "",
            area_m2x10=_registered(row.area_m2x10),
            entrance=self._entrance(row.entrance_id),
            building=self._building(row.building_id),
        )

    def _lift(self, row: Row[Any]) -> Has:
        """Nobody has looked in the dwelling's stairs: what the register says of the entrance, else the house."""
        entrance = entrance_of(self._reader, row.entrance_id)
        if entrance is not None and entrance.has_lift is not None:
            return Has(int(entrance.has_lift), _REGISTER)
        found = None
        if row.building_id is not None:
            found = self._reader.scalar(select(Building.has_lift).where(Building.id == row.building_id))
        return _registered(found)

    def _entrance(self, entrance_id: UUID | None) -> Share:
        entrance = entrance_of(self._reader, entrance_id)
        if entrance is None:
            return Share()
        limit = None if entrance.limit_share is None else entrance.limit_share // 100
        return Share(entrance.dwellings, entrance.units_total, limit)

    def _building(self, building_id: UUID | None) -> Share:
        if building_id is None:
            return Share()
        total = self._reader.scalar(select(Building.units_total).where(Building.id == building_id))
        return Share(municipal_in(self._reader, building_id), total)


def demands_of(stored: dict[str, Any]) -> Demands:
    return Demands(
        require=tuple(stored.get("require", ())),
        wish=tuple(stored.get("wish", ())),
        ignore=tuple(stored.get("ignore", ())),
        reason=str(stored.get("reason", "")),
    )


def _registered(value: int | str | None) -> Has:
    return Has() if value is None else Has(value, _REGISTER)


def _source(code: str) -> str:
    return FactSource(code).label if code in FactSource.codes() else code


def _or_unknown(value: int | None) -> str:
    return "Vet ikke" if value is None else str(value)
