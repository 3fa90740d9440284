"""What a template may do: show known fields, leave parts out, and repeat over a list. Everything else is refused.

Two sieves before anything is compiled. The lexer's words are counted, so that the parser meets nothing deep or
endless; then every node of the tree must be on the list. What is not on it (calls, arithmetic, attributes,
indexes, assignment, imports, macros) has no way through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from boligdesk.documents.template_source import nearest, refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from jinja2 import Environment, nodes

FILTERS = ("kr", "dato", "stor")
_MOST_WORDS = 60  # in one tag
_DEEPEST = 8  # tags within tags
_MOST_BRANCHES = 50  # «elif» in a template
_WORDS = {"if", "elif", "else", "endif", "for", "endfor", "in", "and", "or", "not", "true", "false"}
_TAGS = {"if", "elif", "else", "endif", "for", "endfor"}
_PLAIN = ("Template", "Output", "TemplateData", "If", "Compare", "Operand", "And", "Or", "Not", "CondExpr")
_BEGINS = {"variable_begin", "block_begin"}
_ENDS = {"variable_end", "block_end"}


def tokens(env: Environment, source: str, first_line: int) -> list[tuple[int, str, str]]:
    """(line, kind, text) of the source, each tag short and shallow. Raises BadTemplate."""
    from jinja2 import TemplateSyntaxError

    try:
        found = list(env.lex(source))
    except TemplateSyntaxError as error:
        raise _syntax(error, first_line) from error
    words, deep, others = 0, 0, 0
    for line, kind, text in found:
        number = line + first_line - 1
        if kind in _BEGINS:
            words = 0
        elif kind not in {"data", "whitespace", *_ENDS}:
            words += 1
        if words > _MOST_WORDS:
            raise refusal(number, "Det står for mye mellom krøllparentesene.", "Del det opp.")
        if kind.startswith(("raw", "linestatement")):
            raise refusal(number, "«raw» kan ikke brukes i en mal.")
        if kind == "name" and words == 1 and text in {"if", "for"}:
            deep += 1
        elif kind == "name" and words == 1 and text in {"endif", "endfor"}:
            deep -= 1
        others += kind == "name" and words == 1 and text == "elif"  # each is a level to the parser
        if deep > _DEEPEST or others > _MOST_BRANCHES:
            raise refusal(number, "Det er for mange nivåer eller «elif».", "Del malen opp.")
    return found


class Names:
    """What the template uses: fields in reading order, and which filter each went through on which line."""

    def __init__(self) -> None:
        self.fields: list[str] = []
        self.filters: dict[tuple[str, str], int] = {}


def check(env: Environment, source: str, first_line: int, known: Mapping[str, str], names: Names) -> None:
    """Hold every node against the list. Raises BadTemplate."""
    from jinja2 import TemplateSyntaxError

    tokens(env, source, first_line)
    try:
        tree = env.parse(source)
    except TemplateSyntaxError as error:
        raise _syntax(error, first_line) from error
    _Checker(first_line, known, names).visit(tree, frozenset(), in_loop=False)


def _syntax(error: Any, first_line: int) -> Exception:
    """Jinja's words are English and for programmers; the line is what helps."""
    message = str(error.message or "")
    number = (error.lineno or 1) + first_line - 1
    if "unknown tag" in message:
        word = message.split("'")[1] if "'" in message else ""
        if word in _TAGS:
            return refusal(
                number, f"«{word}» hører ikke til noe som er åpnet.", "Se om en «if» eller «for» mangler."
            )
        return refusal(number, f"«{word[:40]}» kan ikke brukes i en mal.", "Bruk bare «if» og «for».")
    if "end of template" in message or "end of print" in message or "Missing end" in message:
        return refusal(
            number, "Noe som er åpnet, er ikke lukket.", "Se om «}}», «%}», «endif» eller «endfor» mangler."
        )
    if "No filter named" in message:
        word = message.split("'")[1]
        return refusal(number, f"«{word[:40]}» er ikke en måte å vise et felt på.", _filters(word))
    return refusal(
        number,
        "Det som står mellom krøllparentesene, kan ikke leses.",
        "Se hvordan de andre malene gjør det.",
    )


