"""Which local rules hold: the office's adopted sets, else the set shipped for practice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.rule_sets import RuleSetError, in_force, shipped
from boligdesk.services.errors import UserError

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports import View


def rule_set_in_force(view: View, on: dt.date) -> RuleSet:
    """The rules of the day. Raises UserError when the office has none for it."""
    adopted = [rule_set for _edition, rule_set in view.assessment.rule_sets()]
    try:
        return in_force(adopted or shipped(), on)
    except RuleSetError as error:
        raise UserError(
            "Kontoret har ingen regler for tildeling på denne dagen.",
            str(error),
            "Ingenting er endret.",
            "Be lederen vedta et regelsett.",
        ) from error
