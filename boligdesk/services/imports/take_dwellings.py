"""Dwellings, with the facts, the building and the status that the list gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from boligdesk.domain.catalog import DwellingStatus, FactSource, FactState
from boligdesk.domain.dwellings import status_step
from boligdesk.domain.text import fold
from boligdesk.services.dwelling_checks import checked_dwelling
from boligdesk.services.errors import InvalidInput
from boligdesk.services.imports.taking import Taker, fingerprint, words
from boligdesk.services.records.common import FactDraft
from boligdesk.services.records.dwellings import BuildingDraft, DwellingDraft

if TYPE_CHECKING:
    from uuid import UUID

    from boligdesk.services.imports.report import Outcome
    from boligdesk.services.imports.rows import CheckedRow
    from boligdesk.services.records.dwellings import DwellingDetail

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
_OTHER_SYSTEMS = {"kobo_id": "kobo", "fdv_id": "fdv"}


class DwellingTaker(Taker):
    kind = "dwellings"
    subject_kind = "dwelling"

    def prepare(self, rows: list[CheckedRow]) -> None:
        self._codes = self.work.write_imports.dwellings_by_code({_code(row.values) for row in rows})
        self.forget()

    def forget(self) -> None:
        self._districts: dict[str, UUID] = {}
        self._buildings = {fold(found.name): found.id for found in self.work.dwellings.buildings()}

    def store(self, row: CheckedRow) -> tuple[Outcome, UUID]:
        values = row.values
        code = _code(values)
        if not values.get("code"):
            self.tell("assumed", "code", f"Lista har ingen boligkode. Boligen får koden {code}.")
        dwelling = self.known.get(words(values, "external_id")) or self._codes.get(code)
        with self.work.write_imports.row():
            if dwelling is None:
                dwelling = self._register(code, values)
                outcome: Outcome = "created"
            else:
                outcome = "updated" if self._change(dwelling, values) else "unchanged"
            if self._facts(dwelling, values) and outcome == "unchanged":
                outcome = "updated"
            self._other_systems(dwelling, values)
        self._codes[code] = dwelling
        return outcome, dwelling

    def _register(self, code: str, values: dict[str, Any]) -> UUID:
        draft, cadastre = checked_dwelling(self._draft(DwellingDraft(code=code), values))
        status = DwellingStatus(values.get("status") or DwellingStatus.UNAVAILABLE)
        if not values.get("status"):
            self.tell("assumed", "status", "Lista sier ikke status. Boligen står som ikke disponibel.")
        step = status_step(None, status, self.work.today, values.get("available_on"), self.work.today)
        return self.work.write_dwellings.register(draft, cadastre, status, step, None)[0]

    def _change(self, dwelling: UUID, values: dict[str, Any]) -> bool:
        stored = self.work.dwellings.detail(dwelling)
        draft, cadastre = checked_dwelling(self._draft(stored.draft, values))
        _id, version, event = self.work.write_dwellings.change(draft, cadastre)
        return self._status(stored, version, values) or event is not None

    def _status(self, stored: DwellingDetail, version: int, values: dict[str, Any]) -> bool:
        if not values.get("status"):
            return False
        wanted = DwellingStatus(values["status"])
        available = values.get("available_on")
        if wanted.value == stored.status and available in {None, stored.available_on}:
            return False
        today = self.work.today
        if stored.status_from is not None and stored.status_from > today:
            raise InvalidInput(
                "status", "Boligen har en status som begynner senere.", todo="Rett den på siden."
            )
        step = status_step(DwellingStatus(stored.status), wanted, today, available, today)
        self.work.write_dwellings.set_status(stored.id, version, wanted, step, "Fra liste")
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
        changed = replace(draft, **given)
        return replace(changed, building_id=self._building(changed, values))

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

    def _facts(self, dwelling: UUID, values: dict[str, Any]) -> bool:
        """Yes and no are known; «vet ikke» is asked in vain. What is known already is not asked again."""
        given = [key for key in _FACTS if key in values]
        if not given:
            return False
        stored = {fact.key: fact for fact in self.work.dwellings.detail(dwelling).facts}
        drafts = []
        for key in given:
            value = values[key]
            old = stored.get(key)
            if value is None and old is not None and old.state == FactState.KNOWN:
                continue
            state = FactState.UNKNOWN if value is None else FactState.KNOWN
            answer = None if value is None else int(value)
            if old is not None and old.id is not None and (old.state, old.value) == (state, answer):
                continue  # the list has looked at nothing: who checked it, and when, stays
            drafts.append(
                FactDraft(
                    key,
                    state,
                    answer,
                    FactSource.IMPORT,
                    self.work.today,
                    old.id if old is not None else None,
                )
            )
        return self.work.write_dwellings.record_facts(dwelling, tuple(drafts))[2] is not None

    def _other_systems(self, dwelling: UUID, values: dict[str, Any]) -> None:
        for field, system in _OTHER_SYSTEMS.items():
            reference = words(values, field)
            if reference and self.work.dwellings.by_external_ref(system, reference) != dwelling:
                version = self.work.dwellings.detail(dwelling).version
                self.work.write_dwellings.add_external_ref(dwelling, version, system, reference)


def _code(values: dict[str, Any]) -> str:
    """The code of the list, else the id of the old system, else one made of what the row says."""
    given = words(values, "code") or words(values, "external_id")
    if given:
        return given
    named = {
        name: values.get(name) for name in ("street", "house_number", "letter", "unit_number", "postcode")
    }
    return f"L-{fingerprint(named)[:8]}"
