"""Number words of English and Ukrainian, and words of scale; those of German are read by a package."""

from decimal import Decimal

EN = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    word: 10 * number
    for number, word in enumerate(
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], start=2
    )
}
UK = {
    1: "один одна одну одного одне однієї",
    2: "два дві двох двома двоє пара пару",
    3: "три трьох трьома троє",
    4: "чотири чотирьох чотирма четверо",
    5: "п'ятьма п'ять п'яти",
    6: "шістьма шість шести",
    7: "сімома сім семи",
    8: "вісьмома вісім восьми",
    9: "дев'ятьма дев'ять дев'яти",
    10: "десятьма десять десяти десяток десятка",
    11: "одинадцять одинадцяти",
    12: "дванадцять дванадцяти дюжина дюжину дюжиною дюжини",
    13: "тринадцять тринадцяти",
    14: "чотирнадцять чотирнадцяти",
    15: "п'ятнадцять п'ятнадцяти",
    16: "шістнадцять шістнадцяти",
    17: "сімнадцять сімнадцяти",
    18: "вісімнадцять вісімнадцяти",
    19: "дев'ятнадцять дев'ятнадцяти",
    20: "двадцять двадцяти",
    30: "тридцять тридцяти",
    40: "сорок сорока",
    50: "п'ятдесят п'ятдесяти півсотні півсотню півсотнею",
    60: "шістдесят шістдесяти",
    70: "сімдесят сімдесяти",
    80: "вісімдесят вісімдесяти",
    90: "дев'яносто дев'яноста",
    100: "сто ста сотню сотня",
    200: "двісті двохсот",
    300: "триста трьохсот",
    400: "чотириста чотирьохсот",
    500: "п'ятсот п'ятисот",
    600: "шістсот",
    700: "сімсот",
    800: "вісімсот",
    900: "дев'ятсот",
}
WORDS = {"en": EN, "uk": {word: number for number, words in UK.items() for word in words.split()}}
SCALES = {
    "en": {
        "hundred": 2,
        "thousand": 3,
        "k": 3,
        "million": 6,
        "millions": 6,
        "m": 6,
        "mn": 6,
        "mln": 6,
        "mio": 6,
        "billion": 9,
        "billions": 9,
        "bn": 9,
        "b": 9,
        "trillion": 12,
    },
    "de": {"tausend": 3, "tsd": 3, "million": 6, "millionen": 6, "mio": 6, "milliarde": 9, "milliarden": 9, "mrd": 9},
    "uk": {
        "тис": 3,
        "тисячами": 3,
        "тисячам": 3,
        "мільйонами": 6,
        "мільйонам": 6,
        "мільярдами": 9,
        "мільярдам": 9,
        "тисяч": 3,
        "тисячі": 3,
        "тисяча": 3,
        "тисячу": 3,
        "млн": 6,
        "мільйон": 6,
        "мільйони": 6,
        "мільйонів": 6,
        "мільйона": 6,
        "млрд": 9,
        "мільярд": 9,
        "мільярди": 9,
        "мільярдів": 9,
        "мільярда": 9,
    },
}
HALF = Decimal("0.5")
HALVES = {
    "пів": Decimal("0.5"),
    "півтора": Decimal("1.5"),
    "півтори": Decimal("1.5"),
    "half a": Decimal("0.5"),
    "ein halbes": Decimal("0.5"),
    "einem halben": Decimal("0.5"),
    "einer halben": Decimal("0.5"),
    "eine halbe": Decimal("0.5"),
    "anderthalb": Decimal("1.5"),
    "a": Decimal(1),
    "eine": Decimal(1),
    "eineinhalb": Decimal("1.5"),
}
DOZENS = r"dozen|Dutzend|десятк[аиі]?в?|десяток"
FRACTIONS = (
    (Decimal("0.25"), r"(?:a |one )?quarter of a |(?:eine )?Viertel|чверть "),
    (Decimal("0.75"), r"three[- ]quarters of a |(?:eine )?Dreiviertel|три чверті "),
    (HALF, r"half of a |пів ?|половину "),
)
"""What of a million or a billion is said in words."""
