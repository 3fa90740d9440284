"""Whoever knows the applicant neither prepares nor makes a decision in the case (forvaltningsloven §§ 6 and 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.services.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from boligdesk.services.ports import View
    from boligdesk.services.records.common import User


def require_impartial(user: User, conflicts: Collection[UUID]) -> None:
    """``conflicts``: ids of those who have said that they know the applicant. Raises NotAllowed for one of them."""
    if user.id in conflicts:
        raise NotAllowed(
            "Du er inhabil i denne saken.",
            "Du har svart at du kjenner søkeren.",
            "Ingenting er endret.",
            "Gi saken til en kollega.",
        )


def require_impartial_in(view: View, user: User, case_id: UUID) -> None:
    """As ``require_impartial``, of a case that is not read yet."""
    require_impartial(user, view.assessment.conflicts(case_id))


def require_impartial_to(view: View, user: User, entry_id: UUID) -> None:
    """As ``require_impartial``, of a place on the waiting list. Raises NotFound."""
    case_id = view.allocation.waiting_row(entry_id).case_id
    if case_id is not None:  # None: masked, and refused where it is written
        require_impartial_in(view, user, case_id)
