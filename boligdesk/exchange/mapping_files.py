"""Read and write the mapping file of the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import BinaryIO

from boligdesk.exchange.atomic import write_atomically
from boligdesk.exchange.container import check_size, refuse, unreadable
from boligdesk.exchange.reading_csv import decode
from boligdesk.services.imports.mapping import Mapping, parse_mapping

_MAX_BYTES = 1024 * 1024


def read_mapping(path: Path | str) -> dict[str, str]:
    """``{"heading in the file": "field"}`` of a mapping file; ``imports.mapping.by_hand`` checks it."""
    path = Path(path)
    check_size(path)
    try:
        content = path.read_bytes() if path.stat().st_size <= _MAX_BYTES else b""
    except OSError as error:
        raise unreadable(error) from error
    if not content:
        raise refuse("Koblingsfila er for stor.", todo="Sjekk at du har valgt riktig fil.")
    return parse_mapping(decode(content)[0])


def write_mapping(path: Path | str, mapping: Mapping) -> None:
    """Write a mapping file that ``read_mapping`` reads."""
    text = json.dumps(mapping.as_json(), ensure_ascii=False, indent=2) + "\n"

    def write(file: BinaryIO) -> None:
        file.write(text.encode())

    write_atomically(Path(path), write)