def _filters(word: str) -> str:
    return nearest(word, FILTERS) or f"Velg blant {', '.join(FILTERS)}."


class _Checker:
    def __init__(self, first_line: int, known: Mapping[str, str], names: Names) -> None:
        self.first_line = first_line
        self.known = known
        self.names = names
        self.line = first_line

    def visit(self, node: nodes.Node, local: frozenset[str], *, in_loop: bool) -> None:
        """``local``: names of the loop around the node."""
        kind = type(node).__name__
        if node.lineno:  # some nodes have none: they stand where the last one stood
            self.line = node.lineno + self.first_line - 1
        line = self.line
        if kind == "Name":
            self._name(node, local, line)
        elif kind == "Const":
            if not isinstance(getattr(node, "value", None), str | int | bool):
                raise refusal(line, "Her kan det bare stå tekst i anførselstegn eller hele tall.")
        elif kind == "Filter":
            self._filter(node, local, line, in_loop=in_loop)
        elif kind == "For":
            self._loop(node, local, line, in_loop=in_loop)
        elif kind in _PLAIN:
            for child in node.iter_child_nodes():
                self.visit(child, local, in_loop=in_loop)
        else:
            raise refusal(line, _forbidden(kind), "Bruk bare felt, «if» og «for».")

    def _name(self, node: Any, local: frozenset[str], line: int) -> None:
        if node.name in local:
            return
        if node.ctx != "load" or node.name not in self.known:
            raise refusal(line, f"Feltet «{node.name[:60]}» finnes ikke.", nearest(node.name, self.known))
        if node.name not in self.names.fields:
            self.names.fields.append(node.name)

    def _filter(self, node: Any, local: frozenset[str], line: int, *, in_loop: bool) -> None:
        if node.name not in FILTERS:
            raise refusal(line, f"«{node.name[:40]}» er ikke en måte å vise et felt på.", _filters(node.name))
        if node.args or node.kwargs or node.dyn_args or node.dyn_kwargs or node.node is None:
            raise refusal(line, f"«{node.name}» skal stå uten noe i parentes.")
        self.visit(node.node, local, in_loop=in_loop)
        inner = getattr(node.node, "name", "")
        self.names.filters.setdefault((str(inner), str(node.name)), line)

    def _loop(self, node: Any, local: frozenset[str], line: int, *, in_loop: bool) -> None:
        if in_loop:
            raise refusal(line, "En «for» kan ikke stå inni en annen.", "Del den opp.")
        if type(node.target).__name__ != "Name" or type(node.iter).__name__ != "Name":
            raise refusal(line, "En «for» må gå gjennom ett felt.", "Skriv «{% for x in felt %}».")
        if node.recursive or node.test is not None or node.else_:
            raise refusal(line, "En «for» kan ikke ha vilkår eller «else».", "Sett en «if» inni.")
        name = node.target.name
        if name in self.known:
            raise refusal(line, f"«{name[:60]}» er navnet på et felt.", "Velg et annet navn i «for».")
        self.visit(node.iter, local, in_loop=True)
        self._each(node.body, local | {name})

    def _each(self, body: Iterable[nodes.Node], local: frozenset[str]) -> None:
        for child in body:
            self.visit(child, local, in_loop=True)


def _forbidden(kind: str) -> str:
    words = {
        "Call": "Det kan ikke stå et kall med parenteser i en mal.",
        "Getattr": "Et felt har ingen deler. Punktum kan ikke brukes.",
        "Getitem": "Et felt har ingen deler. Hakeparenteser kan ikke brukes.",
        "Assign": "«set» kan ikke brukes i en mal.",
        "Test": "«is» kan ikke brukes i en mal.",
    }
    sums = {"Add", "Sub", "Mul", "Div", "FloorDiv", "Mod", "Pow", "Neg", "Pos", "Concat"}
    if kind in sums:
        return "En mal kan ikke regne."
    return words.get(kind, "Det som står mellom krøllparentesene, kan ikke brukes i en mal.")
