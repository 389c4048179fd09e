"""Clauses that say on what a promise depends: “if others give thirty”. In English, German and Ukrainian."""

ENGLISH = (
    r"(?:\bif (?!it|they\b)[^.;\n]*|\bif they\b[^.;\n]*|(?<!be )(?<!been )(?<!is )(?<!are )(?<!was )(?<!were "
    r")(?<!has )(?<!have )(?<!had )\bprovided (?:that )?(?!by|to|for|"
    r"with|from|in|under|at|through|since|\d)[^.;\n]*|"
    r"\bproviding (?:that )[^.;\n]*|\bon (?:the )?condition that[^.;\n]*|"
    r"\bas long as (?!it takes)[^.;\n]*|\bonce (?!more|again|in\b|a\b|per|it was|upon|said)[^.;\n]*|\bsubject "
    r"to[^.;\n]*|(?:^\W*should\b|\bshould the|\b(?-i:should [A-Z]\w+))\s[^.;\n]*|\bunless "
    r"[^.;\n]*|\bpending [^.;\n]*)"
)

GERMAN = (
    r"(?:\bwenn (?!man\b)[^.;\n]*|\bfalls [^.;,\n]*|\bsofern [^.;\n]*|\bsoweit [^.;,\n]*|\bunter der (?:Bedingung|"
    r"Voraussetzung),? dass[^.;\n]*|"
    r"\bvorausgesetzt,?[^.;\n]*|\bvorbehaltlich[^.;,\n]*|\bsobald [^.;,\n]*|\bSollten? sich [^,.;\n]*|"
    r"^\W*Sollten? [^,.;\n]*|Das hängt von [^,.;\n]*|\bes sei denn,[^.;\n]*)"
)

UKRAINIAN = (
    r"(?:\bякщо [^.;\n]*|\bза умови,?\s?(?:що|якщо)?[^.;\n]*|\bу разі,? [^.;\n]*|\bщойно [^.;,\n]*|\bпісля того,? "
    r"як [^.;,\n]*(?=погод|схвал|ухвал|затверд)[^.;,\n]*)"
)
