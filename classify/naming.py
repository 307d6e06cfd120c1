"""Who is named in a text: by title, by role, by what is said, by initials and by first names.

Each seeker gives the indices of words that belong to a name. Placeholders of what is already replaced stand in the text
like words and are never names.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from classify.namespan import SPACE, name_at
from classify.namewords import Passage, Word, keys

_DEGREES = 5
"""At most so many of Herr Prof. Dr. med."""

TITLES = keys(
    "frau herr herrn fr hr hrn frl fräulein familie fam eheleute ehepaar dr prof professor professorin doktor mr mrs ms"
    " miss mister madame mme monsieur sayın sn pani pana panu panem пан пані пана пану пане панові господин господина"
    " господину господином госпожа госпожу госпоже госпожи gospodin gospođa gospođo geborene"
)
DEGREES = keys("dr prof professor doktor med rer nat phil jur dipl ing mag frau herr herrn familie fr hr ra")
ROLES = keys(
    "sachbearbeiter sachbearbeiterin sb vermittler vermittlerin arbeitsvermittler arbeitsvermittlerin berater beraterin"
    " fallmanager fallmanagerin teamleiter teamleiterin leiter leiterin chef chefin kollege kollegin kollegen"
    " mitarbeiter mitarbeiterin ansprechpartner ansprechpartnerin betreuer betreuerin nachbar nachbarin vermieter"
    " vermieterin hausmeister eigentümer arzt ärztin hausarzt hausärztin kinderarzt anwalt anwältin rechtsanwalt"
    " rechtsanwältin ra steuerberater steuerberaterin dozent dozentin lehrer lehrerin trainer trainerin coach"
    " dolmetscher dolmetscherin teilnehmer teilnehmerin zeuge zeugin kunde kundin klient klientin patient patientin"
    " mandant mandantin antragsteller antragstellerin kontoinhaber kontoinhaberin mann ehemann ehefrau exmann exfrau"
    " ex sohn sohns tochter kind baby bruder schwester mutter vater oma opa tante onkel neffe nichte enkel enkelin"
    " cousin cousine schwager schwägerin freund freundin partner partnerin lebensgefährte lebensgefährtin verlobte"
    " verlobter mitbewohner mitbewohnerin schwiegermutter schwiegervater stiefsohn stieftochter husband wife son"
    " daughter brother sister friend bedienstete bediensteter bediensteten praktikant praktikantin azubi pförtner"
    " wachmann gewisser gewisse gewissen namens oğlum kızım eşim kardeşim сын сына дочь дочка муж жена жене син чоловік"
)
_MANY = keys("herren frauen kinder kindern kids söhne söhnen töchter töchtern geschwister geschwistern enkeln children")
_ONE_OF_MANY = keys("meine meiner eine einer deine deiner seine seiner ihre ihrer unsere diese jede keine ne welche")
_AFTER_NAME = keys("bey beyin beye hanım hanımın hanıma")

_AFTER_TITLE = re.compile(r"\.?[\s>]{0,4}$")
_AFTER_ROLE = re.compile(r"\s?:?[ \t]{1,2}$")
_HEADING = re.compile(r"[:(\"] {0,2}$|\b(?:Kundin|Kunde|AW|WG|RE)\W{1,3}$")
_LISTED = re.compile(r"(?:\s?,\s?|\s?&\s?|\s)$")


def _titled(passage: Passage) -> Iterator[int]:
    """Frau Dr. Yıldız, Herr von der Heyde, frau krüger; not "Frau Ministerin", "meine Frau hat"."""
    words = passage.words
    for i, word in enumerate(words):
        if word.key not in TITLES:
            continue
        at = _past_degrees(passage, i + 1)
        at += _offices(passage, at)
        alone = i > 0 and words[i - 1].key in _ONE_OF_MANY
        if at < len(words) and _AFTER_TITLE.match(passage.gap(at)):
            yield from name_at(passage, at, _known_only if alone else _behind_title, 2)


def _past_degrees(passage: Passage, at: int) -> int:
    for _ in range(_DEGREES):
        if at >= len(passage.words) or passage.words[at].key not in DEGREES or not _AFTER_TITLE.match(passage.gap(at)):
            break
        at += 1
    return at


def _offices(passage: Passage, at: int) -> int:
    """1 for the Kollege of "Herr Kollege Brömme", 0 where no name follows."""
    if at + 1 >= len(passage.words) or not SPACE.match(passage.gap(at + 1)):
        return 0
    office, word = passage.words[at : at + 2]
    is_office = office.marked and not (office.placeholder or office.unknown) and len(office.text) > 5
    return int(is_office and _known_only(word))


def _known_only(word: Word) -> bool:
    return word.first or (word.marked and word.unknown)


def _behind_title(word: Word) -> bool:
    if word.never:
        return False
    return word.marked or word.first or not (word.both or word.verb or len(word.text) < 3)


def _in_role(passage: Passage) -> Iterator[int]:
    """Sachbearbeiterin Kröning, mein Sohn Torben, Kinder Sara, Elias und Mariam."""
    for i, word in enumerate(passage.words[:-1]):
        if word.key in ROLES and _AFTER_ROLE.match(passage.gap(i + 1)):
            yield from name_at(passage, i + 1, _known_only)
        elif word.key in _MANY and _AFTER_ROLE.match(passage.gap(i + 1)):
            yield from _enumerated(passage, i + 1)


def _enumerated(passage: Passage, at: int) -> Iterator[int]:
    """From the first name on that is on the list; what stands between commas with it is a name, too."""
    leads = passage.words[at - 1].key
    while taken := name_at(passage, at, _known_only):
        if leads in _MANY - {"herren"} and not passage.words[taken[0]].first:
            break
        leads = ""
        yield from taken
        at = taken[-1] + 1
        if at < len(passage.words) and passage.words[at].key in ("und", "u", "and"):
            at += 1
        if not _LISTED.match(passage.gap(at)):
            break


def _first_named(passage: Passage) -> Iterator[int]:
    """Petra Schulz, ali kaya; "Schulz, Petra" at the beginning of a line."""
    for i, word in enumerate(passage.words):
        if not word.first or (len(word.text) < 4 and re.match(r"\.?\s?\d", passage.text[word.end : word.end + 3])):
            continue
        yield from name_at(passage, i, lambda first: first.first)
        if _before_comma(passage, i):
            yield i - 1


def _before_comma(passage: Passage, index: int) -> bool:
    """Whether a first name stands behind its surname, as in lists and headings."""
    if passage.gap(index).strip(" ") != "," or passage.words[index - 1].never:
        return False
    start = passage.words[index - 1].start
    line = passage.text[max(0, start - 60) : start].rpartition("\n")[2]
    return not re.search(r"\w", line) or bool(_HEADING.search(line))


def _initialled(passage: Passage) -> Iterator[int]:
    """U. Sommer, H.-P. Grabowski; not "z. B. Miete"."""
    words = passage.words
    for i, word in enumerate(words[:-1]):
        if not word.initial or not passage.gap(i + 1).startswith("."):
            continue
        if i and len(words[i - 1].text) == 1 and not words[i - 1].marked:
            continue
        taken = name_at(passage, i, lambda first: first.initial or (first.marked and first.unknown))
        if taken and len(words[taken[-1]].text) > 1:
            yield from taken


def _before_bey(passage: Passage) -> Iterator[int]:
    """Ayşe Hanım, Mehmet Bey."""
    for i, word in enumerate(passage.words[1:]):
        if word.key in _AFTER_NAME and word.marked and passage.words[i].marked and not passage.words[i].never:
            yield i


_SHAPE = re.compile(
    "(?:.[fnrkd]sen|[nwk]ski|nsky|wsky|czyk|wicz|[oe]vic|enko|chuk|oglu|ogullari|meier|meyer|maier|mayer|huber|hardt"
    "|[^s]mann|енко|чук)$"
)
_SAID = re.compile(
    r"\b(?:ich\shei(?:ß|ss|s)e?|(?<!das\s)(?<!es\s)hei(?:ß|ss)t|mein(?:e[nm]?)?\s(?:voller\s)?name(?:\s(?:ist|is|lautet)|\s?:)"
    r"|(?:vor|nach|familien|geburts)?name\s?:|my\sname(?:\sis|'s|’s)|called|hier\s(?:ist|schreibt|spricht)"
    r"(?:\s(?:der|die))?|зовут|звати|звуть|фамилия|прізвище|ad[ıi]m|ismim|soyad[ıi]m|nazywam\ssię|na\simię|mă\snumesc"
    r"|ma\snumesc|numele\smeu\seste|zovem\sse|je\sm'appelle|gez\.|gezeichnet|i\.\s?a\.|i\.\s?v\.|im\sauftrag"
    r"|in\svertretung|z\.?\s?hd\.?|zu\shänden|c/o|geb\.|alias|genannt|name\stag\s(?:said|says)|namensschild"
    r"|unterzeichner(?:in)?|kontoinhaber(?:in)?:?|ansprechpartner(?:in)?:?)"
    r"[\s:,>\-–„\"]{1,6}(?:ist\s|glaube\sich,?\s|übrigens\s)?",
    re.IGNORECASE,
)


def _shaped(passage: Passage) -> Iterator[int]:
    """Detlefsen, Piontkowski, Kowaltschuk: surnames by their shape alone."""
    for i, word in enumerate(passage.words):
        if word.marked and len(word.key) > 5 and _SHAPE.search(word.key) and word.unknown:
            yield i


def paired(passage: Passage) -> Iterator[int]:
    """Xhemile Grubaj: two words with capitals that nobody knows, one after the other; not "Krögers Zusage"."""
    words = passage.words
    for i in range(1, len(words)):
        pair = words[i - 1 : i + 1]
        strange = all(word.marked and word.unknown and len(word.text) > 2 for word in pair)
        if strange and passage.gap(i) == " " and not pair[0].key.endswith("s"):
            yield from (i - 1, i)


def _said(passage: Passage) -> Iterator[int]:
    """ich heiße samira hosseini, Name: Schmidtke, gez. Weidenfeller, geb. Stolz, benim adım Mehmet Yıldırım."""
    for match in _SAID.finditer(passage.text):
        at = passage.at(match.end())
        if at < len(passage.words) and passage.words[at].key in DEGREES:
            at = _past_degrees(passage, at + 1)
        if at < len(passage.words) and passage.words[at].start - match.end() < 8:
            yield from name_at(passage, at, lambda word: not (word.never or word.verb), 3)


SEEKERS: tuple[Callable[[Passage], Iterable[int]], ...] = (
    _titled,
    _in_role,
    _first_named,
    _initialled,
    _before_bey,
    _shaped,
    _said,
)
