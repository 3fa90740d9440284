"""Every field of every list, with the headings Norwegian offices use."""

from __future__ import annotations

from typing import Final

from boligdesk.services.imports.catalogue_applications import APPLICATIONS
from boligdesk.services.imports.catalogue_dwellings import DWELLINGS
from boligdesk.services.imports.catalogue_people import HOUSEHOLDS, PEOPLE
from boligdesk.services.imports.fields import FieldSpec

CATALOGUE: Final[dict[str, tuple[FieldSpec, ...]]] = {
    "dwellings": DWELLINGS,
    "people": PEOPLE,
    "households": HOUSEHOLDS,
    "applications": APPLICATIONS,
}
