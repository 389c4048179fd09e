"""Words of dates in English, German and Ukrainian: months, days, and what is said from the day of a text on."""

MONTHS = (
    "january jan januar jänner січня січень січні",
    "february feb februar feber лютого лютий лютому",
    "march mar märz березня березень березні",
    "april apr квітня квітень квітні",
    "may mai травня травень травні",
    "june jun juni червня червень червні",
    "july jul juli липня липень липні",
    "august aug серпня серпень серпні",
    "september sept sep вересня вересень вересні",
    "october oct oktober okt жовтня жовтень жовтні",
    "november nov листопада листопад листопаді",
    "december dec dezember dez грудня грудень грудні",
)
DAYS = (
    "monday mon montag понеділок понеділка понеділку",
    "tuesday tues tue dienstag вівторок вівторка вівторку",
    "wednesday wed mittwoch середу середа середи",
    "thursday thurs thur thu donnerstag четвер четверга",
    "friday fri freitag п'ятницю п'ятниця п'ятниці",
    "saturday sat samstag sonnabend суботу субота суботи",
    "sunday sun sonntag неділю неділя неділі",
)
SHORT_DAYS = ("mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
"""Written so before a date or behind `on` only."""

_TIME_OF_DAY_DE = r"(?:\s(?:Morgen|Vormittag|Mittag|Nachmittag|Abend|früh|morgen|abend))?"
_TIME_OF_DAY_UK = r"(?:\s(?:вранці|зранку|вдень|увечері|ввечері|вночі))?"
_THIS = r"this|the current|diese[rmns]?|laufende[rnms]?|цього|цьому|поточного|поточному|нинішнього"
_LAST = r"last|(?:the )?past|the previous|letzte[rnms]?|vergangene[rnms]?|vorige[rnms]?|минулого|минулому|минулими"
_NEXT = r"next|the coming|this coming|nächste[rnms]?|kommende[rnms]?|наступного|наступному|наступними"
_WEEKEND = r"weekend|Wochenendes?|вихідн\w+"
_WEEK = r"week|Woche|тиждень|тижня|тижні"
_MONTH = r"month|Monats?|місяць|місяця|місяці"
_YEAR = r"year|Jahre?s?|рік|року|році"
_IN_THE_COURSE = (
    r"in the course of|over the course of|during|later in|im Laufe|noch im Laufe|im Verlauf|протягом|упродовж|впродовж"
)

SPOKEN: tuple[tuple[str, str, int], ...] = (
    # words, unit, how many of it from the day of the text on
    (
        r"(?:earlier |later )?today|this (?:morning|afternoon|evening)|tonight|"
        rf"heute{_TIME_OF_DAY_DE}|am heutigen \w+|сьогодні{_TIME_OF_DAY_UK}",
        "day",
        0,
    ),
    (
        rf"yesterday(?: (?:morning|afternoon|evening))?|gestern{_TIME_OF_DAY_DE}|am gestrigen \w+|"
        rf"[ву]чора{_TIME_OF_DAY_UK}",
        "day",
        -1,
    ),
    (r"(?:the )?day before yesterday|vorgestern|позавчора", "day", -2),
    (rf"tomorrow(?: (?:morning|afternoon|evening))?|(?-i:morgen)|завтра{_TIME_OF_DAY_UK}", "day", 1),
    (r"(?:the )?day after tomorrow|übermorgen|післязавтра", "day", 2),
    (
        r"(?:yesterday |the )?overnight(?! (?:to|into|on|from)\b)|last night|"
        r"(?:in der )?(?:letzte[nr]?|vergangene[nr]?) Nacht|"
        r"(?:цієї|минулої) ночі",
        "night",
        0,
    ),
    (
        rf"(?:over|at|on|during) the weekend|(?:{_LAST})\s(?:{_WEEKEND})|this past weekend|"
        r"(?:am|übers) (?:(?:vergangenen|letzten|vorigen) )?Wochenende|(?:на|у|в) (?:(?:минулих|цих) )?вихідн\w+|"
        r"(?:the )?end of last week|Ende (?:der )?(?:vergangene|vorige|letzte)r? Woche|наприкінці минулого тижня",
        "weekend",
        -1,
    ),
    (rf"(?:{_NEXT})\s(?:{_WEEKEND})|am kommenden Wochenende", "weekend", 0),
    (
        r"earlier (?:this|in the) week|at the (?:start|beginning) of the week|(?:zu )?(?:Anfang|Beginn) (?:der|dieser) "
        r"Woche|"
        r"zu Wochenbeginn|на початку (?:цього )?тижня|з початку тижня",
        "week until today",
        0,
    ),
    (
        r"later (?:this|in the) week|(?:noch )?im Laufe (?:der|dieser) Woche|до кінця (?:цього )?тижня",
        "week from today",
        0,
    ),
    (rf"(?:in der )?(?:{_LAST})\s(?:{_WEEK})|на минулому тижні", "week", -1),
    (rf"(?:in )?(?:{_THIS})\s(?:{_WEEK})|на цьому тижні", "week", 0),
    (rf"(?:in der )?(?:{_NEXT})\s(?:{_WEEK})|на наступному тижні", "week", 1),
    (rf"(?:im )?(?:{_LAST})\s(?:{_MONTH})", "month", -1),
    (
        rf"(?:earlier |later )?(?:{_THIS})\s(?:{_MONTH})|"
        rf"(?:{_IN_THE_COURSE})\s(?:the |des |dieses |цього )?(?:{_MONTH})",
        "month",
        0,
    ),
    (rf"(?:im )?(?:{_NEXT})\s(?:{_MONTH})", "month", 1),
    (
        rf"(?:later |noch )?(?:in )?(?:{_THIS})\s(?:{_YEAR})|(?:{_IN_THE_COURSE})\s(?:the |des |dieses |цього )?"
        rf"(?:{_YEAR})|heuer",
        "year",
        0,
    ),
    (rf"(?:im )?(?:{_NEXT})\s(?:{_YEAR})", "year", 1),
    (
        r"(?:the )?end of (?:the|this) week|Ende (?:der|dieser) Woche|Wochenende|кінця (?:цього )?тижня",
        "end of week",
        0,
    ),
    (
        r"(?:the )?end of next week|Ende (?:der )?(?:nächste|kommende)[rn]? Woche|кінця наступного тижня",
        "end of week",
        1,
    ),
    (
        r"(?:the )?end of (?:the|this) month|(?:the )?month['’]s end|Monatsende|Ende (?:des|dieses) Monats|"
        r"(?:кінця|наприкінці|кінці) (?:цього )?місяця",
        "end of month",
        0,
    ),
    (
        r"(?:the )?end of next month|Ende (?:des )?(?:nächsten|kommenden) Monats|"
        r"(?:кінця|наприкінці) наступного місяця",
        "end of month",
        1,
    ),
    (
        r"(?:the )?end of (?:the|this) year|(?:the )?year['’]?s[- ]end|(?:the )?year[- ]end|Jahresende|Jahresschluss|"
        r"Ende (?:des|dieses) Jahres|(?:кінця|наприкінці|кінець|кінці) (?:цього )?року",
        "end of year",
        0,
    ),
    (
        r"(?:the )?end of next year|Ende (?:des )?(?:nächsten|kommenden) Jahres|(?:кінця|наприкінці) наступного року",
        "end of year",
        1,
    ),
    (r"Christmas|Weihnachten|Різдва|Різдвом", "christmas", 0),
)
"""What is said of dates from the day of a text on."""

SEASONS = (
    (21, r"spring|Frühjahrs?|Frühlings?|навесні|весни|весною|весняний"),
    (22, r"summer|Sommers?|влітку|улітку|літа|літом"),
    (23, r"autumn|(?<=the )fall|(?<=this )fall|(?<=next )fall|(?<=by )fall|Herbst(?:es)?|восени|осені"),
)
"""Seasons, by the number that a date has in their place."""

COUNTED = {
    word: number
    for number, words in enumerate(
        (
            "one a an einem einer один одна одну",
            "two zwei два дві двох",
            "three drei три трьох",
            "four vier чотири чотирьох",
            "five fünf п'ять п’ять п'яти",
            "six sechs шість шести",
            "seven sieben сім семи",
            "eight acht вісім восьми",
            "nine neun дев'ять дев’ять",
            "ten zehn десять десяти",
            "eleven elf одинадцять",
            "twelve zwölf дванадцять",
        ),
        start=1,
    )
    for word in words.split()
}
"""Numbers of days, weeks and months."""

PARTS = {
    1: r"first|1st|ersten?|1\.|перш\w+|1-\w+|I",
    2: r"second|2nd|zweiten?|2\.|друг\w+|2-\w+|II",
    3: r"third|3rd|dritten?|3\.|трет\w+|3-\w+|III",
    4: r"fourth|final|last|4th|vierten?|letzten?|4\.|четверт\w+|останн\w+|4-\w+|IV",
}
"""Which quarter or half of a year."""

SAYING = (
    r"said|says|told|announced|confirmed|declared|stated|reported|wrote|sagte[n]?|teilte[n]?|erklärte[n]?|kündigte[n]?|gab(?:en)?|"
    r"hieß|bestätigte[n]?|mitteilte[n]?|schrieb(?:en)?|повідоми\w+|заяви\w+|сказа\w+|оголоси\w+|підтверди\w+|написа\w+|розпові\w+"
)
"""Verbs of whoever speaks on a day."""
