"""Does a mail hint at the office, or at somebody who is not content? Then it is never put aside unread (GA 3.2.5)."""

from classify.rules import Rule, Spoken, speaking

RULES = (
    Rule(
        r"beschwer|unzufrieden|\bärger|enttäusch|\bfrech|unverschämt|unfreundlich|zumutung|unmöglich|\bkritik|reklam",
        "Ich bin unzufrieden",
        "a complaint",
    ),
    Rule(
        r"bescheid\b|bescheide\b|bescheides\b|jobcenter|job-center|\barbeitsamt|agentur für arbeit|\bbürgergeld|"
        r"\bhartz\b|sachbearbeit|arbeitsvermittl|"
        r"\b(?:mein|unser)\w{0,2} (?:geld|antrag|akte|termin|miete|unterlagen)\b|"
        r"\b(?:ihr|euer|diese)\w{0,2} (?:amt|amtes|behörde|haus|hause|team|stelle)\b|\bsozialleistung|\bgrundsicherung|"
        r"leistungsabteilung|\bbg-?nummer|\bkundennummer|\bwiderspruch",
        "Ihr Jobcenter",
        "the office",
    ),
    Rule(
        r"\b(?:finanz|jugend|sozial|standes|bürger|ordnungs|gesundheits|wohnungs|versorgungs|einwohnermelde)amt|"
        r"ausländerbehörde|familienkasse|krankenkasse|rentenversicherung|wohngeld|führerschein|\b\w{0,12}gericht\b|"
        r"aktenzeichen|\bredaktion|\bpresse|\bjournalist|\breporter",
        "An das Finanzamt",
        "a stray letter, the press: always before the officer",
    ),
    Rule(
        r"\b(?:complain|unhappy|rude|benefits?\b|job ?cent)|жалоб|пособи|джобцентр|скарг|допомог|джобцентер|"
        r"şik[aâ]yet|memnun değil|yardım paras",
        "I want to complain",
        "other languages",
    ),
)


def found(heard: Spoken) -> bool:
    """Whether anything in it points to the office or to a complaint."""
    return bool(speaking(heard, RULES))
