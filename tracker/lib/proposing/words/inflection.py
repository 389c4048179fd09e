"""The forms of English verbs, so that a table needs the verb only."""

import re

PARTICIPLE = (
    r"(?:[a-z]{2,}ed|given|sent|paid|lent|bought|put|made|taken|gone|come|said|told|brought|set|spent|found|left|"
    r"sold|built|lost|got|had|laid|held|kept|met|flown|driven|begun|won|meant|cut|let|led|shown|drawn|grown|written)"
)
"""The past participle of any regular verb, and of those irregular ones of which news is told."""
_VOWELS = "aeiou"
_DOUBLED = ("put", "ship", "chip", "commit", "transfer", "grant in")


def verbs(*words: str) -> str:
    """Return a pattern of all forms of verbs; what is irregular follows the verb: `give gave given`."""
    return "|".join(
        sorted({form for word in words for form in _forms(*word.split())}, key=lambda form: (-len(form), form))
    )


def _forms(verb: str, *irregular: str) -> list[str]:
    stem = verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb
    if re.search(rf"[^{_VOWELS}]y$", verb):
        return [verb, f"{verb[:-1]}ies", f"{verb}ing", *(irregular or (f"{verb[:-1]}ied",))]
    if verb in _DOUBLED:
        stem += verb[-1]
    third = f"{verb}es" if re.search(r"(?:s|x|ch|sh|o)$", verb) else f"{verb}s"
    return [verb, third, f"{stem}ing", *(irregular or (f"{stem}ed" if not verb.endswith("ee") else f"{verb}d",))]
