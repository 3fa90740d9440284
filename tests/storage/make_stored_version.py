"""Makes the stored file of this version, with data in every table: ``python -m tests.storage.make_stored_version``.

Run once when a version is released, never to make a failing test pass: the old files are what old offices have.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from boligdesk.app import practice_login, sign_in
from boligdesk.dev.seed import build_practice
from boligdesk.exchange.tables import read_table
from boligdesk.services.imports.mapping import by_hand
from boligdesk.services.records.common import Draft, Sort
from boligdesk.services.records.people import PersonFilter
from boligdesk.storage import schema
from boligdesk.storage.location import parse_location
from boligdesk.storage.opening import open_store

FOLDER = Path(__file__).parents[1] / "fixtures" / "stores"
_LIST = "Id;Navn;Kobo-id;Kode;Adresse\n1;x;K-900;L900;Eksempelveien 900\n"


def make(path: Path) -> None:
    """The practice office, and what it does not use: a list with its mapping, a view, a setting, a draft."""
    build_practice(path)
    opened = open_store(parse_location(str(path)), passphrase=str, keystore=lambda: None)
    services = sign_in(opened, practice_login(opened)).services
    person = services.people.page(PersonFilter(), Sort("name"), 0, 1).rows[0].id
    services.drafts.save(Draft("person", person, "notat", {"facts": "Søker ringte"}))
    services.office.save_view("saker", "Mine", {"state": "apne"})
    services.office.save_setting("bredder", {"navn": 120})
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "liste.csv"
        source.write_text(_LIST, encoding="utf-8")
        table = read_table(source)
        mapping = by_hand(
            {"Kode": "code", "Adresse": "street", "Kobo-id": "kobo_id"}, table.headings, "dwellings"
        )
        services.imports.remember(table.headings, mapping)
        report = services.imports.take(table, "dwellings", mapping)
    if report.created != 1:
        raise SystemExit("the list was not taken")
    opened.close()
    path.with_name(path.name + ".laas").unlink(missing_ok=True)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    target = FOLDER / f"v{schema.HEAD}.db"
    if target.exists():
        sys.exit(f"{target.name} is there already, and stays as it is")
    make(target)
