"""The grammar of the command line: argparse, with Norwegian words and errors that are one sentence."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, NoReturn

from boligdesk.cli.output import Answer
from boligdesk.services.errors import UserError

Run = Callable[[argparse.Namespace], Answer]

#: argparse's own sentences; what it passes on of ours stands alone after the last pattern.
_NORWEGIAN = (
    (r"the following arguments are required: (.+)", "Noe mangler i kommandoen: {0}."),
    (r"argument (.+?): expected .*argument.*", "Det mangler noe etter «{0}»."),
    (r"argument (.+?): ignored explicit argument .*", "«{0}» skal stå alene, uten noe etter seg."),
    (r"argument (.+?): not allowed with argument (.+)", "«{0}» og «{1}» kan ikke brukes sammen."),
    (r"one of the arguments (.+) is required", "Skriv en av disse: {0}."),
    (r"unrecognized arguments: (.+)", "Boligdesk kjenner ikke «{0}»."),
    (r"argument .+?: (.+)", "{0}"),
)


class WrongUse(UserError):
    """The command was not written as it should be. Exit code 2."""

    code = "wrong_use"


class Told(Exception):
    """Help or version was asked for: the answer is ready, nothing else is to be done."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class Parser(argparse.ArgumentParser):
    """Raises WrongUse instead of printing and leaving."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Formatter)
        super().__init__(**options, add_help=False, allow_abbrev=False)
        self._positionals.title = "Skriv"
        self._optionals.title = "Valg"
        self._is_complete = False

    def complete(self) -> Parser:
        """With the options that every command has."""
        if self._is_complete:
            return self
        self._is_complete = True
        common = self.add_argument_group("Valg for alle kommandoer")
        common.add_argument("-h", "--help", action=_Help, nargs=0, help="vis denne hjelpen")
        common.add_argument(
            "--json", action="store_true", default=argparse.SUPPRESS, help="svar med ett JSON-dokument"
        )
        common.add_argument(
            "--database",
            metavar="BASE",
            default=argparse.SUPPRESS,
            help="filen eller PostgreSQL-adressen (ellers BOLIGDESK_DATABASE)",
        )
        common.add_argument(
            "--user",
            metavar="BRUKER",
            default=argparse.SUPPRESS,
            help="brukernavnet ditt i Boligdesk (ellers BOLIGDESK_USER)",
        )
        return self

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        self.complete()
        return super().parse_known_args(args, namespace)

    def error(self, message: str) -> NoReturn:
        raise WrongUse(in_norwegian(message), todo=f"Skriv «{self.prog} --help» for å se hvordan.")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(
                None, f"Ukjent kommando: «{value}». {suggestion(value, action.choices)}"
            )


class _Formatter(argparse.HelpFormatter):
    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=32, width=98)

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "Bruk: " if prefix is None else prefix)


class _Help(argparse.Action):
    def __call__(self, parser: argparse.ArgumentParser, *_rest: Any, **_more: Any) -> None:
        text = parser.format_help()
        raise Told(Answer({"help": text}, text.rstrip().splitlines()))


class _Command:
    """Stands for the parser of a command, which is made when it is asked for: of many commands one is read."""

    def __init__(self, **options: Any) -> None:
        self._options = options
        self.fill: Callable[[Parser], None] | None = None  # adds what may follow, once it is read

    @cached_property
    def parser(self) -> Parser:
        made = Parser(**self._options).complete()
        if self.fill is not None:
            self.fill(made)
        return made

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        return self.parser.parse_known_args(args, namespace)


class Group:
    """A set of commands that belong together: the program itself, or ``boligdesk database``."""

    def __init__(self, parser: Parser, *, required: bool = True) -> None:
        self._choices = parser.complete().add_subparsers(
            metavar="KOMMANDO",
            required=required,
            title="Kommandoer",
            prog=parser.prog,
            parser_class=_Command,  # type: ignore[type-var]  # argparse asks it for nothing but to parse
        )

    def command(self, name: str, help_text: str, run: Run) -> Parser:
        """A command that does something; its arguments are added to what is returned."""
        parser = self._add(name, help_text).parser
        parser.set_defaults(run=run)
        return parser

    def later(self, name: str, help_text: str, fill: Callable[[Parser], None]) -> None:
        """A command that is told by name; ``fill`` adds the rest to its parser when it is asked for."""
        self._add(name, help_text).fill = fill

    def _add(self, name: str, help_text: str) -> _Command:
        made: object = self._choices.add_parser(
            name, help=help_text, description=f"{help_text[0].upper()}{help_text[1:]}."
        )
        if not isinstance(made, _Command):
            raise TypeError(name)
        return made


def in_norwegian(message: str) -> str:
    """One of argparse's messages as a Norwegian sentence."""
    for pattern, sentence in _NORWEGIAN:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return sentence.format(*found.groups())
    return message


def suggestion(given: object, known: Sequence[str] | Any) -> str:
    """«Mente du ...?» when something is close, else everything there is."""
    from difflib import get_close_matches

    names = [str(name) for name in known]
    close = get_close_matches(str(given).casefold()[:60], names, n=2, cutoff=0.6)
    if close:
        return "Mente du " + " eller ".join(f"«{name}»" for name in close) + "?"
    return f"Velg en av disse: {', '.join(names)}."
