"""Words a letter should not hold, each with a plainer one: rules.md „Plain language“ (GA 3.6), and their kin."""

from typing import NamedTuple


class Phrase(NamedTuple):
    """`pattern` is lower-case, begins with a letter and is matched as whole words; `instead` is shown to people."""

    pattern: str
    instead: str


class Abbreviation(NamedTuple):
    """`words` say it in full; `also` names a second meaning it may have."""

    short: str
    words: str
    also: str = ""


OFFICIALESE = (
    # rules.md
    Phrase(r"bezugnehmend auf", "„zu“"),
    Phrase(r"hinsichtlich", "„zu“, „bei“ oder „wegen“"),
    Phrase(r"seitens", "„von“"),
    Phrase(r"anheim\w*|anheim (?:zu )?\w*stell\w*", "„Sie können entscheiden, ob …“"),
    Phrase(r"in abrede", "„bestreiten“ oder „nein sagen“"),
    Phrase(r"zur kenntnis", "„lesen“, „wissen“ oder „Wir haben gelesen, dass …“"),
    Phrase(r"obliegenheit\w*", "„Das müssen Sie tun“"),
    Phrase(r"dergestalt", "„so“"),
    Phrase(r"mithin", "„also“"),
    Phrase(r"obig\w*", "sagen, was gemeint ist"),
    # what it is about
    Phrase(r"in bezug auf|mit bezug auf|in bezugnahme auf|unter bezugnahme auf|bezug nehmend auf", "„zu“"),
    Phrase(r"bezüglich|diesbezüglich\w*|betreffs|bzgl\.", "„zu“ oder „dazu“"),
    Phrase(r"im hinblick auf|in hinsicht auf|in ansehung", "„wegen“ oder „für“"),
    Phrase(r"im rahmen (?:der|des|einer|eines|unserer|ihrer|von)", "„bei“ oder „in“"),
    Phrase(r"im zuge (?:der|des|einer|eines)", "„bei“"),
    Phrase(r"im wege (?:der|des|einer|eines)|auf dem wege (?:der|des)", "„durch“"),
    Phrase(
        r"in (?:vorbezeichneter|vorgenannter|obiger|oben genannter) (?:angelegenheit|sache)", "sagen, worum es geht"
    ),
    Phrase(r"vorbezeichnet\w*|vorgenannt\w*|vorerwähnt\w*|vorstehend\w*", "sagen, was gemeint ist"),
    Phrase(r"oben ?genannt\w*|obengenannt\w*|o\. ?g\.|v\. ?g\.", "sagen, was gemeint ist"),
    Phrase(r"eingangs (?:genannt|erwähnt|bezeichnet)\w*", "sagen, was gemeint ist"),
    Phrase(r"nachstehend\w*|nachfolgend aufgeführt\w*", "„diese“ oder „so“"),
    Phrase(r"umseitig\w*", "„auf der Rückseite“"),
    Phrase(
        r"in rede stehend\w*|streitgegenständlich\w*|verfahrensgegenständlich\w*", "„dieser Bescheid“, „dieser Fall“"
    ),
    Phrase(r"besagte[nmrs]?|selbige[nmrs]?", "„diese“, „dieser“"),
    Phrase(r"vorliegend", "„hier“ oder „in Ihrem Fall“"),
    # for what, why, on what ground
    Phrase(r"zwecks|zum zwecke? (?:der|des|einer|eines)", "„für“ oder „damit“"),
    Phrase(r"unter zugrundelegung|unter zugrunde ?legung", "„Wir rechnen mit …“ oder „nach“"),
    Phrase(r"unter berücksichtigung|unter einbeziehung", "„Wir haben … beachtet“"),
    Phrase(r"unter vorlage|unter beifügung", "„mit“ oder „Bringen Sie … mit“"),
    Phrase(r"unter vorbehalt der|vorbehaltlich", "„wenn“ oder „außer wenn“"),
    Phrase(r"nach maßgabe", "„nach“ oder „so wie“"),
    Phrase(r"mangels|in ermangelung", "„ohne“ oder „weil … fehlt“"),
    Phrase(r"ausweislich", "„Im … steht“"),
    Phrase(r"nach aktenlage|nach lage der akten", "„nach unseren Unterlagen“"),
    Phrase(r"aktenkundig\w*", "„in unseren Unterlagen“"),
    Phrase(r"von amts wegen", "„ohne dass Sie etwas tun müssen“"),
    Phrase(r"unbeschadet|ungeachtet|dessen ungeachtet", "„trotzdem“ oder „auch wenn“"),
    Phrase(r"demzufolge|demgemäß|infolgedessen|somit", "„deshalb“"),
    Phrase(r"gleichwohl|nichtsdestotrotz|nichtsdestoweniger", "„trotzdem“"),
    Phrase(r"insoweit|insofern als", "„so weit“, „deshalb“ oder weglassen"),
    Phrase(r"dahingehend|dahin gehend", "„so“ oder „dass“"),
    Phrase(r"dem grunde nach|der höhe nach", "„Ja, Sie haben ein Recht auf …“, „wie viel“"),
    Phrase(r"widrigenfalls", "„sonst“"),
    Phrase(r"erforderlichenfalls|zutreffendenfalls|bejahendenfalls", "„wenn nötig“, „wenn ja“"),
    Phrase(r"etwaig\w*", "„mögliche“ oder „wenn es … gibt“"),
    Phrase(r"jegliche[nmrs]?", "„jede“ oder „alle“"),
    Phrase(r"vollumfänglich|vollinhaltlich|in vollem umfang", "„ganz“"),
    Phrase(r"unberührt", "„… gilt weiter“"),
    # when, where, who
    Phrase(r"alsbaldig\w*|alsbald|zeitnah\w*|zu gegebener zeit", "„bald“, besser ein Datum"),
    Phrase(r"unverzüglich\w*", "„sofort“ oder ein Datum"),
    Phrase(r"nunmehr\w*", "„jetzt“"),
    Phrase(r"seinerzeit\w*", "„damals“ oder ein Datum"),
    Phrase(r"sodann", "„dann“"),
    Phrase(r"z\. ?zt\.|zzt\.|derzeitig\w*", "„zurzeit“ oder „jetzt“"),
    Phrase(r"hierorts|hierseits|diesseits|hiesig\w*|dortseits|dortig\w*", "„bei uns“, „bei Ihnen“"),
    Phrase(r"unsererseits|ihrerseits|meinerseits", "„wir“, „Sie“, „ich“"),
    Phrase(r"fernmündlich\w*", "„am Telefon“"),
    Phrase(r"postalisch\w*|auf dem postwege?", "„mit der Post“"),
    Phrase(r"wohnhaft\w*", "„Sie wohnen in …“"),
    # nouns where a verb does
    Phrase(r"erfolg(?:t|te|ten|en)", "sagen, wer was tut: „Wir prüfen …“, „Wir zahlen …“"),
    Phrase(r"in wegfall", "„wegfallen“ oder „nicht mehr bekommen“"),
    Phrase(r"in abzug|in anrechnung", "„abziehen“, „anrechnen“"),
    Phrase(r"in kenntnis (?:zu )?(?:ge)?setz\w*", "„informieren“ oder „sagen“"),
    Phrase(r"in augenschein|inaugenscheinnahme", "„ansehen“"),
    Phrase(r"in anspruch (?:zu )?(?:ge)?n(?:ehm|imm|ahm|omm)\w*|inanspruchnahme", "„nutzen“"),
    Phrase(r"zur (?:auszahlung|anweisung|überweisung)(?: (?:zu )?(?:ge)?(?:bring|brach|komm|gelang)\w*)", "„zahlen“"),
    Phrase(r"zur anwendung|zur anrechnung", "„gelten“, „anrechnen“"),
    Phrase(r"zum ausdruck (?:zu )?(?:ge)?(?:bring|brach)\w*", "„sagen“ oder „zeigen“"),
    Phrase(r"zum versand|zur versendung", "„schicken“"),
    Phrase(r"zur[- ]verfügung[- ]?stellung|zurverfügungstellung", "„geben“ oder „bereitstellen“"),
    Phrase(r"unter beweis", "„zeigen“ oder „nachweisen“"),
    Phrase(r"in betracht (?:zu )?(?:ge)?(?:zieh|zog)\w*|in erwägung", "„überlegen“ oder „denken an“"),
    Phrase(r"von seiten|vonseiten", "„von“"),
    Phrase(r"inkenntnissetzung|kenntnisnahme", "„lesen“ oder „wissen“"),
    Phrase(r"in verzug", "„zu spät sein“"),
    Phrase(r"nicht(?:vorlage|erscheinen|beachtung|einhaltung|vorliegen)s?", "ein Satz mit „wenn Sie nicht …“"),
    Phrase(r"außerachtlassung|außer acht", "„nicht beachten“"),
    Phrase(r"geltendmachung|geltend", "„verlangen“, „sagen“ oder „fordern“"),
    Phrase(r"beibringung|beizubringen|beigebracht", "„einreichen“, „schicken“ oder „mitbringen“"),
    Phrase(r"persönliche[nr]? vorsprache|vorsprache\w*|vorzusprechen|vorsprechen", "„zu uns kommen“"),
    Phrase(r"rückantwort|rückäußerung", "„Antwort“"),
    Phrase(r"stellungnahme (?:abzugeben|abgeben)", "„uns schreiben, was Sie dazu sagen“"),
    # verbs and adjectives of the office
    Phrase(r"verauslag\w*", "„erst einmal selbst bezahlen“"),
    Phrase(r"obliegt|obliegen", "„… ist Ihre Aufgabe“, „Sie müssen …“"),
    Phrase(r"ersuch(?:e|en|t)", "„bitten“"),
    Phrase(r"entbehrt|entbehrlich\w*", "„fehlt“, „nicht nötig“"),
    Phrase(r"veranlassung", "„Grund“ oder „Auftrag“"),
    Phrase(r"das weitere veranlass\w*|das erforderliche veranlass\w*", "sagen, was Sie als Nächstes tun"),
    Phrase(r"gegenstandslos\w*", "„gilt nicht mehr“ oder „hat sich erledigt“"),
    Phrase(r"abschlägig\w*", "„abgelehnt“ oder „nein“"),
    Phrase(r"verfristet\w*", "„zu spät“"),
    Phrase(r"statthaft\w*", "„erlaubt“ oder „möglich“"),
    Phrase(
        r"anspruchsbegründend\w*|anspruchserheblich\w*|leistungserheblich\w*|entscheidungserheblich\w*", "„wichtig“"
    ),
    Phrase(r"anspruchsausschließend\w*|leistungsausschließend\w*", "„Deshalb bekommen Sie kein Geld für …“"),
    Phrase(r"bedarfsmindernd\w*|leistungsmindernd\w*", "„Deshalb bekommen Sie weniger“"),
    Phrase(r"ratierlich\w*", "„in Raten“"),
    Phrase(r"zuwider\w*", "„gegen“"),
    Phrase(r"kostenpflichtig zurückzuweisen", "„ablehnen“"),
    Phrase(r"hiermit wird|hierdurch wird|es wird hiermit", "„Wir …“"),
    Phrase(r"es wird darauf hingewiesen|es wird darum gebeten|es wird gebeten", "„Bitte beachten Sie:“, „Bitte …“"),
    Phrase(r"es besteht die möglichkeit|besteht für sie die möglichkeit", "„Sie können“"),
    Phrase(r"sehen wir uns (?:leider )?(?:gezwungen|veranlasst|außer ?stande)", "„Wir müssen …“, „Wir können nicht …“"),
    Phrase(r"(?:sie werden|werden sie) (?:hiermit |hierdurch |nochmals |erneut )?aufgefordert", "„Bitte …“"),
    Phrase(r"werden (?:sie )?(?:hiermit |nochmals |erneut )?(?:gebeten|ersucht)", "„Bitte …“"),
    Phrase(r"fordern wir sie (?:hiermit |letztmalig |nochmals |erneut )?auf|wir fordern sie", "„Bitte …“"),
    # shortened officialese
    Phrase(r"i\. ?s\. ?(?:d|v)\.", "„im Sinne von“ oder „nach“"),
    Phrase(r"i\. ?v\. ?m\.", "„zusammen mit“"),
    Phrase(r"i\. ?h\. ?v\.", "„von“: „200 Euro“"),
    Phrase(r"i\. ?z\. ?m\.|i\. ?r\. ?d\.|i\. ?h\. ?d\.", "„bei“ oder „wegen“"),
    Phrase(r"z\. ?k\.(?: ?g\.)?|z\. ?w\. ?v\.", "sagen, wer was damit tun soll"),
    Phrase(r"m\. ?w\. ?v\.|u\. ?u\.|u\. ?a\. ?m\.", "„vielleicht“, „und anderes“"),
)

