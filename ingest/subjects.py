"""What a mail program put before the subject: a reply or a forward, in the languages people here have set."""

import re

_REPLY = (
    "Re",
    "AW",
    "Antw",
    "Antwort",
    "SV",
    "RV",
    "Odp",
    "R",
    "Rif",
    "RÉF",
    "Ynt",
    "Yan",
    "Cevap",
    "Відп",
    "Вiдп",
    "Отв",
    "Ответ",
    "На",
)
_FORWARD = (
    "WG",
    "Fwd",
    "Fw",
    "Wtr",
    "Weitergeleitet",
    "TR",
    "I",
    "VS",
    "Doorst",
    "Doorgest",
    "PD",
    "Przek",
    "İlt",
    "Ilt",
    "Пересл",
    "ПЕР",
    "FS",
)

# A tag such as "[EXTERN]" may stand before it, a counter such as "[2]" or "(2)" behind it.
_FORM = r"(?:\[[^\[\]]{{1,40}}\] ?){{0,3}}(?:{words}) ?(?:[\[(^]\d{{1,3}}[\])]?)? ?[:：]"


def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_FORM.format(words="|".join(words)), re.IGNORECASE)


_REPLIES, _FORWARDS = _pattern(_REPLY), _pattern(_FORWARD)


def is_reply(subject: str) -> bool:
    return _REPLIES.match(subject) is not None


def is_forward(subject: str) -> bool:
    return _FORWARDS.match(subject) is not None
