"""Who works, on which store: what every service is built from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from boligdesk.domain.calendar import long_date
from boligdesk.services.errors import NotAllowed

if TYPE_CHECKING:
    from collections.abc import Callable

    from boligdesk.domain.access import Right
    from boligdesk.services.ports import Store, View, Work
    from boligdesk.services.records.common import User

T = TypeVar("T")


class ClockIsWrong(NotAllowed):
    """The machine says a day before the user was let in."""

    code = "clock"


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in user on one store."""

    store: Store
    user: User

    def read(self, work: Callable[[View], T]) -> T:
        return self.store.read(self.user.id, work)

    def write(self, right: Right, work: Callable[[Work], T]) -> T:
        """Run a writing command that needs the right. Raises NotAllowed before anything is touched.

        The right is asked for at sign-in and again in the transaction: a role may be taken away meanwhile.
        """
        self.require(right)

        def guarded(unit: Work) -> T:
            if right not in unit.rights:
                raise _not_allowed()
            return work(unit)

        return self.store.write(self.user.id, guarded)

    def require_a_role_today(self) -> None:
        """Raises ClockIsWrong for a user whose every role begins on a day to come.

        Asked at sign-in: such a user would find everything empty, and think that it was gone.
        """
        if self.user.roles:
            return
        today, first = self.read(lambda view: (view.today, view.office.first_role_on(self.user.id)))
        if first is not None and first > today:
            raise ClockIsWrong(
                "Klokka på denne maskinen går trolig feil.",
                f"Maskinen sier at det er {long_date(today)}, men tilgangen din gjelder fra {long_date(first)}.",
                "Alt som er lagret, er der fortsatt. Ingenting er endret.",
                "Still dato og klokke på maskinen, og åpne Boligdesk på nytt. Er datoen riktig, snakker du med "
                "lederen din.",
            )

    def require(self, right: Right) -> None:
        if right not in self.user.rights:
            raise _not_allowed()


def _not_allowed() -> NotAllowed:
    return NotAllowed(
        "Du har ikke tilgang til å gjøre dette.",
        safe="Ingenting er endret.",
        todo="Spør lederen din hvis du trenger tilgangen.",
    )