DOUBLE_NEGATION = (
    Phrase(r"nicht unerheblich\w*|nicht unwesentlich\w*|nicht unbedeutend\w*", "„wichtig“ oder „groß“"),
    Phrase(r"nicht unbegründet\w*|nicht unberechtigt\w*", "„berechtigt“"),
    Phrase(r"nicht (?:ganz )?ausgeschlossen|nicht unmöglich", "„möglich“"),
    Phrase(r"nicht ungewöhnlich\w*|nicht unüblich\w*", "„oft“ oder „üblich“"),
    Phrase(r"nicht unzulässig\w*", "„erlaubt“"),
    Phrase(r"nicht unbekannt", "„bekannt“"),
    Phrase(r"nicht unzutreffend\w*|nicht unrichtig\w*", "„richtig“"),
    Phrase(r"nicht (?:zu )?verkennen|nicht verkannt", "„Wir wissen, dass …“"),
    Phrase(r"nicht umhin", "„müssen“"),
    Phrase(r"nicht ohne(?= \w+ung)", "„mit“"),
)

ABBREVIATIONS = (
    # rules.md
    Abbreviation("BG", "Bedarfsgemeinschaft", "Berufsgenossenschaft"),
    Abbreviation("KdU", "Kosten der Unterkunft, also Miete und Nebenkosten"),
    Abbreviation("eLb", "erwerbsfähige leistungsberechtigte Person"),
    Abbreviation("EGV", "Eingliederungsvereinbarung"),
    Abbreviation("EinV", "Eingliederungsvereinbarung"),
    Abbreviation("AGH", "Arbeitsgelegenheit"),
    Abbreviation("AVGS", "Aktivierungs- und Vermittlungsgutschein"),
    Abbreviation("WBA", "Weiterbewilligungsantrag"),
    Abbreviation("HA", "Hauptantrag"),
    Abbreviation("VM", "Vermittlung", "Vermögen"),
    Abbreviation("RB", "Regelbedarf", "Rechtsbehelf"),
    Abbreviation("MB", "Mehrbedarf"),
    Abbreviation("BuT", "Bildung und Teilhabe"),
    Abbreviation("VB", "Vermittlungsbudget"),
    Abbreviation("FbW", "Förderung der beruflichen Weiterbildung"),
    Abbreviation("ESG", "Einstiegsgeld"),
    Abbreviation("AuE", "Aufhebung und Erstattung"),
    Abbreviation("SB", "Sachbearbeitung"),
    Abbreviation("pAp", "persönliche Ansprechperson"),
    Abbreviation("TL", "Teamleitung"),
    Abbreviation("BL", "Bereichsleitung"),
    Abbreviation("GF", "Geschäftsführung"),
    Abbreviation("gE", "gemeinsame Einrichtung, also das Jobcenter"),
    Abbreviation("SGB", "Sozialgesetzbuch"),
    Abbreviation("SGG", "Sozialgerichtsgesetz"),
    Abbreviation("OWi", "Ordnungswidrigkeit"),
    Abbreviation("AU", "Arbeitsunfähigkeit, also Krankschreibung"),
    Abbreviation("ÄD", "Ärztlicher Dienst"),
    Abbreviation("OAW", "Ortsabwesenheit"),
    Abbreviation("AG", "Arbeitgeber"),
    Abbreviation("AN", "Arbeitnehmerin oder Arbeitnehmer"),
    Abbreviation("KRM", "Kundenreaktionsmanagement, also die Stelle für Lob und Beschwerden"),
    # as usual in such letters
    Abbreviation("VÄM", "Veränderungsmitteilung"),
    Abbreviation("BWZ", "Bewilligungszeitraum"),
    Abbreviation("BK", "Betriebskosten"),
    Abbreviation("NK", "Nebenkosten"),
    Abbreviation("UVG", "Unterhaltsvorschussgesetz"),
    Abbreviation("DRV", "Deutsche Rentenversicherung"),
)

INTERNAL = r"\b(?:ALLEGRO|Allegro|VerBIS|VERBIS|STEP|[eE]-?Akten?|eAKTE|E-AKTE|coSach|COSACH|ADITO|FINAS|zPDV)\b"
"""Programs of the house: never named to citizens (rules.md)."""
