"""Things that no table knows, by the number before them: `200 trailers`, `14 AS-90`, `30 наземних роботів`."""

import re

from tracker.lib.proposing.reading.cues import DE, EN, UK

_STOPS = {
    EN: "for to in of and will would from with by at on as or which that is are have has had were was than per a "
        "an the its their "
        "into over under after before since until while but also it they who more less worth each this these "
        "those not no via through against "
        "among between during about around during if can could may might be been being said says",
    DE: "und oder für in im an am auf aus bei mit nach von vom zu zum zur über unter sowie die der das den dem "
        "des je pro als bis seit "
        "um wird werden wurde wurden ist sind hat haben nicht",
    UK: "і й та у в на з із зі до для від за про при під над що які який яка яке та а але або не буде будуть було "
        "був є має мають разом "
        "загальною вартістю на цьому цього",
}  # fmt: skip
_NO_THINGS = {
    EN: r"(?:diplomats?|officials?|sources?|spokes|reporters?|journalists?|politicians?|lawyers?|observers?|"
    r"senators?|envoys?|"
    r"advisers?|analysts?|guests?|visitors?|residents?|rounds? of|batch|loads?\b|lots?\b|times?|votes?|seats?|"
    r"members?|ministers?|countr|"
    r"states?$|nations?|allies|partners?|people|persons|civilians|"
        r"employees|staff$|workers|"
        r"percent|times|hours|days|nights?|weeks?|months?|years?|miles?|kilomet|met(?:re|er)s|minutes|points?|"
        r"articles?|companies|firms?|"
        r"governments?|capitals?|lawmakers|MPs|deaths?|casualties|refugees|jobs|sites?|sorties?|occasions|attacks|"
        r"incidents|violations|parties|"
        r"delegations?|leaders|heads|groups|regions|cities|towns|villages|drawdowns|packages?|tranches?|"
        r"instalments?|steps|ways|meetings?|"
        r"flights?|others?|pages|readers|bases?|crowns|kron\w+|euros?|dollars?|pounds|cents|billions?|millions?|"
        r"thousands?|dozens?|"
        r"hundreds|children|women|men$|families|schools|hospitals|buildings|months|phases?|halves|quarters?|"
        r"thirds?|fifths?|signatories|experts?)",
    DE: r"(?:Diplomat|Beamt|Quellen|Sprecher|Reporter|Journalist|Politiker|Beobachter|Senator|Berater|Analyst|Gäste|"
    r"Einwohner|Stimmen|Sitze|Mitglied|Minister|Länder|Staaten|Nationen|Partner|Verbündete|Menschen|Personen|"
        r"Zivilist|Mitarbeiter|Beschäftigte|Angestellte|"
        r"Prozent|Mal$|Stunden?|Tage|Nächte|Wochen?|Monate|Jahre|Kilometer|Meter|Minuten|Punkte|Firmen|"
        r"Unternehmen|Regierung|Abgeordnete|Tote|"
        r"Verletzte|Flüchtling|Euro|Kronen|Dollar|Pfund|Millionen|Milliarden|Mio|Mrd|Tsd|Uhr|Angriff|Vorfäll|"
        r"Pakete?|Treffen|Grad|Orte|Städte|Drittel|Viertel|"
        r"Fraktion|Kinder|Frauen|Familien|Stützpunkt|Region|Seiten|Einsätze|Verletzung|Delegation|Kilo|Jets? der|"
        r"Phase|Experten|Schritte|Teilnehmer)",
    UK: r"(?:чверт|третин|половин|дипломат|чиновник|посадов|джерел|журналіст|політик|спостерігач|сенатор|радник|"
        r"аналітик|гост|голос|місц|"
    r"член|міністр|країн|держав|націй|партнер|союзник|людей|людин|осіб|осо|цивільн|працівник|"
        r"співробітник|відсот|раз|годин|дн|ноч|"
        r"тижн|місяц|рок|рік|кілометр|метр|хвилин|пункт|компан|підприємств|уряд|депутат|загибл|поранен|біженц|"
        r"євро|крон|долар|фунт|мільйон|мільярд|"
        r"млн|млрд|тис|атак|інцидент|випадк|порушен|пакет|транш|зустріч|засідан|міст|сіл|регіон|дітей|жінок|родин|"
        r"баз|етап|учасник|делегац|експерт|столиц|мешканц)",
}  # fmt: skip
_WORD = re.compile(r"\s([^\W_][\w’'ʼ./-]*)")
_MODEL = re.compile(r"(?:[A-ZА-ЯЄІЇҐ]{1,}[\w./-]*\d[\w./-]*|[A-Z]{2,}[\w-]*|\d[A-Z]\w*)$")
_MAX_WORDS = {EN: 5, DE: 5, UK: 4}
_ENGLISH_PLURAL = re.compile(r"(?:[a-z]{2,}s|[a-z]*craft|[a-z-]*(?:ammunition|equipment|munitions?|kit|gear))$")
_UKRAINIAN_VERB = re.compile(r"(?:уть|ють|ять|ать|ться|ли|лися|лась)$")
_GERMAN_ADJECTIVE = re.compile(r"[a-zäöüß-]+(?:e|en|er|es|em)$")


def counted_phrase(text: str, end: int, language: str) -> tuple[int, str] | None:
    """Return where the noun ends that a number up to `end` counts, and its words; None where it counts none."""
    words: list[tuple[int, str]] = []
    at = end
    while len(words) < _MAX_WORDS[language]:
        match = _WORD.match(text, at)
        if (
            match
            and match[1] == "and"
            and words
            and words[-1][1][0].isupper()
            and re.match(r" and [A-Z]", text[at : at + 6])
        ):
            at = match.end()
            continue
        if (
            match is None
            or match[1].lower() in _STOPS[language].split()
            or (match[1][0].isdigit() and not _MODEL.match(match[1]))
        ):
            break
        word = match[1].rstrip(".’'")
        if language == UK and _UKRAINIAN_VERB.search(word):
            break
        at = match.start() + 1 + len(word)
        words.append((at, word))
        if at < match.end():
            break
    head = _head(words, language)
    if (
        head is None
        or any(re.match(_NO_THINGS[language], words[at][1]) for at in {head, *_nouns(language)})
        or "#" in text[end : words[head][0]]
    ):
        return None
    return words[head][0], " ".join(word for _at, word in words[: head + 1])


def _nouns(language: str) -> tuple[int, ...]:
    """Return which word besides the last is a noun: in Ukrainian the first, before a genitive."""
    return (0,) if language == UK else ()


def _head(words: list[tuple[int, str]], language: str) -> int | None:
    """Return which of the words is the noun, with what belongs to its name."""
    if language == UK:
        return len(words) - 1 if words and re.match(r"[а-яіїєґ]", words[0][1]) else None
    head = None
    for at, (_end, word) in enumerate(words):
        if (
            _MODEL.match(word)
            or (language == EN and _ENGLISH_PLURAL.search(word))
            or (language == DE and word[0].isupper())
        ):
            head = at
        elif head is not None or (language == DE and not _GERMAN_ADJECTIVE.match(word)):
            break
    return head
