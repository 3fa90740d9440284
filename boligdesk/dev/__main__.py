"""``python -m boligdesk.dev COMMAND``: the workshop. Left out of the installer.

Each command is a module of this package with ``main(argv: list[str]) -> int``; it is imported when used,
so that a check does not pay for a benchmark.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys

COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check", "kodesjekkene: ruff, mypy, import-linter og hustestene"),
    "bench": ("bench", "måler hastighet mot et gulv fra samme kjøring"),
    "faults": ("faults", "dreper og ødelegger med vilje: faults store"),
    "seed": ("seed", "lager en stor, oppdiktet database"),
    "gallery": ("gallery", "viser byggeklossene i vinduet, lyst og mørkt"),
    "shots": ("shots", "tar bilder av alle sidene"),
    "icon": ("icon", "tegner programikonet for Windows på nytt"),
    "installer": ("installer_check", "bygger programmet og starter det fra en annen mappe"),
}

HELP = frozenset({"-h", "--help"})


def usage() -> str:
    lines = [f"  {name:<10} {what}" for name, (_, what) in COMMANDS.items()]
    return "\n".join(["Bruk: python -m boligdesk.dev KOMMANDO [valg]", "", *lines])


def main(argv: list[str]) -> int:
    """Run one command; 2 when there is no such command here."""
    if not argv or argv[0] in HELP:
        print(usage())
        return 0 if argv else 2
    name, *rest = argv
    module_name = f"boligdesk.dev.{COMMANDS[name][0]}" if name in COMMANDS else ""
    if not module_name or importlib.util.find_spec(module_name) is None:
        print(f"Kommandoen «{name}» finnes ikke.\n\n{usage()}", file=sys.stderr)
        return 2
    module = importlib.import_module(module_name)
    if not HELP.isdisjoint(rest) and not hasattr(
        module, "argparse"
    ):  # what parses its words, helps by itself
        print((module.__doc__ or "").strip())
        return 0
    code: int = module.main(rest)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
