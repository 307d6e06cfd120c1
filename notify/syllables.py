"""German syllables by groups of vowels. Right for nearly every word of a letter; a rare name may be one off."""

import re
from functools import lru_cache

NUCLEUS = re.compile(r"aa|ai|au|ay|äu|ae|ee|ei|eu|ey|ie|oo|oi|ou|oy|oe|ue|[aeiouyäöüàáâãåèéêëìíîïòóôøùúûýæœ]")
"""One match is one syllable: a diphthong, a doubled or transliterated vowel, or a single one; `io` is two."""

SILENT = re.compile(
    r"(?<=q)u|^y(?=[aeou])"  # Quelle, Yacht
    r"|(?<=t)e(?=am)|(?<=co)a(?=ch)|(?<=lo)a(?=d)|(?<=niv)e(?=au)"  # Team, Coach, Download, Niveau
    r"|(?<=(?:on|ot|ff|ad)lin)e|(?<=(?:soft|hard)war)e|(?<=servic)e(?!n)|(?<=websit)e|(?<=pag)e$|(?<=updat)e|(?<=manag)e(?=m)"
)
"""Vowels that are written and not spoken as such: taken away first."""

STEMS = "famil|immobil|prinzip|kriter|mater|fer|stud|med|ser|präm|akt|fol|minister|stipend|lin|hyg|bakter|arter"
HIATUS = re.compile(
    rf"(?:{STEMS})i(?=e(?!r))"  # Famili-e, Materi-al, but studie-ren
    r"|i(?=ell)|[tlrz]i(?=en[tz])|(?<!sch)(?<!^w)i(?=ens?$)"  # spezi-ell, Pati-ent, Kategori-en
    r"|(?:vari|sozi|pi)(?=etät)"
    r"|be(?=ur[kt]|urla|inhalt|irr)|re(?=in(?:teg|vest)|ell|eval)|de(?=instal)"  # be-urteilen, re-ell
    r"|be(?=e(?:nd|rd|bn|ng|in|il))|ge(?=e(?:hr|rb|bn|nd|rd|ck|in|ig|il))"  # be-enden, ge-ehrt
    r"|(?:ide|arme)(?=e[nl])|muse(?=[eu])|(?:lyze|petrole|jubilä)(?=um)"  # Ide-en, Muse-um
    r"|[bdfghklmnrst]e(?=er(?:klä|satz|stat|höh|laub|gebn|mitt|fass))"  # Annahme-erklärung
    r"|[bdfghklmnrst]e(?=ent(?:sch|gelt|wick|zieh|last))"
    r"|[bdfgklmrst]e(?=unter(?:l|st|br|ne|ha|s)|umz|umst)"  # Miete-unterlagen
    r"|u(?=ell)|^(?:hin|da)?zu(?=e)|^tu(?=e(?:n|t|$))"  # aktu-ell, zu-erst
    r"|^so(?=eben)|po(?=e[st])|ko(?=e[fx])|[kc]o(?=o[rp])|zo(?=olo)"  # so-eben, Ko-operation
    r"|(?:micha|isra|rapha)(?=el)|a(?=ero)|na(?=iv)|mosa(?=ik)"  # Micha-el, na-iv
)
"""After each match the next vowel begins a syllable of its own, though together they look like one."""

ROMAN = {"II": 1, "III": 1, "IV": 1, "VI": 1, "VII": 2, "VIII": 1, "IX": 1, "XI": 1, "XII": 1, "XIV": 2}
SPELLED = 4
"""Letters up to which a word with a capital inside is spelled: KRM, KdU."""


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """At least 1. Parts joined by hyphens or strokes are counted on their own; KRM is spelled, XII is a number."""
    return max(1, sum(map(_part, re.findall(r"[^\W\d_]+", word))))


def _part(part: str) -> int:
    if part in ROMAN:
        return ROMAN[part]
    if len(part) <= SPELLED and any(map(str.isupper, part[1:])):
        return len(part)
    spoken = SILENT.sub("", part.lower())
    return len(NUCLEUS.findall(HIATUS.sub(r"\g<0>|", spoken)))
