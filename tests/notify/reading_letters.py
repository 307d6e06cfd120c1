"""How tests read a letter: what each part says, as plain text."""

import re
from typing import Any

from lxml import html as lxml_html

from notify.contexts import Context
from notify.letters import Letter, write
from tests.notify import samples, samples_later

SAMPLES: dict[str, Context] = {**samples.SAMPLES, **samples_later.SAMPLES}
LETTERS = {name: write(told) for name, told in SAMPLES.items()}
CASES = tuple(SAMPLES)
CITIZENS = ("subject", "text", "earlier_text", "sender_name", "sender_address", "words", "type_words")
"""Fields of the contexts that hold what a citizen wrote or who it was."""
TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
OURS = "\ue000\ue001\ue002"


def tree(letter: Letter) -> Any:
    return lxml_html.fromstring(letter.html)


def body(letter: Letter) -> Any:
    return tree(letter).find("body")


def plain(text: str) -> str:
    """Text as it is compared: quote marks, colons, blanks, line breaks and capitals do not matter."""
    unquoted = re.sub(r"(?m)^[> ]+", "", text)
    return " ".join(unquoted.translate(dict.fromkeys(map(ord, TURNS + OURS + ":"))).split()).casefold()


def seen(letter: Letter) -> str:
    """What the HTML part shows."""
    shown = body(letter)
    for element in shown.iter("br", "td", "th", "li", "p", "h1", "h2", "h3"):
        element.tail = f" {element.tail or ''}"
    return plain(shown.text_content())


def ours(letter: Letter) -> str:
    """The text part without anybody else's words."""
    return "\n".join(line for line in letter.text.splitlines() if not line.startswith(">"))
