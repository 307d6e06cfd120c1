"""What an HTML mail hides from its reader: text for machines only is taken out, and the mail says so."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

_NONE = re.compile(r"display:none|opacity:0(?:\.0{0,9})?(?:;|$|!)|mso-hide:all")
_COLLAPSED = re.compile(r"max-height:0(?:px|pt|em)?(?:;|$|!)")
_FONT = re.compile(r"font:|font-size:(0(?:\.0{0,9})?(?:px|pt|em|rem|%)?(?:;|$|!))?")
_VISIBILITY = re.compile(r"visibility:(hidden|collapse)?")


@dataclass(frozen=True, slots=True)
class Seen:
    """What an element hands down to those inside it (both can be taken back there)."""

    tiny: bool = False
    invisible: bool = False


@dataclass(slots=True)
class Sight:
    """Takes hidden text out of a tree, element by element, and remembers whether it held words."""

    hid_something: bool = False
    plain: Seen = field(default_factory=Seen)

    def look(self, element: Any, inherited: Seen) -> Seen:
        """Empty the element if nobody sees it; else what its children inherit. `element` is one of lxml's."""
        style, seen = element.get("style"), _kept(element, inherited)
        if style is not None:
            style = "".join(style.split()).lower()
            seen = _seen(style, seen)
        marked = element.get("hidden") is not None and not (style and "display:" in style)
        if marked or (style and _is_gone(style)):
            self._note("".join(element.itertext()))
            element.clear(keep_tail=True)
        elif seen.tiny or seen.invisible:
            self._note(element.text)
            element.text = None
            for child in element:
                self._note(child.tail)
                child.tail = None
        return seen

    def _note(self, text: str | None) -> None:
        self.hid_something = self.hid_something or any(map(str.isalnum, text or ""))


def _kept(element: Any, inherited: Seen) -> Seen:
    """What it takes over: a size in `<font>` is one of its own, and without a DOCTYPE a table has one too."""
    own_size = element.tag == "table" or (element.tag == "font" and element.get("size") is not None)
    return replace(inherited, tiny=False) if own_size else inherited


def _is_gone(style: str) -> bool:
    return bool(_NONE.search(style) or (_COLLAPSED.search(style) and "overflow:hidden" in style))


def _seen(style: str, inherited: Seen) -> Seen:
    font, visibility = _FONT.search(style), _VISIBILITY.search(style)
    return Seen(
        tiny=bool(font[1]) if font else inherited.tiny,
        invisible=bool(visibility[1]) if visibility else inherited.invisible,
    )
