"""Words by which a sentence says what was done, how sure it is, and whether it is a fact at all."""

import re
from functools import cache

EN, DE, UK = "en", "de", "uk"

_TABLE: dict[str, dict[str, str]] = {
    "unstated": {
        EN: r"did not say how many|does not say how many|(?:is|are|was|were) not (?:stated|mentioned|"
        r"disclosed|given|named)|not disclosed|undisclosed|number of which is secret"
        r"|not only|no fewer than|not later than|no later than|not more than|no more than|nobody was hurt",
        DE: r"Über (?:die )?(?:Anzahl|Zahl|Stückzahl)[^.]*nichts[^.]*|nicht genannt|nicht nur|"
        r"wird nicht gesagt|keine Angaben zur (?:Zahl|Anzahl)|nicht mitgeteilt|nicht später als",
        UK: r"скільки саме\s*[–-]?\s*не кажуть|не повідомля\w+|не розголошу\w+|не тільки|не лише|не пізніше|"
        r"не менше|не більше|не назва\w+|не уточнюється",
    },
    "negated": {
        EN: r"\b(?:will|would|does|did|do|is|are|was|were|has|have|had|can|could|should|must) (?:also |"
        r"still )?not\b|\bwon't\b|n't\b|\bnever\b|\bno (?:plans|intention|decision|new money|such|combat)|"
        r"\brul(?:e|es|ed) out|\brefus\w+"
        r"|\bdeclin(?:e|ed|es)\b|\bden(?:y|ied|ies)\b|\bturned? down|\bgave nothing|\boffered nothing|"
        r"\bnothing (?:more|new)|\bplans nothing|\bnone\b|\bno longer|\bis false\b|"
        r"\bwithout (?:offering|giving)|\bdid nothing|\bhas no plans"
        r"|\brejected|\bneither\b|\bstops short|\bdismissed|\bnot (?:proposing|going to|planning|"
        r"part of)|\bsaid nothing|\bunlikely|\bno one\b",
        DE: r"\bnicht\b|\bkein\w*\b|\blehn\w+\b[^.]*\bab\b|\babgelehnt|\bschl(?:oss|ießt)\b[^.]*\baus\b|"
        r"\bausgeschlossen|\bnichts\b|\bvertagt\w*|\bdementier\w+|\bnie(?:mals)?\b|\bweder\b|"
        r"\bverweigert\w*|\bwies\b[^.]*\bzurück|\bwurde nichts",
        UK: r"\bне\s+\w+|\bжодн\w+|\bвідмов\w+|\bзапереч\w+|\bнемає\b|\bспростув\w+|\bчутк\w+|\bніколи\b|\bвиключ\w+",
    },
    "total": {
        EN: r"\bsince (?:the |February |early |its |Russia)|\bsince 20[12]\d\b|\bso far\b|^\W*In total\b|"
        r"(?<!\ba )(?<!\bin )\btotal(?:s|led|"
        r"ling|ed)?\b|\bin all\b|\ball told\b|\baltogether\b|\boverall\b|\bcombined (?:value|total|worth)|"
        r"\bcumulative|\bnow exceeds|\bhas (?:now )?(?:provided|given|pledged|sent|donated|committed|"
        r"spent)\b[^.]*\b(?:since|so far|more than|over)\b|\bhas been committed|\balready pledged|"
        r"\bhave provided"
        r"|\bcomes to (?:approximately|about|some|more)|\bbrings? (?:the|its)\b|\bto date\b|"
        r"\bcome to\b|\bcame to\b|\bby the end of the year.*\bwill have",
        DE: r"\binsgesamt\b|\bseit (?:Kriegsbeginn|Beginn|20\d\d|Februar)|\bbisher\b|\bGesamt\w+|"
        r"\bbeläuft sich\b|\bbislang\b|\bzusammengenommen|\balles in allem|\bsumm\w+ sich",
        UK: r"\bзагалом\b|\bзагальн\w+|\bусього\b|\bвсього\b|\bвід початку\b|\bз початку\b|\bз 20\d\d\b|"
        r"\bнараз[іи]\b.*\bпонад\b|\bсукупн\w+",
    },
    "restated": {
        EN: r"\brepeat(?:ed|s)\b|\breiterat\w+|\brecall\w*\b|\breaffirm\w*|\bpreviously\b|\bearlier (?:pledge|"
        r"package|announced|promised)|\bhad (?:already |earlier |previously )?(?:pledged|promised|given|"
        r"announced|sent|asked|requested|committed)\b|\bhas previously|\bthe sum (?:we|it|they) announced|"
        r"\bpresented in\b|\bannounced in (?:January|February|March|April|May|June|July|August|September|"
        r"October|November|December|20\d\d)\b|\bas (?:already )?announced (?:in|earlier)|"
        r"\bis part of the\b|\balready (?:pledged|promised|announced|had|sent)\b|\blast year'?s\b|"
        r"\bin 20(?:2[0-4])\b|\bas in previous years|\bmost of which is spent|\bforesees\b",
        DE: r"\bbereits\b(?!\s+übergeben)|\bschon\b|\bim Vorjahr|\bdes Vorjahres|\bhatte[n]?\b|"
        r"\bsind die vom\b|\bda ist kein neues|\berneuerte|\bbekräftig\w+|\bwiederhol\w+|\bvoriges Jahr|"
        r"\bangekündigte\b|\bfrüher\b|\babgegebenen\b",
        UK: r"\bнагада\w+|\bраніше\b|\bвже\s+(?:виділ|нада|обіця|патрул|пад|перед)\w+|\bторік\b|"
        r"\bпідтверди\w+ раніше|\bу 20(?:2[0-4]) році",
    },
    "call": {
        EN: r"\bcall(?:s|ed|ing)? (?:on|for|upon)\b|\burg(?:e|es|ed)\b|\bask(?:s|ed)? (?:for|NATO|allies|the|"
        r"its|to)\b|\bhas asked\b|\bhad asked|\bdemand(?:s|ed)\b|\bhop(?:e|es|ed)\b|\bshould\b(?! the)|"
        r"\brequested\b|\bappeal\w*|\bwould like\b|\bcould do more|\breports that\b|\bpressed\b|"
        r"\baccording to (?:rumours|media)|\brumou?r\w*|\bopposition\b|\bunconfirmed|"
        r"\bapproved the (?:possible )?sale\b|\b(?:potential|"
        r"possible) role\b|\btasked with\b|"
        r"\b[Tt]he (?:initiative|coalition|mechanism) aims",
        DE: r"\bforder(?:t|te|n|ten)\b|\bhofft\w*|\bbat(?:en)?\b|\bdrängt\w*|\bappellier\w+|\bOpposition\b|"
        r"\bGerücht\w*|\bin Berlin kursiert|\bwünscht\w*|\bverlangt\w*",
        UK: r"\bзаклик\w+|\bпросит\w+|\bпопроси\w+(?! про це)|\bсподіва\w+|\bвимага\w+|\bза даними ЗМІ|\bчутк\w+",
    },
    "considered": {
        EN: r"\bconsider(?:s|ing|ed)?\b|\bexamin(?:e|es|ing)\b|\blook(?:s|ing)? (?:at|into)\b|\bexplor(?:e|es|"
        r"ing)\b|\bin talks\b|\bmay\b(?! 20)|\bmight\b|\bcould\b|\bthinking (?:about|of)\b|\bweigh(?:s|"
        r"ing)\b|\bstudying\b|\bdiscuss(?:es|ing)\b|\bopen to\b|\bready to double|\bwould be ready",
        DE: r"\bprüf(?:t|en|e)\b|\berwäg(?:t|en)\b|\bdenkt\b[^.]*\bnach\b|\bdenkt darüber|\bkönnte[n]?\b|"
        r"\bin Gesprächen|\büberleg(?:t|en)\b|\bsei denkbar|\bmöglicherweise",
        UK: r"\bрозгляда\w+|\bдума\w+ про|\bмож(?:е|уть)\b|\bвивча\w+|\bобговорю\w+|\bне виключа\w+|\bобмірков\w+",
    },
    "planned": {
        EN: r"\bplan(?:s|ning|ned)? to\b|\bintend(?:s|ed)?\b|\b(?:is|are) expected\b|\bexpected to\b|"
        r"\bwants? to\b|\baim(?:s|ing)? to\b|\bpropos(?:e|es|ed|al)\b|\b(?:is|are) to (?:be|double|grow|"
        r"rise|follow)|\bwould follow\b|\bhopes to\b|\bis due to\b|\bwill grow|\bscheduled",
        DE: r"\bplan(?:t|en)\b|\bwill\b|\bwollen\b|\bsoll(?:en)?\b|\bbeabsichtigt|\bvorgesehen|"
        r"\bschlägt\b[^.]*\bvor\b|\berwartet\b",
        UK: r"\bплану\w+|\bма(?:є|ють) намір|\bхоч(?:е|уть)\b|\bзбира(?:є|ють)ся (?:нада|напра|перед)\w+|"
        r"\bпропону\w+|\bготу(?:є|ють)ся|\bочіку\w+",
    },
    "giving": {
        EN: r"\b(?:will|would|to|also|and|is|are)?\s?(?:give|gives|giving|gave|provid(?:e|es|ing|ed)|send(?:s|"
        r"ing)?|suppl(?:y|ies|ying)|donat(?:e|es|ing|ed)|contribut(?:e|es|ing|ed)|contribution|spend(?:s|"
        r"ing)?|pay(?:s|ing)?|financ(?:e|es|ing|ed)|fund(?:s|ing|ed)?|deliver(?:s|ing)?|hand(?:s|"
        r"ing)? over|transfer(?:s|ring)?|lend(?:s|ing)?|add(?:s|ing)?|put(?:s|ting)?|pledg(?:e|es|ed|ing)|"
        r"promis(?:e|es|ed)|announc(?:e|es|ed|ing)|offer(?:s|ed|ing)?|earmark\w*|set(?:s)? aside|"
        r"bear(?:s)?|cover(?:s)?|repair(?:s)?|train(?:s)?|treat(?:s)?|donation|grant(?:s|ed)?|invest(?:s|"
        r"ed)?|buy(?:s|ing)?|purchas(?:e|es|ing)|releas(?:e|es|ed)|commit(?:s|ted|ting)|borrow|"
        r"go(?:es)? (?:to|through)|worth|amounts? to|guarantee\w*|allocat\w+|approv\w+|procure\w*|"
        r"propos(?:e|es|ed)|sent|ships|pool\w*)\b|\b(?:will|is to|to) receive\b|\bin preparation\b|"
        r"\bplanned deliveries\b",
        DE: r"\bstell(?:t|en|te)\b|\bsag(?:t|te|en|ten)\b[^.]*\bzu\b|\bzugesagt|\bliefer(?:t|n|te)\b|"
        r"\bgib(?:t)\b|\bgeben\b|\bübergib\w+|\büberläss\w+|\bsteuer(?:t|n|te)\b|\bkündig\w+|"
        r"\bangekündigt|\bfinanzier\w+|\bleg(?:t|en)\b|\bbezahl\w+|\bkauf(?:t|en)\b|\bspende\w+|"
        r"\bzahl(?:t|en)\b|\bbereit\w*|\bunterstütz(?:t|en)\b|\büberweis\w+|\bübern(?:immt|ehmen)\b|"
        r"\bentfallen\b|\bbeschl(?:oss|ossen|ießt)|\bgenehmigt\w*|\bbewillig\w+|\bgebilligt|\bfreigegeben|"
        r"\bverspr\w+|\babgeben\b|\bfließ(?:t|en)\b|\bbeschafft\w*|\bHinzu\b|\bhinzukommen|\babzugeben|"
        r"\bWert von|\bbeitrag\w*|\bBeitrag\b|\berhält\b|\bbekommt\b|\bAbgabe\b|\bLieferung\b|"
        r"\bIn Vorbereitung\b|\bIn Planung\b",
        UK: r"\bвиділ\w+|\bнада(?:сть|є|ють|дуть|в|ла|ли)\b|\bпереда(?:сть|є|дуть|ють)\b|\bда(?:сть|дуть|є|"
        r"ють)\b|\bпообіця\w+|\bпрофінансу\w+|\bфінансу\w+|\bспрямо?ву\w+|\bспряму\w+|\bоплат\w+|"
        r"\bоголоси\w+|\bзакуп\w+|\bвнес\w+|\bзатверди\w+|\bухвали\w+|\bсхвали\w+|\bпі(?:де|дуть)\b|"
        r"\bдода(?:ють|є|сть)\b|\bпостач\w+|\bпостав(?:ить|ляє|лять)\b|\bзамов\w+|\bнаправ\w+|\bплат\w+|"
        r"\bзобов'яза\w+|\bвнесок\w*|"
        r"\bвнеску\b|\bу межах\b",
    },
    "delivered": {
        EN: r"\b(?:has|have|had|was|were|been)?\s?(?:delivered|handed over|arrived|reached Ukraine|"
        r"have reached|has reached|received|crossed into Ukraine|completed (?:the )?delivery|shipped)\b",
        DE: r"\bübergeben\b|\bübergab(?:en)?\b|\bgeliefert\w*|\bausgeliefert|\beingetroffen|"
        r"\btraf(?:en)?\b[^.]*\bein\b|\bGelieferte|\bangekommen",
        UK: r"\bпереда(?:в|ла|ли|но)\b|\bнадійш\w+|\bприбу(?:в|ла|ли|ло)\b|\bдостав(?:ив|ила|или|лено)\b|"
        r"\bотрима(?:в|ла|ли)\b|\bпередан(?:о|их)\b|\bпостави(?:в|ла|ли)\b",
    },
    "coming": {
        EN: r"\b(?:to be (?:handed over|delivered)|will be (?:handed over|delivered|shipped)|follow in|"
        r"handover starts|deliver(?:y|ies) (?:will )?(?:start|begin)s?|will arrive|will reach|are due|"
        r"is due|will follow)\b",
        DE: r"\bsoll(?:en)?\b[^.]*\b(?:übergeben|geliefert|ausgeliefert)\b|\bwerden?\b[^.]*\b(?:übergeben|"
        r"geliefert|ausgeliefert)\b|\bfolgen\b|\btreffen\b[^.]*\bein\b",
        UK: r"\b(?:буде|будуть)\s+(?:передан|доставлен|поставлен)\w+|\bнадійдуть\b|\bприбудуть\b",
    },
    "contract": {
        EN: r"\bcontract(?:s|ed)?\b|\border(?:s|ed)\b|\bplaced an order",
        DE: r"\bVertrag\b|\bVerträge\b|\bbestell\w+|\bBestellung|\bbeauftragt",
        UK: r"\bконтракт\w*|\bзамови\w+|\bзамовляють",
    },
    "agreed": {
        EN: r"\b(?:government|cabinet|parliament|riksdag|storting|council|leaders|congress|"
        r"president of the republic)\b[^.]*\b(?:decid(?:ed|es)|approv(?:ed|es)|adopt(?:ed|s))\b|"
        r"\bapproved\b|\bagreed\b|\bsigned (?:an agreement|a memorandum|a deal)|\bdecided\b|\badopted\b",
        DE: r"\bbeschl(?:oss|ossen|ießt)\b|\bgenehmigt\w*|\bbewilligt\w*|\bgebilligt|\bbilligt\w*|"
        r"\bvereinbar\w+|\bAbkommen\b|\beinigten sich",
        UK: r"\bзатверди\w+|\bухвали\w+|\bсхвали\w+|\bпідписа\w+ угод\w+|\bдомовил\w+|\bпогоди(?:в|ла|ли)\b",
    },
    "allocated": {
        EN: r"\ballocat(?:ed|es|ion)\b|\bearmarked\b|\bdrawdown\b|\bfrom (?:the|its) (?:[\w-]+ )?fund\b|"
        r"\bbudget line\b|\breleased\b",
        DE: r"\bfreigegeben\b|\baus Mitteln\b|\baus dem [\w-]*[Ff]onds\b|\bbereitgestellt aus|"
        r"\bErtüchtigung\w*",
        UK: r"\bз (?:фонду|бюджету)\b|\bза рахунок фонду",
    },
    "paid": {
        EN: r"\bdisburs\w+|\bpaid\b|\bpaid out\b|\btransferred (?:€|\$|£|USD|EUR|[\d])|\bhad transferred\b|"
        r"\bwired\b",
        DE: r"\büberw(?:eist|ies|eisen|iesen)\b|\bausgezahlt\b|\bzahlte\b|\bAuszahlung",
        UK: r"\bперерах\w+|\bвиплати\w+",
    },
    "cancelled": {
        EN: r"\bcalled off\b|\bcancel(?:s|led)\b|\bwithdr(?:aw|ew|aws|awing|awn)\b|\bsuspend(?:s|ed)\b|"
        r"\bpaus(?:e|es|ed)\b|\bstopped the\b|\bhas stopped\b|\bhalt(?:s|ed)\b|\bscrapp?(?:s|ed)\b|"
        r"\bfroze\b|\bpull(?:s|ed|ing) out",
        DE: r"\babgesagt\b|\bsagte\b[^.]*\bab\b|\bgestoppt\b|\bstopp(?:t|te)\b|\bsetzt(?:e)?\b[^.]*\baus\b|"
        r"\bausgesetzt\b|\bstornier\w+|\bzieht\b[^.]*\bab\b|\bwiderrief|\bstreicht\b",
        UK: r"\bскасу\w+|\bпризупини\w+|\bвідклика\w+|\bзупини\w+|\bвиводить\b|\bприпини\w+",
    },
    "deploying": {
        EN: r"\bdeploy\w*|\bstation(?:s|ed|ing)?\b|\bbas(?:ed|es)\b(?= at| in| on)|\bpatrol\w*|\bguard(?:s|"
        r"ing)?\b|\bair policing\b|\bpoliced?\b|\brotation\b|\breliev(?:e|es|ed)\b|\btak(?:e|es|"
        r"ing) over\b|\bsteps? in\b|\bkeeps?\b|\btake part\b|\bparticipat\w+|\btakes part|\bsend(?:s|"
        r"ing)?\b|\bwill send\b|\bcontribut(?:e|es|ing)\b|\bjoin(?:s|ed|ing)?\b|\bwill stay\b|\bremain\b|"
        r"\boperate from\b|\bflew\b|\bfly\b|\bmov(?:e|es|ed|ing)\b|\breloca\w+|\bprotect(?:s|ion|ing)?\b|"
        r"\barrived at\b|\bwould follow\b|\bparticipants\b|\breinforce\w*|\breplac(?:e|es|ed)\b|\bleft at\b",
        DE: r"\bverleg\w+|\bstationier\w*|\bentsende\w+|\bbeteilig\w+|\bstell(?:t|en)\b|\bschick(?:t|en|te)\b|"
        r"\bsicher(?:n|t)\b|\bschütz(?:t|en)\b|\bpatrouillier\w+|\bstehen\b|\bsteht\b|\bfliegen\b|\bzog\b|"
        r"\bSchutzflüge|\banwachsen|\bsollen es\b|\bsendet\b|\bverstärk\w+|\blös(?:t|en)\b[^.]*\bab\b|"
        r"\bübernimmt\b|\bbleib(?:t|en)\b",
        UK: r"\bрозмі(?:стить|стять|щує|стила|стив|стили)\b|\bперебазову\w+|\bнаправ(?:ить|ляє|лять|ила|"
        r"лення)\b|\bнадісла\w+|\bпатрулю\w+|\bохороня\w+|\bзалиша\w+|\bвідправ\w+|\bрозгор\w+|"
        r"\bнадішле\b|\bбер(?:е|уть) участь",
    },
    "meeting": {
        EN: r"\bmeet(?:s|ing)?\b|\bmet\b|\bconven(?:e|es|ed|ing)\b|\bgather(?:s|ed)?\b|\bopened in\b|"
        r"\bannounced at\b|\btalks\b|\bsession\b",
        DE: r"\btag(?:t|te|en|ten)\b|\bkamen\b[^.]*\bzusammen|\bkommt?\b[^.]*\bzusammen|"
        r"\bkommen\b[^.]*\bzusammen|\btreffen sich\b|\btrafen sich\b|\bTreffen\b|\bSitzung\b|"
        r"\btrifft sich\b|\bberaten\b|\bberiet\w*",
        UK: r"\bзбереться\b|\bзберуться\b|\bзібра\w+|\bзустрі\w+|\bзасіда\w+|\bпровел\w+ зустріч",
    },
    "intruded": {
        EN: r"\bviolat(?:e|ed|es|ing)\b|\benter(?:ed|s|ing)\b|\bcross(?:ed|es|ing)\b|\bintru\w+|"
        r"\bincursion\w*|\bcircled over\b|\bflew (?:into|over|through)\b|\bcrashed (?:in|into|on|near)\b|"
        r"\bstrayed into\b|\bbreach(?:ed|es)\b|\bpenetrat\w+|\bcame down in\b",
        DE: r"\bEindringen\b|\beingedrungen\b|\bdrang(?:en)?\b[^.]*\bein\b|\bverletz\w+|\babgestürzt\b|"
        r"\bstürz(?:t|te|ten)\b|\büberflog\w*|\bflog(?:en)?\b[^.]*\bein\b",
        UK: r"\bпоруши\w+|\bзалет\w+|\bвторг\w+|\bувійш\w+|\bвпа(?:в|ла|ли)\b|\bупа(?:в|ла|ли)\b|\bкружля\w+",
    },
    "founded": {
        EN: r"\blaunch(?:ed|es|ing)?\b|\bfound(?:ed|s)\b|\bset(?:s)? up\b|\bestablish(?:ed|es)?\b|"
        r"\bcreat(?:ed|es)\b|\bunveil\w+",
        DE: r"\bgründe\w+|\briefen?\b[^.]*\bins Leben|\brufen\b[^.]*\bins Leben|\bstartet\w*|\bgestartet\b|"
        r"\bgegründet\b|\bschufen\b|\brichten\b[^.]*\bein\b",
        UK: r"\bзапочаткува\w+|\bзаснува\w+|\bствори(?:в|ла|ли|ть|ють)\b|\bзапусти\w+",
    },
    "needing": {
        EN: r"\bneeds\b|\brequires\b|\bneed(?:ed)? (?:at least|another)",
        DE: r"\bbraucht\b|\bbenötigt\b",
        UK: r"\bпотребу\w+|\bпотрібн\w+",
    },
    "each": {EN: r"\beach\b|\bapiece\b", DE: r"\bje(?:weils)?\b", UK: r"\bкож(?:на|ен|не)\b"},
    "jointly": {
        EN: r"\bjoint(?:ly)?\b|\btogether\b",
        DE: r"\bgemeinsam\w*|\bzusammen\b",
        UK: r"\bспільно\b|\bразом\b|\bспільн\w+",
    },
    "secret": {
        EN: r"undisclosed|not (?:be )?disclosed|secret|does not say|for operational reasons|"
        r"will not say how many",
        DE: r"aus Sicherheitsgründen|nicht genannt|nichts gesagt|geheim",
        UK: r"не кажуть|не розголошу\w+|секретн\w+|не назива\w+",
    },
}

