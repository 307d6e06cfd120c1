"""The door to tinycss2: the rules of a mail's `<style>` sheets that hide text, or show it again.

In doubt text stays. What hides must hold for every reader: a rule under a condition (`@media`, Outlook's comments) or
with a selector of more than tags, classes, ids and blanks hides nothing. What shows counts wherever it stands. Nothing
is ever loaded: an imported sheet counts as empty.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import tinycss2

MAX_SHEETS = 50_000
"""Characters of all sheets of a mail, else none counts: tinycss2 needs up to 0.2 s for them. Gmail takes 16,000."""

SHOWN = "shown"

_HIDES = {
    "display": ("none",),
    "visibility": ("hidden", "collapse"),
    "opacity": ("0",),
    "font-size": ("0", "0px", "0pt", "0em", "0rem", "0%"),
    "max-height": (),  # hides some elements, and not others such as span
    "overflow": (),
    "mso-hide": (),  # hides from Outlook alone
}
SETS = {
    **{name: (name,) for name in _HIDES},
    "display": ("display", "mso-hide"),
    "font": ("font-size",),
    "overflow-x": ("overflow",),
    "overflow-y": ("overflow",),
    "all": tuple(_HIDES),
}
"""Name of a declaration -> the properties it sets. It hides by the one of its own name alone."""

_CAN_HIDE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size|max-height)\s*:\s*[.0]"
    r"|mso-hide|\shidden[\s=/>]",
    re.IGNORECASE,
)
_BELOW, _BESIDE = ("", " "), ("+", "~")

Weight = tuple[int, int, int]
"""Ids, classes, tags: the specificity of a selector (Selectors 4, 17)."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """CSS as it stands in a mail; `conditional` if not every reader's program goes by it."""

    css: str
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What is set, (property, value, important), for elements with the names `last` below others with those `above`.

    Names are `tag`, `.class`, `#id`. `above` begins with the nearest. A value is one that hides, or `SHOWN`.
    """

    last: frozenset[str]
    above: tuple[frozenset[str], ...]
    weight: Weight
    sets: tuple[tuple[str, str, bool], ...]


class UnclearError(Exception):
    """It cannot be told, or not at a bearable cost, what the sheets hide."""


def may_hide(markup: str) -> bool:
    """Whether anything in a mail could hide text, so that what its sheets say of it matters."""
    return _CAN_HIDE.search(markup) is not None


def rules(sheets: Iterable[Sheet]) -> list[Rule]:
    """The rules that set something, one a selector, in their order; or UnclearError."""
    sheets = list(sheets)
    if sum(len(sheet.css) for sheet in sheets) > MAX_SHEETS:
        raise UnclearError
    try:
        return [rule for sheet in sheets for parts in _style_rules(sheet) for rule in _rules(*parts)]
    except ValueError as error:  # a number of more than 4,300 digits
        raise UnclearError from error


def _style_rules(sheet: Sheet) -> Iterator[tuple[list[Any], list[Any], bool]]:
    """(selectors, declarations, conditional) of each rule, those inside at-rules too."""
    waiting = [(iter(tinycss2.parse_stylesheet(sheet.css, True, True)), sheet.conditional)]
    while waiting:
        nodes, conditional = waiting[-1]
        node = next(nodes, None)
        if node is None:
            waiting.pop()
        elif node.type == "qualified-rule":
            yield node.prelude, node.content, conditional
        elif node.type == "at-rule" and node.content is not None:
            if "keyframes" in node.lower_at_keyword:  # an animation may show whatever it wants
                raise UnclearError
            always = node.lower_at_keyword == "media" and _value(node.prelude) in ("all", "screen")
            waiting.append((iter(tinycss2.parse_rule_list(node.content, True, True)), conditional or not always))


def _rules(prelude: list[Any], content: list[Any], conditional: bool) -> Iterator[Rule]:
    declared = _declared(content)
    if not declared:
        return
    selectors = [_selector(tokens) for tokens in _listed(prelude)]
    if conditional or not all(exact for *_, exact in selectors):
        declared = tuple(one for one in declared if one[1] == SHOWN)
    for (*above, last), weight, _ in selectors if declared else ():
        yield Rule(last, tuple(reversed(above)), weight, declared)


def _declared(content: list[Any]) -> tuple[tuple[str, str, bool], ...]:
    """(property, value, important), of several the last."""
    values: dict[tuple[str, bool], str] = {}
    for part in tinycss2.parse_blocks_contents(content, True, True):
        if part.type in ("qualified-rule", "at-rule"):  # nested rules
            raise UnclearError
        for name in SETS.get(part.lower_name, ()) if part.type == "declaration" else ():
            hides = name == part.lower_name and _value(part.value) in _HIDES[name]
            values[name, part.important] = _value(part.value) if hides else SHOWN
    return tuple((name, value, important) for (name, important), value in values.items())


def _value(tokens: list[Any]) -> str:
    """A single keyword, or nought with its unit; else ""."""
    plain = [token for token in tokens if token.type not in ("whitespace", "comment")]
    if len(plain) != 1:
        return ""
    token = plain[0]
    if token.type == "ident":
        return str(token.lower_value)
    units = {"number": "", "percentage": "%", "dimension": getattr(token, "lower_unit", "")}
    return f"0{units[token.type]}" if token.type in units and token.value == 0 else ""


def _listed(prelude: list[Any]) -> list[list[Any]]:
    """The selectors between the commas."""
    parts: list[list[Any]] = [[]]
    for piece in prelude:
        if piece == ",":
            parts.append([])
        elif piece.type != "comment":
            parts[-1].append(piece)
    return parts


def _selector(tokens: list[Any]) -> tuple[list[frozenset[str]], Weight, bool]:
    """(names from the outermost element to the one itself, weight, exact). If not exact, more elements are taken in."""
    chain, ids, classes, tags, exact = list[frozenset[str]](), 0, 0, 0, True
    for combinator, part in _compounds(tokens):
        names, own, whole = _compound(part)
        if combinator in _BESIDE:  # known is only what is above both
            del chain[-1:]
        chain.append(names)
        ids, classes, tags = ids + own[0], classes + own[1], tags + own[2]
        exact = exact and whole and combinator in _BELOW
    return chain, (ids, classes, tags), exact


def _compounds(tokens: list[Any]) -> list[tuple[str, list[Any]]]:
    """(combinator before it, tokens without blanks) of each part."""
    parts: list[tuple[str, list[Any]]] = [("", [])]
    for token in tokens:
        mark = " " if token.type == "whitespace" else token.value if token.type == "literal" else ""
        if mark not in (" ", ">", *_BESIDE):
            parts[-1][1].append(token)
        elif parts[-1][1]:
            parts.append((mark, []))
        elif mark != " ":
            parts[-1] = (mark, [])
    return parts[:-1] if parts[-1] == (" ", []) else parts


def _compound(tokens: list[Any]) -> tuple[frozenset[str], Weight, bool]:
    """(names, weight, whether that is all). What is no name weighs as much as an id."""
    names, ids, classes, tags, dots, others = set[str](), 0, 0, 0, 0, 0
    for before, piece in pairwise((None, *tokens)):
        if piece.type == "hash" and piece.is_identifier:
            names.add(f"#{piece.value}")
            ids += 1
        elif piece.type == "ident" and before == ".":
            names.add(f".{piece.value}")
            classes += 1
        elif piece.type == "ident" and before is None:
            names.add(piece.lower_value)
            tags += 1
        elif piece == ".":
            dots += 1
        elif piece != "*" or before is not None:
            others += 1
    return frozenset(names), (ids + others, classes, tags), bool(tokens) and dots == classes and not others
