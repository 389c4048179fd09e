"""What stands around the name of a party and says whether it acts: an office behind it, a preposition before it."""

import re

GOVERNMENT = re.compile(
    r"\s+(?:[\w-]+\s+){0,2}(?:Ukraine fund|support fund|fund|Fonds|фонд|agency|Agentur|агентство|bank|government|"
    r"state|treasury|"
    r"cabinet|ministry|prime minister|president|parliament|ministers?|ambassador|embassy|Botschaft\w*|посол|"
    r"посольств\w+|"
    r"secretary|chancellor|army|navy|"
    r"air force|armed forces|military|taxpayers|authorities|officials|lawmakers|MPs|house|senate|chamber|agency|"
    r"troops|contingent|detachment|colleagues?|counterparts?|"
    r"(?-i:(?:[A-Z][\w-]+ (?:of |for |and )?){0,4}(?:Agency|Administration|Centre|Center|Office|Directorate|Command|"
    r"Authority|"
    r"Board|Organisation|Service|Bureau|Fund|Bank|Corporation))|"
    r"Regierung\w*|Kabinett\w*|\w*[Mm]inister\w*|\w*[Pp]räsident\w*|Kanzler\w*|Premier\w*|Parlament\w*|"
    r"Streitkräfte\w*|Armee|Luftwaffe|"
    r"Marine|Heer\w*|Kontingent\w*|Amtskolleg\w*|Kolleg\w*|Ressortchef\w*|Außenamt\w*|\w*[Bb]ehörden?|"
    r"\w*[Rr]üstungsamt|Abgeordnete\w*|"
    r"уряд\w*|міністерк\w+|\w*міністр\w*|міноборони|\w*президент\w*|прем['’ʼ]єр\w*|парламент\w*|армі\w*|"
    r"збройн\w+ сил\w*|"
    r"канцлер\w*|колег\w*|"
    r"військ\w+|сторон\w*|контингент\w*|влад\w+)\b",
    re.IGNORECASE,
)
LOCATIVE = re.compile(
    r"\b(?:in|to|into|at|near|over|for|towards|against|through|across|within|inside|outside|about|above|via|"
    r"around|off|reach(?:es|ed|ing)?|enter(?:s|ed|ing)?|visit(?:s|ed|ing)?|cross(?:es|ed)?|toward|nach|"
    r"für|im|über|an|gegen|bei|durch|auf|gegenüber|zu|vor|hinter|у|в|до|над|для|через|проти|на|щодо|біля|поблизу|"
    r"навколо|"
    r"with the help of|like|unlike|wie|ohne|without|außer|except)\s+"
    r"(?:the\s|der\s|die\s|das\s|den\s|dem\s)?(?:neighbour\s|Südpolen\s|(?:[\w-]+ern|neighbouring|central)\s|"
    r"ganze[nmrs]?\s|"
    r"\w+(?:lich|isch)e[nmrs]?\s|benachbarte[nmrs]?\s)?$",
    re.IGNORECASE,
)
OF_WHOM = re.compile(
    r"\b(?:of|from|with|von|vom|aus|mit|із|з|зі|від|seit)\s+(?:the\s|der\s|den\s|dem\s)?$", re.IGNORECASE
)
FROM = re.compile(
    r"\b(?:from|by|courtesy of|thanks to|gift of|von|aus|із|з|зі|від)\s+(?:the\s|der\s|den\s|"
    r"dem\s)?$",
    re.IGNORECASE,
)
OFFICE_OF = re.compile(
    r"\b(?:governments?|ministers?|ministry|parliament|army|contribution|aid|help|support|pledge|Regierung|Vorsitz|"
    r"Parlament|\w*[Mm]inister\w*|committee|chamber|council|house|chief of staff|"
    r"chairmanship|led by|Premier|President|chancellor|king|Beitrag|Hilfe) (?:of |von |aus )?(?:the |der |den )?$",
    re.IGNORECASE,
)
WITH_ARTICLE = ("XKX", "IRQ", "LBN", "NLD", "CHE", "USA", "TUR", "SVK", "GBR", "EU", "MDA", "CZE", "UN", "DEU")
ORIGIN = re.compile(
    r"\b(?:company|firm|manufacturer|maker|start-?up|Unternehmen|Konzern|Firma|Hersteller|компані\w+|виробник\w*|"
    r"фірм\w+)\s(?:from|of|aus|von|із|з)\s$",
    re.IGNORECASE,
)
NOT_ITSELF = re.compile(
    r"['’]s?\s(?:[\w-]+\s)?(?:neighbours?|borders?|airspace|territory|coast|sk(?:y|ies)|capital|airports?|economy|"
    r"ambassador|east|west|"
    r"north|south|soil|waters|embassy|demands?|requests?|call|opposition)\b|"
    r"\s(?:Nachbar\w*|Grenze\w*|Luftraum\w*|Hauptstadt|Opposition|Küste\w*|Osten|Westen|Norden|Süden|Himmel|Wunsch|"
    r"Bitte|Bedarf)\b"
)
COMPOUND = re.compile(
    r"-(?!Regierung|Präsident|Verteidigungs|Außen|Kongress|Kommission|Botschaft|Ministerium|Minister|Senat|Armee|"
    r"Luftwaffe|Streitkräfte)[A-ZÄÖÜ]|"
    r"-(?:made|led|built|backed|funded|based)\b|\s(?:weapons|arms|stocks?|stockpiles|equipment|inventor(?:y|ies)|"
    r"missiles|"
    r"interceptors|dollars|law)\b"
)
"""What is of a state, such as US-Waffen, and not the state."""
OFFICE_IN = re.compile(
    r"\b(?:government|cabinet|parliament|(?:[a-z]+ )?ministry|Regierung|Kabinett|Parlament|\w*[Mm]inisterium|"
    r"уряд|парламент|міністерство(?: \w+)?)\s(?:in|у|в)\s$"
)
"""An office before the capital in which it is: das Kabinett in Vilnius."""
AT_HOME = re.compile(r"^\W*(?:In|У|В|Aus)\s$")
OF_THERE = re.compile(
    r"\W{1,2}(?:\w+\s){0,3}(?:the |die |das )?(?:government|cabinet|parliament|ministry|prime minister|lawmakers|"
    r"Regierung|Kabinett|Parlament|Ministerium|"
    r"уряд|парламент|міністерство)\b"
)
"""In Oslo, the government: a capital that says whose government it is."""
ITS_GOVERNMENT = re.compile(
    r",\s(?:where|wo|де)\s(?:the |die |das )?(?:government|cabinet|parliament|Regierung|"
    r"Kabinett|Parlament|уряд|парламент)\b"
)
"""In Prague, where the government decided."""
OF_WHOM_IS_TOLD = re.compile(
    r",\s(?:which|who|das|die|яка|який|котра)\s(?:[\w]+\s){0,4}?(?:paid|pays|gave|gives|sent|sends|provides?d?|"
    r"promised|pledged|"
    r"donat\w+|will|is (?:paying|giving|sending)|contribut\w+|zahlt\w*|gab|gibt|schickt\w*|liefert\w*|überw\w+|"
    r"stellt\w*|"
    r"дал[аи]?|дає|дасть|передал\w+|передає|виділ\w+|заплат\w+|перераху\w+|надал\w+|надає)\b"
)
"""I thank Denmark, which last week paid: who is told of acts."""
DECIDES = re.compile(
    r"\s(?:parliament|government|cabinet|senate|chamber|council|Parlament|Regierung|Kabinett|"
    r"парламент|уряд)\b"
)
EACH_OF = re.compile(r"\b(?:each|all|both) of (?:the )?$|\b(?:jede[rs]?|alle) der $|\bкожна з $", re.IGNORECASE)
ITS_GIFT = re.compile(r"['’]s?\s(?:[a-z]+\s){0,2}(?:aid|gift|donation|contribution|offer|grant|loan)\b")
"""What is named by who gives it, wherever that stands: as part of Canada's aid."""
SOME_OF = re.compile(r"\b(?:more|[\w-]+|\d+) of $")
"""Whose things some are: four more of Germany's jets."""
MONEY_OF = re.compile(
    r"[\s-](?:contribution|donation|gift|grant|money|funds|funding|funded|financed|financing|taxpayers?|cash)\b|"
    r"e[mnrs]?\s(?:Geld\w*|Mittel\w*|"
    r"Steuer\w*)\b|\s(?:коштом|гроші|кошти)\b"
)
"""The fruit of Danish money: who pays."""
RELIEVED = re.compile(
    r"\b(?:reliev\w+(?! by\b)|replac\w+(?! by\b)|succeed\w*|tak(?:e|es|ing) the place of|заступа\w+|заступ\w+|"
    r"tak(?:e|es|"
    r"ing) over from|took over from|lös(?:t|en|te|ten)|ablös\w*|зміню\w+|"
    r"(?:take|takes|taking|took) over (?:the )?(?:[\w-]+ )?(?:policing|duty|"
    r"patrols?|mission|rotation|watch)\b.{0,30}\bfrom|"
    r"змін\w+|замін\w+)\s(?:[^.,]{0,40}\s)?(?:the |a |das |die |den |der )?$",
    re.IGNORECASE,
)
TOWN = re.compile(r"\b(?:to|in|at|near|from|into|nach|bei)\s(?:[A-ZÀ-Ž][\w’'-]+\s?){1,3},\s$")
"""A town before the name of its state: at Bemowo Piskie, Poland."""
PRONOUN = re.compile(r"\W*(?:they|it|these|sie|es|diese|вони|він|вона|ці|abgelöst)\b", re.IGNORECASE)
"""Who relieves somebody was named before, and who is relieved acts in this sentence."""
DONE_BY = re.compile(r"\b\w+(?:[нт]их|[нт]ий|[нт]а|[нт]о|[нт]і|[нт]ого|[нт]ої|[нт]ими|[нт]у)\s$")
# A Ukrainian name of a state is who acts in the nominative, or after a word for its government.
OBLIQUE = re.compile(
    r"(?:ії|ією|ію|єю|ою|ові|ом|ем|ями|ям|ах|[вдзнртлм]і|[бвгґджзклмнпрстфхцчшщ]у|щі|ччи?ні|тві|"
    r"ьщу|и)$"
)
NOMINATIVE_I = ("Сполучені Штати", "Нідерланди", "Філіппіни", "Штати", "США", "Афіни", "Ризі")
OFFICE_IN_UKRAINIAN = re.compile(
    r"\b(?:(?:по)?дяку\w+|вдячн\w+|уряд\w*|міністерк\w+(?: оборони| закордонних справ)?|прем[’'ʼ]єрк\w+|"
    r"президентк\w+|\w*міністр\w*|"
    r"міністерств\w+(?: оборони| закордонних справ)?|міноборони|міністр\w*(?: оборони| "
    r"закордонних справ)?|парламент\w*|президент\w*|"
    r"прем['’ʼ]єр\w*|канцлер\w*|арм\w+|внес\w+|допомог\w+|пакет\w*(?: від)?|від|з боку|кошт\w+|сил\w+|лідер\w+|"
    r"головуванн\w+|очолю\w+|кабінет\w*|поставк\w+ від|"
    r"спільно з|разом із?|рад\w+ директорів|правлінн\w+|із|зі|з)\s$",
    re.IGNORECASE,
)
SPEAKS = re.compile(
    r"^\W*(?:\w{1,3}\W+)*$|\b(?:\w*[Mm]inister(?:in)?|President|Chancellor|Secretary|Premier|Commissioner|Chief|"
    r"\w*[Pp]räsident(?:in)?|\w*[Kk]anzler(?:in)?|\w*[Kk]ommissar(?:in)?|\w*міністр\w*|\w*президент\w*|канцлер\w*|"
    r"прем['’ʼ]єр\w*)(?:\s(?:of \w+|оборони|закордонних справ))?,?\s(?:[A-ZÄÖÜА-ЯІЇЄ][\w’'-]+\s){0,2}$"
)
"""What stands before the name of somebody who speaks for a party: nothing, or an office."""
CONTRACT_WITH = re.compile(
    r"\b(?:contract|deal|orders?|Vertrag|Auftrag|контракт\w*|замовлення)\s(?:with|from|mit|von|aus|з|із|"
    r"від)\s(?:the\s|den\s|der\s)?$",
    re.IGNORECASE,
)
"""Who is named as the other side of a contract that a company tells of."""
PRIVATE = re.compile(
    r"\s(?:[a-zäöüß-]+\s)?(?:company(?! of \w+ty\b| of \d)|firm|manufacturer|maker|start-?up|foundation|charity|"
    r"charities|NGOs?|couple|"
    r"family|families|volunteers?|association|club|citizens?|donors?|businessm[ae]n|businesswoman|entrepreneurs?|"
    r"billionaire|"
    r"millionaire|museum|city|town|village|municipalit(?:y|ies)|school|hospital|university|church|band|artists?|"
    r"farmers?|Red Cross|"
    r"aid organisation|newspaper|tabloid|investors?|bank|economy|Stiftung|Verein|Unternehmen|Firma|Konzern|"
    r"Hersteller|Paar|Ehepaar|"
    r"Familie|Unternehmer|Milliardär|Freiwillige\w*|Stadt|Gemeinde|Klinik|Hilfsorganisation|Zeitung|Verlag|"
    r"Wirtschaft|Investor\w*|"
    r"благодійн\w+|волонтер\w+|компані\w+|виробник\w*|фірм\w+|подружж\w+|підприємец\w*|підприємц\w+|бізнесмен\w*|"
    r"родин\w*|"
    r"міст[оа]|громад[аи]|організаці\w+|газет\w+|інвестор\w*)\b"
)
"""What behind the adjective of a state is none of its institutions: a Dutch foundation."""
