"""Which local rules hold: the office's adopted sets, else the set shipped for practice.

The shipped set holds until the first set that the office itself has adopted takes effect, and never after.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from boligdesk.domain.rule_sets import RuleSetError, in_force, load, shipped
from boligdesk.resources import resource_path
from boligdesk.services.errors import NotFound, UserError

if TYPE_CHECKING:
    import datetime as dt

    from boligdesk.domain.rule_sets import RuleSet
    from boligdesk.services.ports import View


def rule_set_in_force(view: View, on: dt.date) -> RuleSet:
    """The rules of the day. Raises UserError when the office has none for it."""
    adopted = [rule_set for _edition, rule_set in view.assessment.rule_sets()]
    has_own = any(rule_set.valid_from <= on for rule_set in adopted)
    try:
        return in_force(adopted if has_own else shipped(), on)
    except RuleSetError as error:
        raise UserError(
            "Kontoret har ingen regler for tildeling på denne dagen.",
            str(error),
            "Ingenting er endret.",
            "Be lederen vedta et regelsett.",
        ) from error


def text_to_keep(view: View, rule_set: RuleSet) -> str:
    """The text of shipped rules that are not kept in the store yet; "" when they are."""
    if view.assessment.edition_of(rule_set.sha256) is not None:
        return ""
    return shipped_text(rule_set.sha256)


def rules_text(view: View, rule_set: RuleSet) -> str:
    """The rules as a file to start a new version from, kept or shipped."""
    kept = view.assessment.edition_of(rule_set.sha256)
    return view.assessment.rules_text(kept) if kept is not None else shipped_text(rule_set.sha256)


def rules_with(view: View, sha256: str) -> RuleSet:
    """The adopted or shipped rules with this content; "" = those in force today. Raises NotFound, UserError."""
    if not sha256:
        return rule_set_in_force(view, view.today)
    adopted = [rule_set for _edition, rule_set in view.assessment.rule_sets()]
    for rule_set in (*adopted, *shipped()):
        if rule_set.sha256 == sha256:
            return rule_set
    raise NotFound


def shipped_text(sha256: str) -> str:
    """The file of rules that came with the program. Raises LookupError for others."""
    for path in sorted(resource_path("rules", "allocation").glob("*.json")):
        text = path.read_text("utf-8")
        if load(text).sha256 == sha256:
            return text
    raise LookupError("the rules are neither kept nor shipped")
