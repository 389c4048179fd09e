"""By which words texts tell of own forces, and what tells them from what is given."""

import re

STRONG = re.compile(
    r"\b(?:re)?deploy(?:s|ed|ing|ments?)?\b|\b(?:monitoring|training|peacekeeping|stabilisation|reassurance|"
    r"observer) (?:mission|force)\b|\bstation(?:ed|ing|(?= an?\b| \d)|s(?= (?:\d|an?\b|the\b|its\b|\w+ (?:soldiers|"
    r"troops|jets|fighters))))\b|"
    r"\bbased (?:at|in|near)\b|\bpatrol(?:s|led|"
    r"ling)?\b(?! boats?| vessels?| ships?| craft)|"
    r"\b(?:sicher|überwach|schütz|bewach)\w*\b.*\bLuftraum\b|\bLuftraum\b.*\b(?:sicher|überwach|schütz|bewach)\w*|"
    r"\b(?:in|to|into|off) the (?:Black|Baltic|North|Mediterranean) Sea\b|\bin (?:der|die) (?:Ostsee|Nordsee)\b|"
    r"\bim (?:Schwarzen Meer|Mittelmeer)\b|\b(?:у|в|до) (?:Чорн|Балтійськ|Північн|Середземн)\w+ мор\w+|"
    r"\b(?:eastern|northern|southern) flank\b|\bOstflanke\b|\b(?:східн|північн|південн)\w+ фланг\w*|"
    r"\bair policing\b|\bbattlegroup|\btroops will stay|\bguard(?:s|ed|ing)?\b(?= (?:the|its|their|NATO|Poland|"
    r"Polish|airspace|against|Baltic))|\bdetachment\b|\bcontingent\b|"
    r"\b(?:order|bring|call|send|recall)\w*\b.*\bhome\b|\brotation(?:al)?\b|\b(?:to|in|of|under|"
    r"for) (?:the (?:same )?|this )(?:operation|mission|rotation)\b|"
    r"\bon patrol\b|"
    r"\bsoldiers\b.*\bin\b(?! Ukraine)|\bfl(?:y|ies|ew) home\b|\breturn(?:s|ed|ing)? home\b|"
    r"\bdocked\b|\bmultinational (?:force|brigade)\b|"
    r"\bprotect(?:s|ing)? (?:the |its |Polish |Romanian |Baltic |Lithuanian |Estonian |Latvian )?(?:airspace|"
    r"skies|sky|airport|hub)|\btroops? (?:on the ground|to (?!Ukraine))|\bforces? (?:in|to) (?!Ukraine)|"
    r"\bverleg\w+|\bstationier\w*|\bentsend\w+|\bBrigade\b|\bKontingent\w*|\bSchutzflüge|\bLuftraumsicherung|"
    r"\bLuftraumüberwachung\b|\bAir[- ]Policing|"
    r"\blös(?:t|en|te|ten)\b.*\bab\b|\babgelöst\b|\babzieh\w+|\babgezogen|\bz(?:ieht|iehen|og|"
    r"ogen)\b.*\bab\b|\bkehr(?:t|en|te|ten)\b.*\bzurück|\bSoldat\w+\b.*\bin (?!der Ukraine)|"
    r"\bPatriot-Einsatz|\bBündnisfall|\bFriedensmission|\bFriedenstruppe\w*|"
    r"\bрозмі(?:стити|щати|щення|стить|стять|щує|щують|стила|стив|стили|щен\w+)\b(?! замовлен)|\bперебаз\w+|\bбазу\w+|"
    r"\bпатрулю\w+|\bохороня\w+|\bдислок\w+|\bперекид\w+|\bперекин\w+|\bчергу\w+|"
    r"\bконтингент\w*|\bлітатимуть\b|\bмісі(?:ю|ї|я)\b|\bстаціон\w+|\bмиротвор\w+|\bбагатонаціональн\w+",
    re.IGNORECASE,
)
FORCES = (
    "platoon", "medical platoon", "infantry company",
    "patrol vessel", "destroyer", "vessel", "early warning aircraft",
    "soldier", "frigate", "air-defence frigate", "helicopter", "fighter aircraft", "aircraft", "ship", "minehunter",
    "corvette", "submarine", "air defence battery", "tanker aircraft", "transport aircraft", "battalion", "brigade",
    "squadron", "detachment", "battery", "battlegroup", "engineer", "airman", "air defence battalion",
    "air defence unit", "anti-drone unit", "special forces", "radar",
    "air defence system",
)  # fmt: skip
PEOPLE = ("soldier", "trainer", "airman", "engineer", "brigade", "battalion", "detachment", "special forces")
ROSE = re.compile(
    r"\b(?:scrambl\w+|took off|take off|rose|airborne|aufgestiegen|stiegen|Alarmrotte\w*|піднял\w*|"
    r"злетіл\w*)\b"
)
CARED_FOR = re.compile(
    r"\b(?:wounded|injured|Ukrainian|verwundet\w*|verletzt\w*|ukrainische\w*|поранен\w*|українськ\w*)\s(?:soldier|"
    r"troop|serviceme|Soldat|військов|солдат|боц)",
    re.IGNORECASE,
)
TRAINED = re.compile(
    r"\b(?:train(?:s|ing)?|ausbild\w+|bild(?:et|en)|навча\w+|підготу\w+)\s[^.,;]{0,30}\b(?:Ukrainian|ukrainische\w*|"
    r"українськ\w+)\b",
    re.IGNORECASE,
)
OF_MANY = re.compile(
    r"\b(?:of|from|aus|von|із|з)\s[\w-]+\s(?:nations|countries|states|allies|Nationen|Staaten|Ländern|країн|держав)\b",
    re.IGNORECASE,
)
"""Forces of several that have no name: soldiers of fourteen nations."""
HANDED_OVER = re.compile(
    r"\bhand(?:s|ed|ing)? over\b(?! to\b)|\bhanded\b.*\bover\b|\bdonat(?:es?|ed|ing)\b|\bübergab(?:en)?\b|"
    r"\bübergeben\b|\bübergibt\b|\bпереда(?:в|ла|ли|сть|дуть)\b|\bподару\w+",
    re.IGNORECASE,
)
"""What is handed to another, wherever that is, are no longer own forces."""
SAME_FORCES = re.compile(
    r"\bthe same (?:number|type|contingent|forces|strength|size)\b|\bdieselbe Zahl\b|\bebenso viele\b|\bстільки ж\b|"
    r"\bтаку саму кількість\b",
    re.IGNORECASE,
)
OTHERS = re.compile(
    r"\b(?:other participants|participants include|also taking part|take part as well|weitere Teilnehmer)\b",
    re.IGNORECASE,
)
PURPOSE = re.compile(r"^(?:From there they|They will|Von dort|Звідти|Вони|Sie sollen)\b", re.IGNORECASE)
WITH_THEM = re.compile(
    r"\W*(?:They|The (?:soldiers|troops|unit|contingent)|Sie|Die Soldaten|Вони)\s(?:will |also |werden |також )?"
    r"(?:take(?! over)|bring|carry|are equipped|nehmen|bringen|führen|беруть|візьмуть|везуть)\b"
)
"""What forces that were named before have with them."""