_CONDITIONS = {
    EN: r"(?:\bif (?!it|they\b)[^.;\n]*|\bprovided (?:that )?[^.;\n]*|\bon (?:the )?condition that[^.;\n]*|"
    r"\bas long as[^.;\n]*|\bonce [^.;\n]*|\bsubject to[^.;\n]*|\bshould the [^.;\n]*|\bunless [^.;\n]*)",
    DE: r"(?:\bwenn [^.;\n]*|\bfalls [^.;,\n]*|\bsofern [^.;\n]*|\bunter der Bedingung,? dass[^.;\n]*|"
    r"\bvorausgesetzt,?[^.;\n]*|\bSollten? sich [^,.;\n]*|\bSollten? [^,.;\n]*|Das hängt von [^,.;\n]*)",
    UK: r"(?:\bякщо [^.;\n]*|\bза умови,?\s?(?:що|якщо)?[^.;\n]*|\bу разі,? [^.;\n]*)",
}
_STOPS_AT = re.compile(
    r",\s+(?:the|said|says|its|he|she|a|an|in|told|sagte|hieß|legen|so|teilte|заяви\w*|повідоми\w*|"
    r"сказа\w*|наголоси\w*|оголоси\w*)\b.*$",
    re.DOTALL,
)


@cache
def _pattern(cue: str, language: str) -> re.Pattern[str]:
    return re.compile(_TABLE[cue][language], re.IGNORECASE)


def says(cue: str, text: str, language: str) -> re.Match[str] | None:
    """Return where `text` says what `cue` is named for; None where it does not."""
    return _pattern(cue, language).search(text)


def without_unstated(text: str, language: str) -> str:
    """Return `text` with blanks in place of words that only say that a number is not known."""
    return _pattern("unstated", language).sub(lambda match: " " * len(match.group()), text)


def condition_in(text: str, language: str) -> tuple[int, int] | None:
    """Return where the words of a condition stand in a sentence; None where there is none."""
    match = re.search(_CONDITIONS[language], text, re.IGNORECASE)
    if match is None:
        return None
    words = _STOPS_AT.sub("", match.group()).rstrip(" ,")
    return match.start(), match.start() + len(words)
