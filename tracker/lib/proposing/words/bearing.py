"""Verbs by which each of several bears its part of a joint promise."""

import re

BEARS = re.compile(
    r"\b(?:chip(?:s|ped)? in|stumps? up|adds?|gives?|pa(?:y|ys|id|ying)|bears?|bore|carr(?:y|ies)|cover(?:s|ed|"
    r"ing)?|tak(?:e|es)|meets?|shoulder(?:s|ed)?|contributes?|"
    r"provid(?:e|es|ing)|foots?|puts? up|funds?|financ(?:es|ing|ed)|falls? to|comes? from|borne|owed?|accounts? for|"
    r"zahl\w*|bezahl\w*|trag\w*|träg\w*|übern\w+|finanzier\w+|(?:bei)?steuer\w*|entf\w+|kommt|kommen|stamm\w+|liefer\w*|"
    r"stell\w*|"
    r"плат\w+|візьм\w+|візьм\w+|сплат\w+|заплат\w+|бере|беруть|покри\w+|нес\w+|дає|дають|дасть|дадуть|вно\w+|"
    r"внес\w+|припада\w+|"
    r"надійд\w+)\b",
    re.IGNORECASE,
)
