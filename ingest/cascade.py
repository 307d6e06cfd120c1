"""What the sheets of an HTML mail ask for, written into the elements' own `style`, where `ingest.hidden` finds it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from ingest.sheets import SETS, SHOWN, Rule, Sheet, UnclearError, Weight, may_hide, rules

MAX_STEPS = 900_000
"""Steps of at most 0.5 µs, to compare a mail's elements with its selectors; at more no sheet counts."""
_STEPS_TO_SET = 5

_COMMENTED_SHEET = re.compile(r"</?style[^<>]{0,500}>", re.IGNORECASE)
_INERT = ("noscript", "template", "object", "svg", "select", "title")


class _Rank(NamedTuple):
    """The greatest wins (CSS Cascading 4, 6.1)."""

    important: bool
    inline: bool
    weight: Weight = (0, 0, 0)
    order: int = 0


class _Place(NamedTuple):
    """The names of an element, and what it stands in."""

    names: frozenset[str]
    above: "_Place | None"


_Found = list[tuple[str, _Rank, str]]
"""(property, rank, value) of all that is set for an element."""


@dataclass(slots=True)
class _Effort:
    left: int = MAX_STEPS

    def spend(self, steps: int) -> None:
        self.left -= steps
        if self.left < 0:
            raise UnclearError


def has_sheets(root: Any, markup: str) -> bool:
    """Whether sheets could change what is seen of the tree; else nothing else here is worth calling."""
    return next(root.iter("style"), None) is not None and may_hide(markup)


def sheets_of(nodes: Iterable[Any]) -> Iterator[Sheet]:
    """The sheets in `<style>` elements and in comments, given in the order of the tree."""
    revealed = False  # between Outlook's `<!--[if !mso]><!-->` and `<!--<![endif]-->`
    for node in nodes:
        text = node.text or ""
        if isinstance(node.tag, str):
            if node.get("type", "").strip().lower() in ("", "text/css"):
                yield Sheet(text, conditional=revealed or not _is_general(node))
        elif not text.lstrip().startswith("[if"):
            revealed = revealed and "[endif]" not in text
        elif "[endif]" in text:
            yield from (Sheet(css, conditional=True) for css in _COMMENTED_SHEET.split(text)[1::2])
        else:
            revealed = True


def apply(root: Any, sheets: Iterable[Sheet]) -> None:
    """Change the style of the elements concerned; of none if the sheets are not clear."""
    effort = _Effort()
    try:
        changed = [(e, _cascaded(e, found, effort)) for e, found in _concerned(root, rules(sheets), effort)]
    except UnclearError:
        return
    for element, style in changed:
        element.set("style", style)


def _is_general(style: Any) -> bool:
    media = style.get("media", "").strip().lower() in ("", "all", "screen")
    return media and style.get("title") is None and next(style.iterancestors(*_INERT), None) is None


def _concerned(root: Any, ordered: list[Rule], effort: _Effort) -> Iterator[tuple[Any, _Found]]:
    """Each element for which something is set."""
    by_name: dict[str, list[tuple[int, Rule]]] = defaultdict(list)
    for order, rule in enumerate(ordered):
        by_name[min(rule.last, default="")].append((order, rule))  # an id before a class before a tag
    waiting: list[tuple[Any, _Place | None]] = [(root, None)]
    while waiting:
        element, above = waiting.pop()
        place = _Place(_names(element), above)
        found: _Found = []
        for name in ("", *place.names):
            for order, rule in by_name.get(name, ()):
                if _applies(rule, place, effort):
                    found += [(key, _Rank(important, False, rule.weight, order), v) for key, v, important in rule.sets]
        if found:
            yield element, found
        waiting += [(child, place) for child in element]


def _names(element: Any) -> frozenset[str]:
    classes = [f".{name}" for name in element.get("class", "").split()]
    return frozenset((element.tag, f"#{element.get('id', '')}", *classes))


def _applies(rule: Rule, place: _Place, effort: _Effort) -> bool:
    effort.spend(1 + len(rule.last))
    if not rule.last <= place.names:
        return False
    above = place.above
    for names in rule.above:  # to take the nearest that fits leaves the most for the others
        effort.spend(1)
        while above is not None and not names <= above.names:
            effort.spend(1 + len(names))
            above = above.above
        if above is None:
            return False
        above = above.above
    return True


def _cascaded(element: Any, found: _Found, effort: _Effort) -> str:
    """The element's own style, with what wins in place of what it said of those properties."""
    kept = list[str]()
    effort.spend(_STEPS_TO_SET * len(found))
    for piece in element.get("style", "").split(";"):
        name, _, value = piece.partition(":")
        name, value = name.strip().lower(), "".join(value.split()).lower()
        keys = SETS.get(name, ())
        effort.spend(_STEPS_TO_SET * (1 + len(keys)))
        rank = _Rank(value.endswith("!important"), inline=True, order=len(found))
        value = value.removesuffix("!important")
        found += [(key, rank, value if key == name else SHOWN) for key in keys]
        if not keys:
            kept.append(piece)
    best: dict[str, tuple[_Rank, str]] = {}
    for key, rank, value in found:
        best[key] = max(best.get(key, (rank, value)), (rank, value), key=lambda one: one[0])
    return ";".join((*kept, *(f"{key}:{value}" for key, (_, value) in best.items())))
