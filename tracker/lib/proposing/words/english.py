"""What English texts say is done, how sure it is, and whether it is a fact at all: patterns of words."""

from tracker.lib.proposing.words.inflection import verbs

_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"

CUES = {
    "unstated": r"did not say how many|does not say how many|(?:is|are|was|were) not (?:stated|mentioned|"
    r"disclosed|given|named|made public)|not disclosed|undisclosed|number of which is secret"
    r"|not only|not just|no fewer than|no less than|not later than|no later than|not more than|no more than|"
    r"nobody was hurt|no shots were fired|(?:did|would|does|will) not (?:say|specify|disclose|name|go into) "
    r"(?:when|how|which|what|where|the)[^.,;]*",
    "negated": r"\b(?:will|would|does|did|do|is|are|was|were|has|have|had|can|could|should|must|may|might) (?:also |"
    r"still |yet |currently )?not\b|\bcannot\b|\bwon't\b|n't\b|\bnever\b|\bno (?:plans|intention|decision|new "
    r"money|new|"
    r"such|combat|aircraft|jets|tanks|missiles|longer|majority)|\bnot (?:be|been|proposing|going to|planning|part "
    r"of|yet|a single)\b|"
    r"\brul(?:e|es|ed|ing) out|\brefus\w+|\bdeclin(?:e|ed|es|ing)\b|\bden(?:y|ied|ies|ying)\b|\bturn(?:s|ed)? down|"
    r"\b(?:gave|offered|brought|added|promised|plans|did|said|announced) nothing|\bnothing (?:more|new|has)|"
    r"^\W*(?:[\w ]+: )?(?:no|nothing|none)\b|\bnone\b|\b(?:is|are|was|were) (?:untrue|false|incorrect|wrong|fake|"
    r"not true)\b|\bwithout (?:offering|giving|committing)|"
    r"\breject(?:s|ed|ing)?\b|\bneither\b|\bstop(?:s|ped) short|\bdismiss(?:es|ed)\b|\bunlikely\b|\bno one\b|"
    r"\bvoted? (?:down|against)\b|\bput off\b|\bpostpon\w+|\bshelved\b|\bfell through\b|\bfail(?:s|ed) to\b|"
    r"\bopposes?\b|\bblock(?:s|ed)\b|\bstalled\b|\bdid not get\b",
    "total": r"\bsince (?:the |February |early |its |it |Russia|last |then|we|we've)|\bsince 20[12]\d\b|\bso far\b|"
    r"^\W*In (?:total|all|sum)\b|\bby comparison\b|\bbetween 20\d\d and 20\d\d\b|\bsums? of (?:the|all)|"
    r"\badd(?:s|ed)? up to\b|\bmounts? up to\b|"
    r"(?<!\ba )(?<!\bin )\btotal(?:s|led|ling|ed)?\b|\bin all\b|\ball told\b|\baltogether\b|\boverall\b|"
    r"\bcombined (?:value|total|worth)|\bcumulative|\bnow (?:exceeds|stands|tops)|\b(?:has|have) been committed|"
    r"\bha(?:s|ve) now (?:committed|provided|given|pledged|donated|spent)\b[^.]*\bin total\b|"
    r"\b(?:has|have) (?:now |already |thus far )?(?:provided|given|pledged|sent|donated|committed|spent|supplied|"
    r"contributed|delivered|allocated)\b[^.]*\b(?:since|so far|to date|over the (?:past|last)|in the (?:past|last))\b|"
    r"\balready (?:pledged|stands|exceeds|amounts)\b|\bhave provided|\bhave (?:together|jointly) (?:given|"
    r"contributed|pledged|spent)|\bper (?:capita|head)\b|\bof (?:the|all) (?:aid|support)\b|"
    r"\bcomes? to (?:approximately|about|some|more|nearly|almost|over)|\bbrings? (?:the|its|total|their|our)\b|"
    r"\bto date\b|"
    r"\bcome to\b|\bcame to\b|\bby the end of the year.*\bwill have|\bone of the (?:largest|biggest|highest)\b|"
    r"\bover the (?:past|last) (?:\w+ )?(?:years|months)\b|\b(?:has|have) (?:earmarked|set aside|"
    r"budgeted)[^.]*\bthis year\b|\b(?:has|have) been (?:reserved|earmarked|set aside|budgeted)\b|\bby (?:our|its|"
    r"their) (?:own )?count\b|\bKiel Institute\b|\bthink[- ]tank\b",
    "restated": r"\brepeat(?:ed|s|ing)\b|\breiterat\w+|\brecall\w*\b|\breaffirm\w*|\bremind(?:s|ed)\b|\bpreviously\b|"
    r"\bearlier (?:pledge|package|announced|promised)|\bpromised earlier\b|"
    r"\bhad (?:already |earlier |previously |also |once )?(?:pledged|promised|given|"
    r"announced|sent|asked|requested|committed|said|agreed|provided|supplied|offered|vowed|signed|donated|approved|"
    r"transferred|handed|delivered|allocated)\b|\bhas previously|\bhad been (?:paid|given|delivered|sent|promised|"
    r"pledged|allocated|announced)\b|\b(?:promised|pledged|announced)\b[^;.]*\blast month\b|\bthe sum (?:we|it|"
    r"they) announced|"
    rf"\b(?:presented|joined) in\b|\bhad received\b|\bas before\b|\bannounced (?:back )?(?:in|last) (?:{_MONTH}|"
    rf"20\d\d|year|month|spring|"
    rf"summer|autumn|"
    rf"winter)\b|"
    r"\bas (?:already )?announced (?:in|earlier)|\bannounced in (?:the )?(?:spring|summer|autumn|winter)|"
    r"\b(?:is|are|was|were) part of (?:the|a|an)\b|\balready (?:pledged|promised|announced|had|sent|agreed)\b|"
    r"\blast (?:year|spring|summer|autumn|winter)(?:'?s)?\b|\b(?:year|years|months) ago\b|\bin the spring\b(?= "
    r"that| Madrid)|\bin (?:\w+ )?20(?:2[0-4])\b|\bas in previous years|\bmost of which is spent|\bforesees\b|"
    r"\bprovides up to\b|\bunder President (?:Biden|Obama)\b|\blong[- ]promised\b|\breimburs\w+|"
    rf"\b(?:promised|pledged|announced|approved|agreed)\b[^,;.]*\bin (?:the (?:spring|summer|autumn|winter)|"
    rf"{_MONTH} last year)\b",
    "call": r"\bcount(?:s|ed|ing)? on\b|\b(?:Ukraine|Kyiv) (?:wants?|wanted|hopes?|hoped|seeks|sought|"
    r"plans) to (?:buy|get|receive)|"
    r"\b(?:daily|newspaper|tabloid|Kremlin|Moscow|Lavrov|Peskov|Putin)\b[^.,]{0,20}\b(?:claim|alleg|"
    r"assert)\w*|\bcall(?:s|ed|ing)? (?:on|for|upon)\b|\burg(?:e|es|ed|ing)\b|\bask(?:s|ed|ing)? (?:for|NATO|"
    r"allies|the|"
    r"its|to|whether|why|Washington|Berlin|Paris|London|Warsaw|Germany)\b|\bha[sd] asked\b|\bdemand(?:s|ed|ing)\b|"
    r"\bhop(?:e|es|ed|ing)\b|\bshould\b(?! the| follow| arrive| reach| be (?:delivered|handed|ready|in))|\bought "
    r"to\b|\bwants? (?:the|its|NATO|allies|Germany|Berlin|Washington) \w+ ?to\b|"
    r"\brequest(?:s|ed)\b(?! consult)|\bappeal\w*|\bwould like\b|\bcould do more|\breports that\b|\bpress(?:ed|es)\b|"
    r"\baccording to (?:rumours|media|unconfirmed|press|unnamed)|\brumou?r\w*|\bopposition\b|\bunconfirmed|\boff "
    r"the record\b|"
    r"\bon condition of anonymity\b|\bsources? (?:said|say|close)|\bspeculat\w+|\blobby\w*|\bplead(?:s|ed)?\b|"
    r"\bimplor\w+|"
    r"\binvites?\b|\bencourag(?:es|ed)\b|\bargu(?:es|ed)\b|\bsuggest(?:s|ed)\b|\brecommend(?:s|ed)\b|\bamendment\b|"
    r"\bmotion\b|\bin exchange for\b.*\bwould have\b|\bwould have\b|\bwould (?:need|cost|require|take)\b|\bimagine\b|"
    r"\bif only\b|\bwere to\b|\bsuppose\b|"
    r"\bapproved the (?:possible )?sale\b|\b(?:potential|possible) role\b|\btasked with\b|"
    r"\b[Tt]he (?:initiative|coalition|mechanism) aims",
    "considered": r"\bconsider(?:s|ing|ed)?\b|\bexamin(?:e|es|ing)\b|\blook(?:s|ing)? (?:at|into)\b|\bexplor(?:e|es|"
    r"ing)\b|\bin (?:\w+ )?(?:talks|discussions|negotiations)\b|\bmay\b(?! 20)|\bmight\b|\bcould\b|"
    r"\bthinking (?:about|of)\b|\bweigh(?:s|ing)\b|\bstudying\b|\bdiscuss(?:es|ing)\b|\bopen to\b|\bready to double|"
    r"\bwould be (?:ready|willing|prepared)|\bmull(?:s|ing)\b|\bassess(?:es|ing)\b|\bon the table\b|\bpossibility "
    r"of\b|\bnegotiat(?:es|ing)\b|\btoy(?:s|ing) with\b|\breviewing\b",
    "planned": r"\bplan(?:s|ning|ned)? to\b|\bintend(?:s|ed)?\b|\b(?:is|are) expected\b|\bexpected to\b|"
    r"\bwants? to\b|\baim(?:s|ing)? to\b|\bpropos(?:e|es|ed|al)\b|\b(?:is|are) to (?:be|double|grow|"
    r"rise|follow)|\bwould follow\b|\bhopes to\b|\b(?:is|are) due to\b|\bwill grow|\bscheduled|\bplans for\b|"
    r"\bset to\b|\b(?:is|are) planned\b|\bprepar(?:es|ing) to\b",
    "giving": r"\b(?:"
    + verbs(
        "give gave given",
        "provide",
        "send sent",
        "supply",
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
        "release",
        "commit",
        "borrow",
        "guarantee",
        "allocate",
        "approve",
        "procure",
        "propose",
        "ship",
        "pool",
        "gift",
        "sponsor",
        "bankroll",
        "dispatch",
        "furnish",
        "equip",
        "unveil",
        "inject",
        "channel",
        "dedicate",
        "devote",
        "reserve",
        "underwrite underwrote underwritten",
        "double",
        "unlock",
        "confirm",
        "sign",
        "foot",
        "subsidise",
        "refurbish",
        "overhaul",
        "hand",
    )
    + r"|set(?:s|ting)? aside|contributions?|donations?|grants?|chip(?:s|ped|ping)? in|part(?:s|ed|ing)? with|"
    r"mak(?:e|es|ing|ed) (?:[^.]{0,60} )?available|made (?:[^.]{0,60} )?available|put(?:s|ting)? "
    r"[^.]{0,50}\b(?:into|towards?|in|up)|gets?|got|receiv(?:es|ed|ing)|join(?:s|ed|ing)?|step(?:s|ped|ping)? up|"
    r"top(?:s|ped|ping)? (?:\w+ )?up|"
    r"present(?:s|ed)?|go(?:es|ing)? (?:to|into|towards?|through)|went (?:to|into|towards?)|worth|amounts? to|"
    r"receive)\b|"
    r"\bin preparation\b|\bplanned deliveries\b|\bpackage (?:of|includes|contains)|launch(?:es|ed)? (?:a|an|its) "
    r"[^.]{0,25}package|package,? [^.]{0,25}includes?\b",
    "delivered": r"\b(?:delivered|handed (?:over|to)|turned over|arrived|reached (?:Ukraine|Kyiv|the front|\w+ soil)|"
    r"received|taken (?:delivery|possession)|crossed into Ukraine|(?:finished|completed) delivering|"
    r"complet(?:ed|es) (?:the |its )?(?:delivery|handover|"
    r"transfer)|shipped|unloaded|landed in|transferred(?! (?:€|\$|£|[A-Z]{3} ?\d|[\d.,]+ (?:million|billion|bn)))|"
    r"now in (?:Ukraine|Ukrainian hands)|took delivery|put into service|entered service)\b",
    "coming": r"\b(?:(?:to|will|would|should|can|must) be (?:handed over|delivered|shipped|transferred|sent)|"
    r"follow in|handover (?:starts|begins)|"
    r"(?:handover|deliver(?:y|ies)|shipments?) (?:of [\w -]+ )?(?:will |is to |are to |is due to |should "
    r")?(?:start|begin|take place|follow)s?|"
    r"(?:will|to|should|would) (?:arrive|reach|land|follow|come)|(?:is|are) due|arriv(?:es|ing) (?:in|by|next)|"
    r"(?:is|are) expected (?:in|by|to (?:arrive|reach|follow|be (?:delivered|handed over|shipped|transferred)))|"
    r"deliver(?:y|ies) (?:is|are) (?:planned|scheduled|expected|due)|"
    r"scheduled for delivery|(?:will|to|should) (?:fly|go|leave|ship|sail) (?:to|for) (?:Ukraine|Kyiv)|should "
    r"(?:follow|arrive|reach)|will get (?:there|to)|will come to|(?:is|are) (?:at sea|on (?:its|their) way|under "
    r"way|en route))\b",
    "contract": r"\bcontract(?:s|ed)?\b(?! worth of)|\bsigned? (?:a |an )?(?:\w+ )?(?:contract|order|deal with)\b|"
    r"\b(?:an |the |its )?orders? (?:for|from|worth|of|value)\b|\borders?\b(?=\s(?:[\d£€$]|\w+ (?:hundred|"
    r"thousand|million|dozen)))|"
    r"\b(?:has|have|had|was|were|been|is|are) ordered\b|\bordered\b|\bplac(?:ed|es|ing) (?:an|a) (?:\w+ )?order",
    "agreed": r"\b(?:government|cabinet|parliament|riksdag|storting|council|leaders|congress|lawmakers|senate|"
    r"chamber|house|MPs|"
    r"president of the republic|committee|assembly|seimas|saeima|sejm|bundestag)\b[^.]*\b(?:decid(?:ed|es)|"
    r"approv(?:ed|es|al)|adopt(?:ed|s)|pass(?:ed|es)|back(?:ed|s)|clear(?:ed|s)|vot(?:ed|es))\b|"
    r"\bapproved\b|\bagree(?:d|s)\b|\bsigned (?:an? )?(?:\w+ )?(?:agreement|memorandum|deal|letter|accord|"
    r"declaration|pact)|\bdecided\b|\badopted\b|\bgreen[- ]lit\b|\bgreenlight(?:ed|s)\b|\bgreen light\b|\bsigned off\b",
    "allocated": r"\ballocat(?:ed|es|ion|ing)\b|\bearmark(?:ed|s)\b|\bdrawdown\b|\bfrom (?:the|its|our|a|an) "
    r"(?:[\w-]+ ){0,3}(?:fund|reserve|budget|facility)\b|"
    r"\bbudget line\b|\breleas(?:ed|es)\b|\bout of (?:the|its) (?:[\w-]+ ){0,2}(?:fund|budget|loan|reserve)\b",
    "paid": r"\bdisburs\w+|\bpaid\b(?! for\b)|\bpaid out\b|\b(?:had |has |have )?transferred (?:€|\$|£|USD|EUR|"
    r"another|[\d])|\bwired\b|\bpayment of\b|\btranche of\b[^.]*\b(?:arrived|reached)\b|\breceived\b[^.]*\b(?:tranche|"
    r"instalment)\b",
    "cancelled": r"\bcalled off\b|\bterminat(?:ed|es)\b|\bcancel(?:s|led)\b|\bwithdr(?:aw|ew|aws|awing|awn)\b|"
    r"\bsuspend(?:s|ed|ing)\b|"
    r"\bpaus(?:e|es|ed|ing)\b|\bstopped the\b|\b(?:has|have) stopped\b|\bhalt(?:s|ed|ing)?\b|\bscrapp?(?:s|ed|ing)\b|"
    r"\bfr(?:eezes|oze|ozen)\b(?! (?:Russian|assets))|\bpull(?:s|ed|ing)? (?:[^.]{0,40} )?out|\bbacks? out\b|"
    r"\bleft for home\b|\bback home\b|\bbacked out\b|"
    r"\brevok(?:es|ed)\b|\brescind(?:s|ed)\b|\baxed?\b|\bdropped (?:its|the) plan|\bended? (?:its|the) (?:\w+ "
    r")?(?:deployment|programme)",
    "deploying": r"\bdeploy\w*|\bstation(?:s|ed|ing)?\b|\bbas(?:ed|es)\b(?= at| in| on)|\bpatrol\w*|\bguard(?:s|ed|"
    r"ing)?\b|\bair policing\b|\bpoliced?\b|\brotation\b|\brotat(?:es|ed|ing)\b|\breliev(?:e|es|ed|ing)\b|\btak(?:e|es|"
    r"ing) over\b|\btook over\b|\bsteps? in\b|\bkeeps?\b|\btake part\b|\bparticipat\w+|\btakes part|\bsend(?:s|"
    r"ing)?\b|\bsent\b|\bcontribut(?:e|es|ing)\b|\bjoin(?:s|ed|ing)?\b|\bwill stay\b|\bremain(?:s|ed)?\b|"
    r"\boperat(?:es|ed|ing) from\b|\boperate from\b|\bflew\b|\bfl(?:y|ies|ying)\b|\bmov(?:e|es|ed|ing)\b|"
    r"\breloca\w+|\bprotect(?:s|ion|ing)?\b|"
    r"\barrived (?:at|in)\b|\bwould follow\b|\bparticipants\b|\breinforce\w*|\breplac(?:e|es|ed|ing)\b|\bleft at\b|"
    r"\bdocked\b|\blent\b|\blends\b|\bdispatch\w*|\breturn(?:s|ed|ing)?\b|\bdeployment\b|\bhost(?:s|ed|ing)?\b|"
    r"\bextend(?:s|ed|ing)?\b|\bserv(?:e|es|ed|ing)\b|\boperat(?:e|es|ed|ing)\b|\bleft for \w+|\bback home\b|"
    r"\bbring(?:s|ing)?\b|\bput\b|\bare (?:already )?(?:here|there)\b",
    "meeting": r"\bvideo(?:conference| call)\b|\bmeet(?:s|ing|ings)?\b|\bmet\b|\bconven(?:e|es|ed|ing)\b|"
    r"\bgather(?:s|ed|ing)?\b|\bopen(?:ed|s) in\b|"
    r"\btalks\b|\bnext round\b|\bsession\b|\btakes? place\b|\btook place\b|\bconferred\b|\bheld (?:a|its|"
    r"their)\b|\bsummit\b|\bwill discuss\b",
    "intruded": r"\bviolat(?:e|ed|es|ing|ion|ions)\b|\benter(?:ed|s|ing)\b|\bcross(?:ed|es|ing)\b|\bintru\w+|"
    r"\bincursion\w*|\bcircled (?:over|above)\b|\bflew (?:into|over|through|above|across)\b|\b(?:crashed|fell|"
    r"landed|exploded) (?:in|into|on|near|inside)\b|"
    r"\bstrayed (?:into|over)\b|\bbreach(?:ed|es)\b|\bpenetrat\w+|\bcame down (?:in|on|near)\b|\b(?:seen|spotted|"
    r"sighted|detected|observed|tracked|reported|shot down|downed)\b[^.]*\b(?:over|near|above|inside|at|in)\b|"
    r"\bshut (?:down )?\w+ airport|\bhovered\b|\bbuzzed\b|\bloitered\b",
    "founded": r"\blaunch(?:ed|es|ing)?\b|\bfound(?:ed|s)\b|\bset(?:s|ting)? up\b|\bestablish(?:ed|es|ing)?\b|"
    r"\bcreat(?:ed|es|ing)\b|\bunveil\w+|\bform(?:ed|s) (?:a|an)\b|\bpropos(?:e|es|ed|ing)\b|\binitiat(?:ed|es)\b|"
    r"\binaugurat\w+|\bmandate\b|\bnew (?:[\w-]+ ){0,3}(?:operation|mission|initiative|fund|programme|coalition|"
    r"facility|mechanism)\b",
    "needing": r"(?<!'s )(?<!’s )(?<!urgent )(?<!its )(?<!their )(?<!defence )\bneeds?\b|\bneeded (?=another|"
    r"at least|about|some|more|\d)|\bwants?\b(?= (?:another|"
    r"more|at least|about|some|\d))|\brequires?\b|\bin need of\b|\blacks\b|\bis short of\b",
    "each": r"\beach\b|\bapiece\b|\brespectively\b(?=x)",
    "jointly": r"\bjoint(?:ly)?\b|\btogether\b",
    "secret": r"undisclosed|not (?:be )?disclosed|secret|classified|does not say|for (?:operational|security) reasons|"
    r"will not say how many|does not disclose|withheld",
    "buying": r"\b(?:" + verbs("buy bought", "purchase", "order", "procure", "acquire") + r"|purchase of|order "
    r"for)\b",
    "own": r"\bfor (?:its|their|our) own\b|\bfor (?:itself|themselves|the \w+ (?:own )?(?:navy|army|air force|"
    r"armed forces|military|fleet|marines|forces|coast guard))\b|"
    r"\bto replace (?:its|their|the)\b|\bown (?:use|needs|forces|defence)\b|\bdestined for the (?!Ukrain)\w+ "
    r"(?:army|navy|air force|armed forces)\b|\bits own (?:army|navy|air force|fleet|stocks? of)\b|\bdefence "
    r"spending\b|\bdefence budget\b",
    "handing": r"\b(?:"
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
    "hypothesis": r"\b(?:imagine|suppose|if only|had (?:it|they|he|she)\b[^.]*\bwould)\b|^\W*Had\b|^\W*Were\b",
    "getting": r"\b(?:gets?|got|getting|receiv(?:e|es|ed|ing)|obtain(?:s|ed)?)\b",
    "part": r"^\W*(?:(?:the bulk|most|half|a (?:third|quarter|part|portion)|part|some|the (?:rest|remainder|"
    r"lion's share)|"
    r"two thirds|the majority) of (?:it|this|that|the (?:money|sum|total|amount|funds|package|funding))|of "
    r"(?:this|that|these|the (?:sum|total|money|amount))|"
    r"the (?:rest|remainder|balance)|the (?:money|sum|funds|funding|package|aid|amount) (?:is|are|will|goes|"
    r"covers|includes|comes|also|was))\b",
    "denies": r"\b(?:denied|denies|dismissed|rejected|refuted) (?:this|that|it|the (?:report|claim|rumou?r)s?|such)\b",
    "nameless": r"^\W*(?:(?:an?|one|some|several|many|few|other|another|two|three|four|various|most|all|more|unnamed|"
    r"an unnamed|a (?:larger|smaller|western|european|nato|number of|group of)) )+(?:[\w-]+ ){0,2}(?:ally|allies|"
    r"countr(?:y|ies)|states?|nations?|members?|partners?|governments?|capitals?|officials?|diplomats?|customers?|"
    r"clients?|donors?|lawmakers?|experts?|analysts?|observers?|companies|company|firms?|contractors?)\b|"
    r"^\W*(?:critics|analysts|experts|observers|lawmakers|volunteers|donors|investors|opposition|the (?:company|"
    r"firm|manufacturer|group|opposition|"
    r"institute|think[- ]tank|alliance|customer|plant|factory|newspaper|report|survey|shares?|order backlog|frozen))\b",
}

CONDITIONS = (
    r"(?:\bif (?!it|they\b)[^.;\n]*|\bif they\b[^.;\n]*|\bprovided (?:that )?(?!by|to|for|with)[^.;\n]*|"
    r"\bproviding (?:that )[^.;\n]*|\bon (?:the )?condition that[^.;\n]*|"
    r"\bas long as (?!it takes)[^.;\n]*|\bonce [^.;\n]*|\bsubject to[^.;\n]*|\bshould the [^.;\n]*|\bunless "
    r"[^.;\n]*|\bpending [^.;\n]*)"
)
