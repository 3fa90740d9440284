"""The same person registered twice: compare the two files, make them one, and take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.access import Right
from boligdesk.domain.catalog import Protection
from boligdesk.domain.text import clean
from boligdesk.services.errors import ConflictError, InvalidInput, UserError
from boligdesk.services.merge_plan import ALREADY, SAME, compare, scalars, side, winners
from boligdesk.services.records.merging import MergeOrder, MergePlan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from boligdesk.services.ports import Work
    from boligdesk.services.records.common import Saved
    from boligdesk.services.records.merging import MergePerson, PastMerge
    from boligdesk.services.session import Session

_REFUSED = "Mappene kan ikke slås sammen."
_ONE_IS_MERGED = "En av dem er allerede slått sammen med en annen."


class Merging:
    """Both files must be readable. Whoever may register people may merge; address protection takes its own right."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def plan(self, kept_id: UUID, merged_id: UUID, reason: str | None = None) -> MergePlan:
        """Both files side by side; an id of a merged file leads to the one it lies in. Leaves read entries.

        Raises NotFound, NotAllowed, and InvalidInput («reason») when a strictly confidential file is opened
        without one.
        """
        stated = clean(reason or "") or None

        def work(unit: Work) -> MergePlan:
            for person_id in dict.fromkeys((unit.merging.current(kept_id), unit.merging.current(merged_id))):
                if unit.people.level(person_id) >= Protection.STRICT.level and stated is None:
                    raise InvalidInput(
                        "reason", "Skriv hvorfor du åpner mappen.", "Mappen er strengt fortrolig."
                    )
                unit.write_people.opened(person_id, stated)
            return _compared(unit, kept_id, merged_id)[0]

        return self._session.write(Right.WRITE_PEOPLE, work)

    def merge(
        self,
        kept_id: UUID,
        kept_version: int,
        merged_id: UUID,
        merged_version: int,
        choices: Mapping[str, str],
    ) -> Saved:
        """Move everything into the kept file. ``choices`` maps each ``to_choose`` key to «kept» or «merged».

        Raises UserError with the first refusal, InvalidInput for a choice that is missing, NotFound, and
        ConflictError when one of the files has changed since the plan was read.
        """

        def work(unit: Work) -> Saved:
            if any(unit.merging.current(person_id) != person_id for person_id in (kept_id, merged_id)):
                raise UserError(_REFUSED, _ONE_IS_MERGED, safe="Ingenting er endret.")
            plan, kept, merged = _compared(unit, kept_id, merged_id)
            if plan.refusals:
                raise UserError(_REFUSED, plan.refusals[0], safe="Ingenting er endret.")
            for person, version in ((kept, kept_version), (merged, merged_version)):
                if person.detail.version != version:
                    raise ConflictError({}, {}, person.detail.changed_by)
            chosen = winners(plan, kept, merged, choices)
            return unit.write_merging.merge(
                MergeOrder(
                    kept_id,
                    kept_version,
                    merged_id,
                    merged_version,
                    chosen,
                    scalars(kept.detail.draft, merged.detail.draft, chosen),
                )
            )

        return self._session.write(Right.WRITE_PEOPLE, work)

    def undo_merge(self, merge_record_id: UUID) -> Saved:
        """Two files again, as they were; what was filed on the person meanwhile stays in the kept file.

        Raises NotFound, and UserError in plain words when later changes make it impossible.
        """
        return self._session.write(
            Right.WRITE_PEOPLE, lambda unit: unit.write_merging.undo_merge(merge_record_id)
        )

    def past(self, person_id: UUID) -> tuple[PastMerge, ...]:
        """Merges into or out of this file, the last first. Raises NotFound."""
        return self._session.read(lambda view: view.merging.past(person_id))

    def current(self, person_id: UUID) -> UUID:
        """The file that an old id leads to."""
        return self._session.read(lambda view: view.merging.current(person_id))


def _compared(unit: Work, kept_id: UUID, merged_id: UUID) -> tuple[MergePlan, MergePerson, MergePerson]:
    ids = unit.merging.current(kept_id), unit.merging.current(merged_id)
    kept = unit.merging.person(ids[0])
    if ids[0] == ids[1]:
        refusal = SAME if kept_id == merged_id else ALREADY
        return MergePlan(side(kept), side(kept), refusals=(refusal,)), kept, kept
    merged = unit.merging.person(ids[1])
    pair = {ids[0], ids[1]}
    was_split = any({past.kept_id, past.merged_id} == pair for past in unit.merging.past(ids[0]))
    return compare(kept, merged, unit.rights, was_split=was_split), kept, merged
