"""What English texts say is done, and how sure it is: patterns of words."""

from tracker.lib.proposing.words.english_deliveries import DELIVERIES
from tracker.lib.proposing.words.english_events import EVENTS
from tracker.lib.proposing.words.english_no_facts import NO_FACTS
from tracker.lib.proposing.words.inflection import PARTICIPLE, verbs

CUES = (
    NO_FACTS
    | EVENTS
    | DELIVERIES
    | {
        "considered": r""
        r"\bcheck(?:s|ing)\s+(?:whether|if)\b|"
        r""
        r"\bcontemplat\w+|\bdebat(?:es?|ing)\b|\bevaluat(?:es?|ing)\b|\bponder(?:s|ing)?\b|"
        r"\bdeliberat(?:es?|ing)\b|\bcheck(?:s|ing) (?:whether|if)\b|"
        r"\b(?:not|n['’]t) (?:yet )?rul(?:e|es|ed|ing) out\b|\byet to decide\b|"
        r"\bunder (?:consideration|review|discussion|examination)\b|\bleaning towards?\b|"
        r"\b(?:float(?:s|ed|ing)|entertain(?:s|ing)) the idea\b|"
        r""
        r"\bdecid(?:e|es|ing|ed) (?:whether|if)\b|"
        r"\b(?:not (?:yet )?|un)decided (?:whether|if)\b|\bweigh(?:s|ing)? (?:up )?whether\b|"
        r"\bma(?:de|ke|kes|king) up (?:its|their|his|her) minds? (?:whether|if)\b|"
        r"\bconsider(?:s|ing|ed)?\b|\bexamin(?:e|es|ing)\b|\blook(?:s|ing)? (?:at|into)\b|\bexplor(?:e|es|"
        r"ing)\b|\bin (?:\w+ )?(?:talks|discussions|negotiations)\b|(?-i:\bmay\b)|\bmight\b|\bcould\b|"
        r"\bthinking (?:about|of)\b|\bweigh(?:s|ing)\b|\bstudying\b|\bdiscuss(?:es|ing)\b|\bopen to\b|\bready to "
        r"double|"
        r"\bwould be (?:ready|willing|prepared)|\bmull(?:s|ing)\b|\bassess(?:es|ing)\b|\b(?:is|are|was|were|"
        r"remain\w*|options?)\b[^.,]{0,20}\bon the table\b|\bpossibility "
        r"of\b|\bnegotiat(?:es|ing)\b|\btoy(?:s|ing) with\b|\breviewing\b",
        "planned": r""
        r"\babout to\b|\blikely to\b|\bpoised to\b|\bon (?:course|track) to\b|\bget(?:s|ting) ready to\b|"
        r"\bgear(?:s|ing) up to\b|\bha(?:s|ve) plans to\b|\bmeans to\b|\bseeks to\b|"
        r"\blook(?:s|ing) to (?:send|give|deliver|supply|donate|buy|provide)\b|\benvisag\w+|"
        r"\bplan(?:s|ning|ned)? to\b|\bintend(?:s|ed)?\b|\b(?:is|are) expected\b|\bexpected to\b|"
        r"\bwants? to\b|\baim(?:s|ing)? to\b|\bpropos(?:e|es|ed|al)\b|\b(?:is|are) to (?:be|double|grow|"
        r"rise|follow)|\bwould follow\b|\bhopes to\b|\b(?:is|are) due to\b|\bwill grow|\bscheduled|\bplans for\b|"
        r"\bset to\b|\b(?:is|are) planned\b|\bprepar(?:es|ing) to\b",
        "giving": r""
        r"\b(?:guarantee[sd]?|underwrit(?:e|es|ing|ten)|underwrote|bankroll\w*|subsidis\w+|subsidiz\w+|sponsor\w*|defray\w*)\b|"
        r""
        r"\bput(?:s|ting)? [^.]{0,60}\bon the table\b|"
        r"\bpackage\b[^.,]{0,20}\b(?:consists?|comprises?|is made up|holds|spans|counts|contains?|has|"
        r"brings)\b|\breplac(?:es|ed|ing) (?:them|it|these)\b|"
        r"\b(?:loan|grant|donation|gift)s? (?:of|worth)\b|\blet(?:s|ting)? (?:Ukraine|Kyiv) have\b|"
        r"\bFrom\b[^.]*\bcomes?\b|\bcomes? from\b|\bsplit(?:s|"
        r"ting)?\b|\bshar(?:e|es|ing) (?:the|its|"
        r"their) (?:cost|bill|burden)|\b(?:followed by|next comes|tops the|heads the|leads the)\b|\bwav(?:e|es|"
        r"ed) through\b|\bput forward\b(?! an? (?:plan|proposal|idea))|\battach(?:es|ed)?\b|"
        r"\bleav(?:e|es|ing)\b|\b(?:"
        + verbs(
            "give gave given",
            "provide",
            "send sent",
            "supply",
            "release",
            "bring brought",
            "shoulder",
            "donate",
            "contribute",
            "spend spent",
            "pay paid",
            "finance",
            "fund",
            "deliver",
            "transfer",
            "lend lent",
            "add",
            "pledge",
            "promise",
            "announce",
            "offer",
            "earmark",
            "bear bore borne",
            "cover",
            "repair",
            "train",
            "treat",
            "grant",
            "invest",
            "buy bought",
            "purchase",
            "commit",
            "borrow",
            "allocate",
            "approve",
            "procure",
            "propose",
            "ship",
            "gift",
            "equip",
            "unveil",
            "double",
            "confirm",
            "sign",
            "refurbish",
            "overhaul",
            "hand",
            "extend",
            "raise",
            "mend",
            "restore",
            "rebuild rebuilt",
            "service",
            "carry",
            "meet met",
            "channel channelled channeled",
            "dedicate",
            "devote",
            "funnel funnelled",
            "furnish",
            "guarantee",
            "inject",
            "pour",
            "plough",
            "pool",
            "pump",
            "reserve",
            "sponsor",
            "subsidise",
            "underwrite underwrote underwritten",
            "divert",
            "mobilise",
            "volunteer",
            "vow",
        )
        + r"|(?:pick|cough|stump|put|free)(?:s|d|ed|ting|ped)? up|(?:fork|shell|lay|pay|loan)(?:s|ed|ing)?(?: it)? out|"
        r"(?:ma(?:k|d)e|tak(?:e|es|ing)|took|mak(?:es|ing)|pass(?:es|ed)?|sign(?:s|ed)?) (?:over|on)|(?:pitch|throw|"
        r"kick)(?:e?s|ed)? in|"
        r"(?:is|are) (?:paid|going) in(?:to)?\b|to the tune of|"
        r"set(?:s|ting)? aside|contributions?|donations?|grants?|chip(?:s|ped|ping)? in|part(?:s|ed|ing)? with|"
        r"(?:destined|earmarked|bound|meant|intended|slated) for|(?:c[oa]me|coming) up with|sign(?:s|ed)? over|"
        r"mak(?:e|es|ing|ed) (?:[^.]{0,60} )?available|made (?:[^.]{0,60} )?available|put(?:s|ting)? "
        r"[^.]{0,50}\b(?:into|towards?|in|up)|gets?|got|receiv(?:es|ed|ing)|join(?:s|ed|ing)?|step(?:s|ped|ping)? up|"
        r"top(?:s|ped|ping)? (?:\w+ )?up|"
        r"present(?:s|ed)?|go(?:es|ing)? (?:to|into|towards?|through)|went (?:to|into|towards?)|worth|amounts? to|"
        r"receive)\b|"
        r"\bin preparation\b|\bplanned deliveries\b|\bpackage (?:of|includes|contains)|launch(?:es|ed)? (?:a|an|its) "
        r"[^.]{0,25}package|package,? [^.]{0,25}includes?\b",
        "taking": r"\b(?:"
        + verbs(
            "cost cost",
            "need",
            "require",
            "lose lost",
            "own",
            "possess",
            "produce",
            "build built",
            "earn",
            "export",
            "import",
            "owe",
            "employ",
            "operate",
            "estimate",
            "expect",
            "fire",
            "launch",
            "destroy",
            "claim",
            "suffer",
            "collect",
            "save",
            "raise",
            "field",
            "want",
            "ask",
            "request",
            "receive",
            "obtain",
            "sell sold",
            "charge",
            "shoot shot",
            "hit",
            "attack",
            "kill",
            "count",
            "host",
            "house",
            "import",
            "seize",
            "capture",
            "say said",
            "use",
            "keep kept",
            "see saw seen",
            "intercept",
            "down",
        )
        + rf")\b|\b(?:has|have|had|is|are|was|were)\b(?!\s(?:[\w-]+\s)?(?:{PARTICIPLE}|[a-z]+ing|to|due)\b)",
        "contract": r"\bon order\b|\bcontract(?:s|ed)?\b(?! worth of)|\bsigned? (?:a |an )?(?:\w+ )?(?:contract|order|"
        r"deal with)\b|"
        r"\b(?:an |the |its )?orders? (?:for|from|worth|of|value)\b|\borders?\b(?=\s(?:[\d£€$]|\w+ (?:hundred|"
        r"thousand|million|dozen)))|"
        r"\b(?:has|have|had|was|were|been|is|are) ordered\b|\bordered\b|\bplac(?:ed|es|ing) (?:an|a) (?:\w+ )?order",
        "agreed": r"\b(?:government|cabinet|parliament|council|committee)\b[^.]*\bauthori[sz](?:ed|es)\b|"
        r"\b(?:government|cabinet|parliament|riksdag|storting|council|leaders|congress|lawmakers|senate|"
        r"chamber|house|MPs|"
        r"president of the republic|committee|assembly|seimas|saeima|sejm|bundestag)\b[^.]*\b(?:decid(?:ed|es)|"
        r"approv(?:ed|es|al)|adopt(?:ed|s)|pass(?:ed|es)|back(?:ed|s)|clear(?:ed|s)|vot(?:ed|es))\b|"
        r"\bapproved\b|\bendors(?:ed|es)\b|\bagree(?:d|s)\b|\bsigned (?:an? )?(?:\w+ )?(?:agreement|memorandum|deal|"
        r"letter|accord|"
        r"declaration|pact)|\bdecided\b|\badopted\b|\bgreen[- ]lit\b|\bgreenlight(?:ed|s)\b|\bgreen light\b|"
        r"\bsigned off\b",
        "allocated": r""
        r"\bout of (?:the |its |a )?(?:[\w'’-]+ ){0,4}(?:line|fund|budget|loan|reserve|facility|credit)\b|"
        r"\bout of the (?:[A-Z][\w-]+ ){1,3}Facility\b|\b(?:taken )?from the [\w ]{0,30}(?:share of the|"
        r"ERA) [\w ]{0,15}loan\b|"
        r"\ballocat(?:ed|es|ion|ing)\b|\bearmark(?:ed|s)\b|\bdrawdown\b|\bfrom (?:the|its|our|a|an) "
        r"(?:[\w-]+ ){0,3}(?:fund|reserve|budget|facility)\b|"
        r"\bbudget line\b|\breleas(?:ed|es)\b|\bout of (?:the|its) (?:[\w-]+ ){0,2}(?:fund|budget|loan|reserve)\b",
        "paid": r""
        r"\btransferred from\b[^.]*\bto\b|"
        r"\b(?:was|were|has been|have been) (?:wired|remitted|transferred|paid(?: out)?)\b|\bremitted\b|"
        r"\bdisburs\w+|\bpay(?:s|ing)? out\b|\btransferred to\b|(?<!is )(?<!are )(?<!be )\bpaid\b(?! for\b)|"
        r"\bpaid out\b|\b(?:had |has |have )?transferred (?:the |€|\$|£|USD|EUR|"
        r"another|[\d])|\bwired\b|\bpayment of\b|\btranche of\b[^.]*\b(?:arrived|reached)\b|"
        r"\breceived\b[^.]*\b(?:tranche|"
        r"instalment)\b",
        "cancelled": r""
        r"\breneg\w+ on\b|\babandon\w*|"
        r"\bdrop(?:s|ped|ping) (?:the|its|a|an|his|her) (?:[\w-]+ ){0,2}(?:plans?|deliver(?:y|ies)|transfers?|"
        r"promise|offer|pledge|shipments?|donation|order|contract)\b|"
        r"\bpull\w* the plug\b|\bdiscontinu\w+|\bnix(?:es|ed|ing)\b|\bditch(?:es|ed|ing)\b|"
        r"\bno longer going ahead\b|\bback(?:ing|ed) out\b|\bannul(?:s|led|ling)?\b|\bretract\w*|\btore up\b|"
        r"\btorn up\b|"
        r"\bput\b[^.]*\bon (?:ice|hold)\b|\bcancell?ing\b|"
        r"\bshel(?:ved|ves)\b|\bgone back on\b|\b(?:is|are) off\b(?=[\s,.\"”]*(?:$|[A-Z]|said|says|"
        r"tells|told))|\bwill (?:no longer|not now) (?:go ahead|happen|come)\b|\btak(?:es|en|ing) back\b|"
        r"\btook back\b|\bbacktrack\w+|"
        r"\bgiv(?:es|en|ing) up (?:on )?(?:its|the) (?:plan|offer|promise)\b|\bgave up (?:on )?(?:its|"
        r"the) (?:plan|offer|promise)\b|\bstruck\b[^.]*\boff\b|\bwill not come after all\b|\bwent back on\b|"
        r"\bcalled off\b|\bterminat(?:ed|es)\b|\bcancel(?:s|led)\b|\bwithdr(?:aw|ew|aws|awing|"
        r"awn(?! from (?:service|use|active)))\b|"
        r"\bsuspend(?:s|ed|ing)\b|"
        r"\bpaus(?:e|es|ed|ing)\b|\bstopped the\b|\b(?:has|have) stopped\b|\bhalt(?:s|ed|ing)?\b|\bscrapp?(?:s|ed|"
        r"ing)\b|"
        r"\b(?:froze|freezes|(?:has|have|was|were|been|is|are) frozen)\b(?! (?:Russian|assets))|\bpull(?:s|ed|"
        r"ing)? (?:[^.]{0,40} )?out|\bbacks? out\b|"
        r"\bleft for home\b|\bback home\b|\bbacked out\b|"
        r"\brevok(?:es|ed)\b|\brescind(?:s|ed)\b|\baxed?\b|\bdropped (?:its|the) plan|\bended? (?:its|the) (?:\w+ "
        r")?(?:deployment|programme)",
        "each": r"\beach\b|\bapiece\b|\brespectively\b(?=x)",
        "buying": r"\b(?:" + verbs("buy bought", "purchase", "order", "procure", "acquire") + r"|purchase of|order "
        r"for)\b",
        "handing": r""
        r"\b(?:financ|fund|promis|vow|earmark|furnish|releas|commit|equip|train|repair|refurbish|export)(?:e?s|e|"
        r"t?ed|p?ed|t?ing|p?ing)?\b|"
        r"\bpa(?:ys|id|ying) for\b|\bpay for\b|\bhandover\b|\bdonations?\b|"
        r"\bma(?:k|d)\w+ (?:[^.]{0,60} )?available\b|\bgrant(?:s|ed|ing)?\b|"
        r"\b(?:"
        + verbs(
            "give gave given",
            "send sent",
            "deliver",
            "provide",
            "supply",
            "donate",
            "transfer",
            "hand",
            "gift",
            "lend lent",
            "ship",
            "buy bought",
            "order",
            "purchase",
            "procure",
            "pledge",
            "offer",
            "contribute",
            "dispatch",
            "halt",
            "pause",
            "suspend",
            "cancel",
            "scrap",
            "stop",
        )
        + r"|receive|get|delivery|deliveries|shipments?|transfer|(?:put|putting) together|considering|mulling|"
        r"weighing|part(?:s|ing)? with|call(?:s|ed) off)\b",
        "getting": r""
        r"\bt(?:ake|akes|aken|ook|aking) delivery of\b|\bsigned for\b|\baccepted delivery of\b|"
        r"\b(?:gets?|got|getting(?! ready)|receiv(?:e|es|ed|ing)|obtain(?:s|ed)?)\b",
        "part": r"^\W*(?:(?:the bulk|most|half|a (?:third|quarter|part|portion)|part|some|the (?:rest|remainder|"
        r"lion's share)|"
        r"two thirds|the majority) of (?:it|this|that|the (?:money|sum|total|amount|funds|package|funding))|of "
        r"(?:this|that|these|the (?:sum|total|money|amount))|"
        r"the (?:rest|remainder|balance)|the (?:money|sum|funds|funding|package|aid|amount) (?:is|are|will|goes|"
        r"covers|includes|comes|also|was))\b",
    }
)
