"""Dwellings, with the facts, the building and the status that the list gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain.catalog import DwellingStatus, FactSource, FactState
from boligdesk.domain.dwellings import status_step
from boligdesk.domain.text import clean, fold
from boligdesk.services.dwelling_checks import checked_dwelling, checked_entrance
from boligdesk.services.errors import InvalidInput
from boligdesk.services.imports.known_places import KnownPlaces, entrance_of, is_letter
from boligdesk.services.imports.taking import Taker, fingerprint, words
from boligdesk.services.ports.imports import NewDwelling
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft
from boligdesk.services.records.register import EntranceDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.report import Outcome
    from boligdesk.services.imports.rows import CheckedRow

_FACTS = ("step_free", "lift", "wheelchair", "wide_door", "bath", "pets")
_SAME = (
    "street",
    "letter",
    "postcode",
    "city",
    "offer_kind",
    "ownership",
    "rooms",
    "bedrooms",
    "floor",
)
_PLACE = frozenset({"street", "house_number", "letter", "unit_number", "postcode"})
_OTHER_SYSTEMS = {"kobo_id": "kobo", "fdv_id": "fdv"}


class DwellingTaker(Taker):
    kind = "dwellings"
    subject_kind = "dwelling"

    def prepare(self, rows: list[CheckedRow]) -> None:
        codes = {_code(row.values) for row in rows}
        self._codes = self.work.write_imports.dwellings_by_code(codes)
        refs = {ref for row in rows for ref in _refs(row.values)}
        self.work.write_imports.look_up_dwellings(codes | {clean(code) for code in codes}, refs)
        new = [row for row in rows if self._by_code(row.values) is None]
        numbers = {words(row.values, "house_number") for row in new} - {""}
        self._places = KnownPlaces(self.work.write_imports.dwellings_at(numbers) if numbers else ())
        self.forget()

    def forget(self) -> None:
        self._districts: dict[str, UUID] = {}
        self._stairs: dict[UUID, dict[str, UUID]] = {}
        self._buildings = {fold(found.name): found.id for found in self.work.dwellings.buildings()}

    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        values = row.values
        code = _code(values)
        dwelling = self._by_code(values)
        if dwelling is None and (dwelling := self._by_place(values)) is not None:
            # the same door in other writing: the register's own stays
            values = {name: value for name, value in values.items() if name not in _PLACE}
        new = self._new(code, values) if dwelling is None and self._is_known_place(values) else None
        if new is not None and self.work.write_imports.is_free(new.draft, new.refs):
            dwelling = self.work.write_imports.new_dwelling(new)
            outcome: Outcome = "created"
        else:
            with self.work.write_imports.row():
                dwelling, outcome = self._one_by_one(dwelling, code, values)
        if outcome == "created":
            self._tell_of_new(code, values)
            if not values.get("code") and not values.get("external_id"):
                self._places.add(dwelling, code, values)
        self._codes[code] = dwelling
        return outcome, dwelling

    def _tell_of_new(self, code: str, values: dict[str, Any]) -> None:
        if not values.get("code"):
            self.tell("assumed", "code", f"Lista har ingen boligkode. Boligen får koden {code}.")
        if not values.get("status"):
            self.tell("assumed", "status", "Lista sier ikke status. Boligen står som ikke disponibel.")

    def _by_code(self, values: dict[str, Any]) -> UUID | None:
        return self.known.get(words(values, "external_id")) or self._codes.get(_code(values))

    def _by_place(self, values: dict[str, Any]) -> UUID | None:
        """A list without codes means the dwelling that has just this address and H-number."""
        found = self._places.look(values)
        if found.same is not None:
            self.tell("assumed", "street", f"Kjent igjen på adressen. Det er bolig {found.same.code}.")
            return found.same.id
        if found.alike:
            which = f"{'bolig' if len(found.alike) == 1 else 'boligene'} {found.names()}"
            self.tell(
                "warning", "street", f"Ligner på {which}, som har samme adresse. Sjekk om det er samme bolig."
            )
        return None

    def _one_by_one(self, dwelling: UUID | None, code: str, values: dict[str, Any]) -> tuple[UUID, Outcome]:
        """What may be refused half-way."""
        outcome: Outcome
        if dwelling is None:
            new = self._new(code, values)
            writes = self.work.write_dwellings
            dwelling = writes.register(new.draft, new.cadastre, new.status, new.step, None)[0]
            outcome = "created"
        else:
            outcome = "updated" if self._change(dwelling, values) else "unchanged"
        if self._facts(dwelling, values) and outcome == "unchanged":
            outcome = "updated"
        self._other_systems(dwelling, values)
        return dwelling, outcome

    def _is_known_place(self, values: dict[str, Any]) -> bool:
        """Neither district nor building is made on the way."""
        house = words(values, "building")
        return words(values, "district") in {"", *self._districts} and (
            not house or fold(house) in self._buildings
        )

    def _new(self, code: str, values: dict[str, Any]) -> NewDwelling:
        draft, cadastre = checked_dwelling(self._draft(DwellingDraft(code=code), values))
        status = DwellingStatus(values.get("status") or DwellingStatus.UNAVAILABLE)
        today = self.work.today
        step = status_step(None, status, today, values.get("available_on"), today)
        facts = tuple(self._fact(key, values[key], None) for key in _FACTS if key in values)
        return NewDwelling(draft, cadastre, status, step, facts, _refs(values))

    def _change(self, dwelling: UUID, values: dict[str, Any]) -> bool:
        stored = self.work.dwellings.draft(dwelling)
        draft, cadastre = checked_dwelling(self._draft(stored, values))
        _id, version, event = self.work.write_dwellings.change(draft, cadastre)
        return self._status(dwelling, version, values) or event is not None

    def _status(self, dwelling: UUID, version: int, values: dict[str, Any]) -> bool:
        if not values.get("status"):
            return False
        stored = self.work.dwellings.status(dwelling)
        wanted = DwellingStatus(values["status"])
        available = values.get("available_on")
        if wanted == stored.status and available in {None, stored.available_on}:
            return False
        today = self.work.today
        if stored.since is not None and stored.since > today:
            raise InvalidInput(
                "status", "Boligen har en status som begynner senere.", todo="Rett den på siden."
            )
        step = status_step(stored.status, wanted, today, available, today)
        self.work.write_dwellings.set_status(dwelling, version, wanted, step, "Fra liste")
        return True

    def _draft(self, draft: DwellingDraft, values: dict[str, Any]) -> DwellingDraft:
        given = {name: values[name] for name in _SAME if values.get(name) not in {None, ""}}
        renamed = {
            "house_no": "house_number",
            "unit_no": "unit_number",
            "area_m2x10": "area_m2",
            "rent_ore": "rent_month",
            "remark": "note",
        }
        given |= {name: values[key] for name, key in renamed.items() if values.get(key) not in {None, ""}}
        if values.get("cadastre"):
            given["cadastre"] = str(values["cadastre"])
        district = self._district(words(values, "district"))
        if district is not None:
            given["district_id"] = district
        entrance = entrance_of(values)
        if is_letter(entrance) and not given.get("letter") and not draft.letter:
            given["letter"] = entrance.upper()  # a stair with a letter is a part of the address
        changed = replace(draft, **given)
        building = self._building(changed, values)
        return replace(changed, building_id=building, entrance_id=self._entrance(changed, building, entrance))

    def _district(self, name: str) -> UUID | None:
        if not name:
            return None
        if name not in self._districts:
            self._districts[name] = self.work.write_office.add_district(name)
        return self._districts[name]

    def _building(self, draft: DwellingDraft, values: dict[str, Any]) -> UUID | None:
        name = words(values, "building")
        if not name:
            return draft.building_id
        key = fold(name)
        if key not in self._buildings:
            house = BuildingDraft(
                name=name,
                street=draft.street,
                house_no=draft.house_no,
                letter=draft.letter,
                postcode=draft.postcode,
                city=draft.city,
                district_id=draft.district_id,
                built_year=values.get("built_year"),
            )
            self._buildings[key] = self.work.write_dwellings.save_building(house)[0]
            self.work.write_imports.settle()
        return self._buildings[key]

    def _entrance(self, draft: DwellingDraft, building: UUID | None, name: str) -> UUID | None:
        """The entrance of the building, made when it is new; without a building there is nothing to keep it on."""
        if not name:
            return draft.entrance_id if building == draft.building_id else None
        if building is None:
            self.tell("assumed", "entrance", "Raden har oppgang, men ikke bygg. Oppgangen er ikke ført.")
            return None
        key = fold(name)
        if building not in self._stairs:
            self._stairs[building] = {
                fold(found.letter): found.id for found in self.work.dwellings.entrances(building)
            }
        known = self._stairs[building]
        if key not in known:
            version = self.work.dwellings.building_draft(building).version
            made = checked_entrance(EntranceDraft(building, version, name))
            known[key] = self.work.write_dwellings.save_entrance(made)[0]
            self.work.write_imports.settle()
        return known[key]

    def _facts(self, dwelling: UUID, values: dict[str, Any]) -> bool:
        """Yes and no are known; «vet ikke» is asked in vain. What is known already is not asked again."""
        given = [key for key in _FACTS if key in values]
        if not given:
            return False
        stored = {fact.key: fact for fact in self.work.dwellings.facts(dwelling)}
        drafts = []
        for key in given:
            value = values[key]
            old = stored.get(key)
            if value is None and old is not None and old.state == FactState.KNOWN:
                continue
            draft = self._fact(key, value, old.id if old is not None else None)
            if (
                old is not None
                and old.id is not None
                and (old.state, old.value) == (draft.state, draft.value)
            ):
                continue  # the list has looked at nothing: who checked it, and when, stays
            drafts.append(draft)
        return self.work.write_dwellings.record_facts(dwelling, tuple(drafts))[2] is not None

    def _fact(self, key: str, value: Any, supersedes: UUID | None) -> FactDraft:
        state = FactState.UNKNOWN if value is None else FactState.KNOWN
        answer = None if value is None else int(value)
        return FactDraft(key, state, answer, FactSource.IMPORT, self.work.today, supersedes)

    def _other_systems(self, dwelling: UUID, values: dict[str, Any]) -> None:
        for system, reference in _refs(values):
            if self.work.dwellings.by_external_ref(system, reference) != dwelling:
                version = self.work.dwellings.status(dwelling).version
                self.work.write_dwellings.add_external_ref(dwelling, version, system, reference)


def _refs(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """(system, number there) of the systems whose numbers the list gives."""
    given = ((system, words(values, field)) for field, system in _OTHER_SYSTEMS.items())
    return tuple((system, reference) for system, reference in given if reference)


def _code(values: dict[str, Any]) -> str:
    """The code of the list, else the id of the old system, else one made of what the row says."""
    given = words(values, "code") or words(values, "external_id")
    if given:
        return given
    named = {
        name: values.get(name) for name in ("street", "house_number", "letter", "unit_number", "postcode")
    }
    return f"L-{fingerprint(named)[:8]}"
