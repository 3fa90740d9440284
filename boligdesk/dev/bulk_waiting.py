"""A waiting list of any length for measuring, straight into the tables as ``bulk`` does it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from boligdesk.dev.bulk import FAMILY, GIVEN, TITLE, Maker
from boligdesk.domain.text import sort_key
from boligdesk.services.records.common import MASKED_NAME, MASKED_SORT
from boligdesk.storage import tables as t
from boligdesk.storage.writers.scope import area_scope

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from boligdesk.storage.store import SqlStore
    from boligdesk.storage.work import Work

_BATCH = 10_000
_TODAY = dt.date(2026, 11, 24)
_CLASSES = (("A", 1), ("B", 2), ("B", 2), ("C", 3), ("C", 3), ("C", 3))
_REASONS = ("barn", "uten bolig", "sagt opp", "må ut 15. des.", "for liten bolig", "helse", "vold i hjemmet")
_NEEDS = ("step_free", "lift_or_ground", "wheelchair", "staffed", "shielded", "pets")
#: Most need nothing; some need it, some wish for it, of some nobody knows.
_ANSWERS = (0, 0, 0, 0, 0, 0, 1, 2, None)
_MASKED_EVERY, _FIRST_CASE = 200, 500_000


class QueueMaker(Maker):
    """Approved applicants: a person, a case and a row of the queue each."""

    codes: Sequence[str] = ()

    def entry(self, number: int) -> None:
        pick = self.random
        district = pick.choice(self.districts)
        area = self.scopes[district]
        masked = number % _MASKED_EVERY == 0
        person, name = self._person(pick.choice(GIVEN), pick.choice(FAMILY), district, area)
        shown = {
            "applicant_name": MASKED_NAME if masked else name,
            "applicant_sort": MASKED_SORT if masked else sort_key(name),
            "read_scope_id": area,
            "list_scope_id": area_scope(self.work, self.unit, None) if masked else area,
        }
        case = self.put(
            t.CaseFile,
            year=_TODAY.year,
            seq=_FIRST_CASE + number,
            number=f"{_TODAY.year}/{_FIRST_CASE + number}",
            kind="bolig",
            applicant_id=person,
            org_unit_id=self.unit,
            district_id=district,
            phase="iverksetting",
            opened_on=_TODAY,
            public_title=TITLE,
            public_title_masked=TITLE,
            **shown,
        )
        self.put(
            t.WaitingEntry,
            case_id=case,
            applicant_id=person,
            protection=int(masked),
            **self._needs(),
            **shown,
        )

    def _person(self, given: str, family: str, district: UUID, area: int) -> tuple[UUID, str]:
        person = self.put(
            t.Person,
            display_name=f"{given} {family}",
            sort_name=sort_key(f"{family}, {given}"),
            birth_precision="dag",
            district_id=district,
            read_scope_id=area,
        )
        self.put(
            t.PersonName, person_id=person, kind="offisiell", given=given, family=family, source="import"
        )
        return person, f"{given} {family}"

    def _needs(self) -> dict[str, Any]:
        pick = self.random
        code, rank = pick.choice(_CLASSES)
        bedrooms, persons = pick.choice(((0, 1), (1, 1), (1, 2), (2, 3), (2, 3), (3, 4), (3, 5), (4, 6)))
        known = pick.random() < 0.95
        wished = sorted(pick.sample(self.codes, pick.randrange(3)))
        return {
            "priority_class": code,
            "priority_rank": rank,
            "priority_reasons": sorted(pick.sample(_REASONS, pick.randrange(1, 3))),
            "waiting_since": _TODAY - dt.timedelta(days=pick.randrange(1_500)),
            "valid_from": _TODAY,
            "valid_to": _TODAY + dt.timedelta(days=pick.randrange(30, 700)),
            "bedrooms_min": bedrooms if known else None,
            "bedrooms_max": bedrooms if known else None,
            "persons": persons if known else None,
            "children": max(0, persons - 2),
            "max_rent_ore": pick.choice((None, 850_000, 1_000_000, 1_200_000, 1_400_000)),
            **{need: pick.choice(_ANSWERS) for need in _NEEDS},
            "districts_wish": " ".join(wished),
            "districts_no": pick.choice(("", "", "", *self.codes)),
            "state": "aktiv",
        }


def fill_waiting(store: SqlStore, user_ids: Sequence[UUID], count: int, seed: int = 1) -> None:
    """``count`` approved applicants on the waiting list."""
    for first in range(1, count + 1, _BATCH):

        def part(work: Work, first: int = first) -> None:
            maker = QueueMaker(work, user_ids, seed + first)
            maker.codes = tuple(code for code, _name in work.assessment.districts())
            for number in range(first, min(first + _BATCH, count + 1)):
                maker.entry(number)
            maker.send()

        store.write(user_ids[0], part)
