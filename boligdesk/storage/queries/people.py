"""People: the list, one person's page, and likely duplicates. Only readable people, numbers masked."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, and_, case, collate, exists, func, literal, or_, select

from boligdesk.domain import identifiers
from boligdesk.domain.catalog import Protection
from boligdesk.domain.people import check_number
from boligdesk.domain.text import sort_key
from boligdesk.services.errors import NotFound
from boligdesk.services.records.common import Page
from boligdesk.services.records.people import (
    AddressDraft,
    ContactDraft,
    IdentifierDraft,
    NameDraft,
    PersonDetail,
    PersonDraft,
    PersonRow,
    RepresentativeDraft,
)
from boligdesk.storage.person_rows import Rows, live_name, load_rows, load_secret, person_words
from boligdesk.storage.policies import listed, openable, readable
from boligdesk.storage.queries.households import HouseholdQueries, flag
from boligdesk.storage.queries.person_matches import cases_of, matches, with_number
from boligdesk.storage.queries.person_readers import proposals, readers_of
from boligdesk.storage.queries.search import SearchQueries
from boligdesk.storage.tables import CaseFile, Person, ProtectionPeriod

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.records.common import Sort
    from boligdesk.services.records.people import FileReader, PersonFilter, PersonMatch, PersonProbe
    from boligdesk.storage.policies import Viewer
    from boligdesk.storage.reader import Reader


def _district_order(reader: Reader) -> Any:
    """Districts by name; there are few, so the order is written out."""
    names = reader.district_names
    ordered = sorted(names, key=lambda key: sort_key(names[key]))
    places = [(Person.district_id == key, literal(number)) for number, key in enumerate(ordered)]
    return case(*places, else_=None) if places else Person.district_id


def _city_order(reader: Reader) -> Any:
    """Places in Norwegian order. Where that is the order of the index (in most offices), the index is walked."""
    city: Any = Person.city
    plain = collate(city, "BINARY" if reader.is_sqlite else "C")
    cities = _cities(reader)
    ordered = sorted(cities, key=lambda name: (sort_key(name), name))
    if len(cities) <= _MOST_CITIES and cities != ordered:
        return case({name: number for number, name in enumerate(ordered)}, value=city, else_=None)
    return plain


def _cities(reader: Reader) -> list[str]:
    """The places people live in, in the order of the index: one look per place, not one per person."""
    city: Any = Person.city
    folded = collate(city, "BINARY" if reader.is_sqlite else "C")
    first = select(func.min(folded).label("city")).cte("places", recursive=True)
    further = select(func.min(folded)).where(folded > first.c.city).scalar_subquery()
    places = first.union_all(select(further).where(first.c.city.is_not(None)))
    rows = reader.rows(select(places.c.city).where(places.c.city.is_not(None)).limit(_MOST_CITIES + 1))
    return [row.city for row in rows]


#: With more places than this the order is that of the letters as they are stored.
_MOST_CITIES = 300
#: Columns of each sort key; the id follows. Unknown values stand last. Name, birth and created have an index.
SORTS: dict[str, Callable[[Reader], Any]] = {
    "name": lambda _reader: Person.sort_name,
    "birth": lambda _reader: Person.birth_on,
    "city": _city_order,
    "district": _district_order,
    "created": lambda _reader: Person.created_at,
}
_NULLABLE = {"birth", "city", "district"}


class PeopleQueries:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def page(self, where: PersonFilter, sort: Sort, offset: int, limit: int) -> Page[PersonRow]:
        """One window. An unknown sort key raises KeyError."""
        reader = self._reader
        condition = self._condition(where)
        order = _order(reader, sort)
        ids = select(Person.id).where(condition).order_by(*order).offset(offset).limit(limit).subquery()
        open_cases = (
            select(func.count(CaseFile.id))
            .where(CaseFile.applicant_id == Person.id, CaseFile.ended_at.is_(None), _visible(reader.viewer))
            .correlate(Person)
            .scalar_subquery()
        )
        rows = reader.rows(
            select(
                Person.id,
                Person.display_name,
                Person.birth_on,
                Person.city,
                Person.district_id,
                Person.phone,
                Person.protection,
                open_cases.label("open_cases"),
            )
            .join(ids, ids.c.id == Person.id)
            .where(readable(Person, reader.viewer))
            .order_by(*order)
        )
        total = int(reader.scalar(select(func.count(Person.id)).where(condition)) or 0)
        return Page(tuple(self._row(row) for row in rows), total, offset)

    def level(self, person_id: UUID) -> int:
        """0..3, as stored. Raises NotFound."""
        level = self._reader.scalar(
            select(Person.protection).where(Person.id == person_id, readable(Person, self._reader.viewer))
        )
        if level is None:
            raise NotFound
        return int(level)

    def detail(self, person_id: UUID, *, with_addresses: bool = False) -> PersonDetail:
        """Everything on the person page. Raises NotFound.

        Where somebody protected lives is hidden (``reveal_address``) unless ``with_addresses``.
        """
        reader = self._reader
        level = self.level(person_id)
        secret = load_secret(reader, person_id)
        person = person_words(reader, person_id, secret)
        rows = load_rows(reader, person_id, secret)
        return PersonDetail(
            id=person_id,
            version=person["row_version"],
            name=live_name(rows["names"], reader.today) if secret is not None else person["display_name"],
            draft=person_draft(person, rows, hides_addresses=level > 0 and not with_addresses),
            protection=str(Protection.of_level(level)),
            protection_text=self._protection_text(person_id, level),
            households=HouseholdQueries(reader).of_person(person_id),
            cases=cases_of(reader, [person_id]).get(person_id, ()),
            created_on=person["created_at"].date(),
            changed_on=person["changed_at"].date(),
            changed_by=reader.user_names.get(person["changed_by"], ""),
        )

    def matches(self, probe: PersonProbe) -> tuple[PersonMatch, ...]:
        """Likely duplicates among readable people, the surest first."""
        return matches(self._reader, probe)

    def readers(self, person_id: UUID) -> tuple[FileReader, ...]:
        """Who may open the strictly confidential file, and who is proposed; for those who may open it."""
        return readers_of(self._reader, person_id)

    def reader_proposals(self) -> tuple[FileReader, ...]:
        """What waits for a second person."""
        return proposals(self._reader)

    def _condition(self, where: PersonFilter) -> ColumnElement[bool]:
        """The scope alone picks the window (it stands in the index); ``readable`` guards the rows themselves.

        Both say the same: a restricted row lies in a list that asks for its clearance (model.md 4.1).
        """
        reader = self._reader
        conditions = [openable(Person, reader.viewer)]
        if where.text.strip():
            conditions.append(self._text(where.text))
        if where.district_id is not None:
            conditions.append(Person.district_id == where.district_id)
        if where.has_open_case is not None:
            open_case = exists().where(
                CaseFile.applicant_id == Person.id, CaseFile.ended_at.is_(None), _visible(reader.viewer)
            )
            conditions.append(open_case if where.has_open_case else ~open_case)
        return and_(*conditions)

    def _text(self, text: str) -> ColumnElement[bool]:
        """A whole identity number by its hash, anything else as in Ctrl+K."""
        digits = identifiers.normalise(text)
        if len(digits) == 11 and digits.isdigit():
            return Person.id.in_(with_number(self._reader, digits))
        found = SearchQueries(self._reader).matching(text, "person", Person.id)
        return Person.id.is_(None) if found is None else found

    def _row(self, row: Any) -> PersonRow:
        return PersonRow(
            id=row.id,
            name=row.display_name,
            birth_on=row.birth_on,
            # where somebody protected lives is shown on the page, behind a logged act
            city="" if row.protection else row.city or "",
            district="" if row.protection else self._reader.district_names.get(row.district_id, ""),
            phone=row.phone or "",
            open_cases=row.open_cases,
            is_restricted=row.protection > 0,
        )

    def _protection_text(self, person_id: UUID, level: int) -> str:
        """In words, also of one that has not begun; empty when there is none."""
        today = self._reader.today
        periods = self._reader.rows(
            select(
                ProtectionPeriod.level,
                ProtectionPeriod.decided_by,
                ProtectionPeriod.valid_from,
                ProtectionPeriod.valid_to,
            )
            .where(
                ProtectionPeriod.person_id == person_id,
                or_(
                    ProtectionPeriod.valid_to.is_(None),
                    and_(
                        ProtectionPeriod.valid_to > today,
                        ProtectionPeriod.valid_to > ProtectionPeriod.valid_from,
                    ),
                ),
            )
            .order_by(ProtectionPeriod.valid_from)
        )
        own = [
            row
            for row in periods
            if row.level == level and (row.valid_from is None or row.valid_from <= today)
        ]
        coming = [row for row in periods if row.valid_from is not None and row.valid_from > today]
        words = [_period_words(own[0])] if own else []
        if level and not own:
            words = [f"{Protection.of_level(level).label}. Gjelder fordi noen i husstanden er skjermet."]
        if level >= Protection.STRICT.level:
            words.append("Ikke nevn sted, skole eller telefon.")
        words += [f"Fra {row.valid_from:%d.%m.%Y}: {Protection.of_level(row.level).label}." for row in coming]
        return " ".join(words)


def _period_words(row: Any) -> str:
    since = f" fra {row.valid_from:%d.%m.%Y}" if row.valid_from else ""
    until = f" til {row.valid_to:%d.%m.%Y}" if row.valid_to else ""
    label = Protection.of_level(row.level).label
    return f"{label}. Gjelder{since}{until}. Bestemt av: {row.decided_by}."


def person_draft(person: dict[str, Any], rows: Rows, *, hides_addresses: bool = False) -> PersonDraft:
    """The stored words as a form takes them; numbers masked."""
    return PersonDraft(
        names=tuple(_name(row) for row in rows["names"]),
        birth_on=person["birth_on"],
        birth_precision=person["birth_precision"],
        dead_on=person["dead_on"],
        written_form=person["written_form"],
        interpreter_language=person["interpreter_language"],
        wants_paper=flag(person["wants_paper"]),
        is_unidentified=person["is_unidentified"],
        remark=person["remark"] or "",
        identifiers=tuple(_identifier(row, person) for row in rows["identifiers"]),
        contacts=tuple(_contact(row) for row in rows["contacts"]),
        addresses=tuple(
            _hidden_address(row) if hides_addresses else address_draft(row) for row in rows["addresses"]
        ),
        representatives=tuple(_representative(row) for row in rows["representatives"]),
        id=person["id"],
        version=person["row_version"],
    )


def _name(row: dict[str, Any]) -> NameDraft:
    return NameDraft(
        row["given"],
        row["family"],
        row["middle"] or "",
        row["kind"],
        row["id"],
        row["valid_from"],
        row["valid_to"],
    )


def _identifier(row: dict[str, Any], person: dict[str, Any]) -> IdentifierDraft:
    remarks = check_number(row["kind"], row["value"], person["birth_on"]).remarks if row["value"] else ()
    return IdentifierDraft(
        kind=row["kind"],
        value=identifiers.mask_fodselsnummer(row["value"]),
        override_reason=row["override_reason"] or "",
        id=row["id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        remarks=remarks,
    )


def _contact(row: dict[str, Any]) -> ContactDraft:
    return ContactDraft(
        row["kind"],
        row["value"],
        row["use"],
        row["must_not_call"],
        row["note"] or "",
        row["id"],
        row["valid_from"],
        row["valid_to"],
    )


def _hidden_address(row: dict[str, Any]) -> AddressDraft:
    """That there is an address, of what kind and when; never where (ui.md 3.9)."""
    return AddressDraft(
        kind=row["kind"],
        id=row["id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        is_hidden=True,
    )


def address_draft(row: dict[str, Any]) -> AddressDraft:
    words: dict[str, Any] = {
        key: row[key] or ""
        for key in ("street", "house_no", "letter", "unit_no", "care_of", "postcode", "city", "country")
    }
    return AddressDraft(
        kind=row["kind"],
        district_id=row["district_id"],
        id=row["id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
        **words,
    )


def _representative(row: dict[str, Any]) -> RepresentativeDraft:
    return RepresentativeDraft(
        kind=row["kind"],
        name=row["name"] or "",
        org_name=row["org_name"] or "",
        phone=row["phone"] or "",
        powers=row["powers"] or "",
        letters=row["letters"],
        representative_person_id=row["representative_person_id"],
        id=row["id"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )


def _visible(viewer: Viewer) -> ColumnElement[bool]:
    """Cases that may be told of together with their applicant: a masked row must not be linked to a name."""
    return and_(listed(CaseFile, viewer), openable(CaseFile, viewer))


def _order(reader: Reader, sort: Sort) -> list[Any]:
    column = SORTS[sort.key](reader)
    directed = column.desc() if sort.descending else column.asc()
    last = Person.id.desc() if sort.descending else Person.id.asc()
    return [directed.nulls_last() if sort.key in _NULLABLE else directed, last]
