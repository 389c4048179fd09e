"""What German texts say is done, how sure it is, and whether it is a fact at all: patterns of words.

A verb may stand in two parts, far apart: `stellt … bereit`, `sagte … zu`. Reported speech has its own forms: `liefere`.
"""

CUES = {
    "unstated": r"Über (?:die )?(?:Anzahl|Zahl|Stückzahl)[^.]*nichts[^.]*|nicht (?:genau |näher )?genannt|nicht nur|"
    r"wird nicht gesagt|keine Angaben zu\w*[^.,]*|nicht mitgeteilt|nicht später als|nicht (?:näher )?beziffert|"
    r"nicht bekannt|nicht zuletzt|nicht weniger als|nicht mehr als|nicht öffentlich",
    "negated": r"\bnicht\b(?!-)|\b(?:sei|seien|ist|sind) (?:falsch|unwahr|erfunden)\b|\bstimm(?:e|en|t) nicht|"
    r"\bkein\w*\b|\blehn\w+\b[^.]*\bab\b|\babgelehnt|\bschl(?:oss|ießt|ossen)\b[^.]*\baus\b|"
    r"\bausgeschlossen|\bnichts\b|\bvertagt\w*|\bdementier\w+|\bnie(?:mals)?\b|\bweder\b|\bohne\b[^.,]*\bzu\b|"
    r"\bverweigert\w*|\bwies\b[^.]*\bzurück|\bzurückgewiesen|\bwurde nichts|\bverschoben\b|\bscheitert\w*|"
    r"\bgescheitert|"
    r"\bblockier\w+|\bstimmte[n]? (?:dagegen|gegen)|\bbestritt\w*|\bbestreitet|\bVeto\b|\bvom Tisch\b|\bfiel\w* "
    r"durch\b",
    "total": r"\binsgesamt\b(?! \w+ \w+ (?:will|wird|werden|soll))|\bseit (?:Kriegsbeginn|Beginn|Anfang|20\d\d|"
    r"Februar|dem (?:\d+\. )?(?:Beginn|Überfall|Einmarsch)|der (?:Invasion|russischen))|\bbisher\w*\b|\bGesamt\w+|"
    r"\bbeläuft sich\b|\bbelaufen sich\b|\bbislang\b|\bbeziffer\w+\b[^.]*\bauf\b|\bzusammengenommen|\balles in "
    r"allem|\bsumm\w+ sich|\bin Summe\b|\bsteigt\b[^.]*\bauf\b|"
    r"\bsteigen\b[^.]*\bauf\b|\bstieg\b[^.]*\bauf\b|\berhöht\w*\b[^.]*\bsich\b|\bpro Kopf\b|"
    r"\bsind\b[^.]*\bvorgesehen\b|\bist\b[^.]*\bvorgesehen\b|\binzwischen\b[^.]*\b(?:über|mehr als|rund|fast)\b|"
    r"\bmittlerweile\b|\binzwischen\b",
    "restated": r"\bbereits\b(?!\s+übergeben)|\bschon\b|\bim (?:Vorjahr|vergangenen Jahr|letzten Jahr|vorigen "
    r"Jahr)|\bdes Vorjahres|\bhatte[n]?\b|"
    r"\bsind die vom\b|\bda ist kein neues|\berneuerte|\bbekräftig\w+|\bwiederhol\w+|\bvoriges Jahr|\bletztes "
    r"Jahr|\berinnert\w*|\bangekündigte[nrs]?\b|\bfrüher\b|\babgegebenen\b|\bzugesagten?\b\s(?=\d|\w+ |[A-ZÄÖÜ])|"
    r"\bversprochenen?\b\s(?=\w)|\bvor (?:\w+ )?(?:Jahr|Jahren|Monaten)\b|\bverw(?:ies|eist)\b|\bim Jahr "
    r"20(?:2[0-4])|\bin den vergangenen\b|\bfußt\b|\bknüpft\w* an\b",
    "call": r"\bnach Moskauer Darstellung\b|^\W*(?:es heißt|man sagt|man munkelt)\b|\bangeblich\b|\b(?:Kreml|Moskau|"
    r"Russland)\b[^.,]*\b(?:behaupt|unterstell)\w*|\bforder(?:t|te|n|ten|e)\b|"
    r"\bForderung\w*|\bhoff(?:t|e|en|te|ten)\b|\bbat(?:en)?\b|\bbitte[nt]\b|"
    r"\bdräng(?:t|te|en)\b|\bappellier\w+|\bOpposition\b|"
    r"\bGerücht\w*|\bin Berlin kursiert|\bwünsch\w*|\bverlang\w*|\bruft\b[^.]*\bauf\b|\brief\b[^.]*\bauf\b|"
    r"\baufgerufen|\baufgefordert|\bauffordern|\bsollte[n]?\b(?!\s+sich)|"
    r"\bmüsste[n]?\b|\bplädier\w+|\bmahn(?:t|te)\b|\bwarb\b|\bwirbt\b|\bMedienberichten zufolge|\bUnbestätigt\w*|"
    r"\bunbestätigt\w*|\bspekulier\w+|"
    r"\bkönnte[n]? \w+ (?:noch )?(?:mehr|doppelt)|\bstelle sich vor|\bangenommen\b|\bhätte[n]?\b|\bwäre[n]?\b|"
    r"\bwürde[n]?\b|\bgäbe\b|\blieferte\b(?=\w* morgen)|\bschlug\b[^.]*\bvor,\s+dass|\bempfiehlt|\bAntrag\b|"
    r"\bhieß es vor\b|\bempfahl\w*",
    "considered": r"\bprüf(?:t|en|e|te|ten)\b|\berwäg(?:t|en|e)\b|\berwog\w*|\bdenkt\b[^.]*\bnach\b|\bdenkt "
    r"darüber|\bkönnte[n]?\b|"
    r"\b(?:in|im) Gespräch\w*|\büberleg(?:t|en|e)\b|\bdenkbar|\bmöglicherweise|\bverhandel(?:t|n|te)\b|\bzur "
    r"(?:Debatte|Diskussion)|\bdiskutier\w+|\bvorstellen\b|\blote[nt]\b|\bauslot\w*|\bsondier\w+|\bwomöglich\b",
    "planned": r"\bplan(?:t|en|e)\b|\bwill\b|\bwollen\b|\bwolle\b|\bsoll(?:en)?\b|\bsolle\b|\bbeabsichtig\w+|"
    r"\bvorgesehen|\bhat\w* vor\b|\bAbsicht\b|"
    r"\bschlägt\b[^.]*\bvor\b|\bschlug\b[^.]*\bvor\b|\bvorgeschlagen|\berwartet\b|\bin Aussicht\b|\bgeplant\w*|"
    r"\bstrebt\w*\b[^.]*\ban\b|\bmöchte[n]?\b|\bbereitet\b[^.]*\bvor\b",
    "giving": r"\bauf den Tisch\b|\bn(?:ehmen|immt)\b[^.]*\bfür\b|\bspringt\b[^.]*\bein\b|\bschieß(?:t|"
    r"en)\b[^.]*\b(?:zu|bei)\b|\bzuschieß\w+|\btritt\b[^.]*\bab\b|\babtret\w+|"
    r"\bzweig(?:t|en)\b[^.]*\bab\b|\babgezweigt|\bbring(?:t|en)\b[^.]*\b(?:auf|ein)\b|\baufbring\w+|\blockermach\w+|"
    r"\b(?:her|heraus|weiter)(?:gibt|geben|gegeben|reicht|reichen|gereicht)\b|\bauf den Weg\b|\binstand\w*|"
    r"\brepari\w+|\baufarbeit\w*|"
    r"\barbeite[tn]\b[^.]*\bauf\b|\bausgibt\b|\bausgeben\b|\bgib(?:t)\b[^.]*\baus\b|\bleiste(?:t|n|te)\b|"
    r"\bgeleistet\b|\berhöh\w+|\bist\b[^.]*\bwert\b|"
    r"\bkoste[tn]\b|\bim Umfang von\b|\bin Höhe von\b|\bbegleich\w+|\bbestreit\w+|\bspringen\b|\bmobilisier\w+|"
    r"\bstatte[tn]\b|\bausstatt\w+|"
    r"\blas(?:s|sen) \w+ zukommen|\bzukommen\b|\bverzichte\w+ auf\b|\btrenn(?:t|en) sich von\b|\bschult?\b|"
    r"\bbilde[tn]\b|\bunterschrieb\w*|\bunterzeichn\w+|"
    r"\bstell(?:t|en|te|ten|e)\b|\b(?:bereit|zur Verfügung )(?:ge|zu)?(?:stellt|stellen|zustellen)|"
    r"\bsag(?:t|te|en|ten|e)\b[^.]*\bzu\b|\b(?:zu)?gesagt\b|\bzusag\w*|\bZusage\w*|"
    r"\bliefer(?:t|n|te|ten|e)\b|\bLieferung\w*|\bgib(?:t)\b|\bgeben?\b|\bgab(?:en)?\b|\bgegeben\b|\b(?:ab|weiter|"
    r"frei|dazu|her)(?:ge)?(?:geben|zugeben)\b|\bübergib\w+|\bübergeben\b|\bübergab\w*|\büberläss\w+|\büberlass\w+|"
    r"\büberließ\w*|\bsteuer(?:t|n|te|ten|e)\b|\bbeisteuer\w*|\bbeigesteuert|\bkündig\w+|\bangekündigt\b|"
    r"\bankündig\w+|\b(?:mit|ko)?finanzier\w+|\bleg(?:t|en|te|ten)\b|\bbezahl\w+|"
    r"\bkauf(?:t|en|te|ten|e)\b|\b(?:ge|einge|ange)kauft|\bspende\w+|\bspendier\w+|\bspendete\w*|\bgespendet|"
    r"\bschenk\w+|\b(?:ge|ver)schenkt|\bschick(?:t|en|te|ten|e)\b|\bgeschickt\b|\bsende[tn]?\b|\bsandte\w*|"
    r"\bentsende\w*|"
    r"\bzahl(?:t|en|te|ten|e)\b|\b(?:ge|ein|aus)(?:ge)?zahlt|\bbereit\w*|\bunterstütz\w+|\büberw(?:eist|eisen|ies|"
    r"iesen)\b|\bübern(?:immt|ehmen|ahm|ommen|ehme)\b|\btr(?:ägt|agen|ug|age)\b|"
    r"\bentf(?:allen|ällt|ielen|iel)\b|\bbeschl(?:oss|ossen|ießt|ießen)|\bgenehmig\w*|\bbewillig\w+|\bgebilligt|"
    r"\bbillig(?:t|te|ten|en)\b|\bfreigegeben|\bfreigabe|\bverabschied\w+|"
    r"\bverspr\w+|\babgeben\b|\bfließ(?:t|en|e)\b|\bfloss(?:en)?\b|\bbeschaff\w*|\bHinzu\b|\bhinzukommen|"
    r"\bhinzu\b|\babzugeben|\bg(?:eht|ehen|ing|ingen)\b[^.]*\b(?:an|in)\b|"
    r"\bWert von|\bbeitrag\w*|\bBeitrag\w*|\berhält\b|\berhalten\b|\berhielt\w*|\bbekomm(?:t|en)\b|\bAbgabe\b|"
    r"\bÜbergabe\b|\bIn Vorbereitung\b|\bIn Planung\b|\bIm Zulauf\b|\binvestier\w+|\bsteck(?:t|en|te)\b|"
    r"\bstock(?:t|en|te|ten)\b[^.]*\bauf\b|\baufgestockt|\bhilft\b|\bhelfen\b|\bbeteilig\w+|\bförder\w+|"
    r"\brüst(?:et|en|ete)\b|\bausger?üstet|\bausgerüstet|\bmach(?:t|en|te|ten)\b[^.]*\blocker\b|\bvergib\w*|"
    r"\bgewähr\w+|\bgarantier\w+|\bbürg(?:t|en)\b|"
    r"\bleih(?:t|en)\b|\blieh(?:en)?\b|\bverdoppel\w*|\bbring(?:t|en)\b|\bbildet? \w+ aus\b|\bkomm(?:t|en)\b|"
    r"\bumfasst\b|\bwidme\w+|\breservier\w+|\bUnterstützung\b|\bein(?:ge)?plan(?:t|en)\b|\bentnimmt\b|"
    r"\bentnehmen\b|\bentnommen\b|\bstellte\b[^.]*\bvor\b|\bvorgestellt\b|\bschnür\w*|\blässt sich\b[^.]*\bkosten",
    "delivered": r"\b(?:ist|sind|seien|befinden sich|steht|stehen)\b[^.]*\b(?:bereits |schon |jetzt |inzwischen |"
    r"nun )(?:in|an|bei) (?:der Ukraine|der Front|Kiew|ukrainisch\w+)|"
    r"\bangelangt|\berreich(?:t|te|ten)\b[^.]*\b(?:Ukraine|Kiew|Front|Charkiw|Odessa|Lwiw|Ziel|Empfänger|"
    r"Truppe\w*)\b|\brollte[n]?\b[^.]*\b(?:über|in)\b|"
    r"\bin Betrieb (?:genommen|gegangen)|\bging(?:en)?\b[^.]*\bin Betrieb|\blandete[n]?\b|\bgelandet\b|\babgereist|"
    r"\bverließ(?:en)?\b|\bhaben\b[^.]*\bverlassen\b|\bist\b[^.]*\bunterwegs|"
    r"\bübergeben\b|\bging(?:en)?\b[^.]*\ban\b|\bübergab(?:en)?\b|\b(?:aus|an|ab)?geliefert\w*|"
    r"\beingetroffen|\btraf(?:en)?\b[^.]*\bein\b|\bGelieferte|\bangekommen|"
    r"\b(?:ist|sind|kam|kamen)\b[^.]*\ban(?:gekommen)?\b(?=[.,;]|$)|\bübernommen\b|\beingegangen|\büberstellt\b|"
    r"\babgeschlossen\b(?=[^.]*Lieferung)|\bLieferung\b[^.]*\babgeschlossen|\bübergaben\b|\bin Empfang\b|"
    r"\berreicht(?:e|en)? die Ukraine",
    "coming": r"\bsoll(?:en|e)?\b[^.]*\b(?:an die (?:Front|Truppe)|in die Ukraine|nach Kiew|zur Truppe|"
    r"in der Ukraine sein|kommen|da sein|vor Ort sein|abgegeben werden|überstellt werden|überlassen werden|"
    r"verschifft werden|starten)\b|"
    r"\bsteh(?:t|en)\b[^.]*\baus\b|\bw(?:ird|erden)\b[^.]*\b(?:abgegeben|überstellt|verschifft|dort sein|da sein|"
    r"kommen|abgeholt)\b|\bkomm(?:t|en)\b[^.]*\b(?:im|bis|nach|Ende|Anfang|Mitte)\b|"
    r"\bsoll(?:en|e)?\b[^.]*\b(?:übergeben|geliefert|ausgeliefert|eintreffen|ankommen|folgen|"
    r"bereitstehen)\b|\bw(?:ird|erden|erde)\b[^.]*\b(?:übergeben|"
    r"geliefert|ausgeliefert|eintreffen|ankommen|folgen)\b|\bfolgen\b|\bfolgt\b|\btreffen\b[^.]*\bein\b|"
    r"\btrifft\b[^.]*\bein\b|\bÜbergabe\b[^.]*\b(?:geplant|vorgesehen|erfolgt|beginnt)|"
    r"\bAuslieferung\b[^.]*\b(?:geplant|vorgesehen|erfolgt|beginnt)|\bLieferung\w*\b[^.]*\b(?:geplant|vorgesehen|"
    r"erfolgt|beginnt|beginnen)|\bauszuliefern\b|\b(?:Auslieferung|Lieferung|Übergabe)\w*\b[^.]*\b(?:soll|sollen|"
    r"start\w+|läuft an)\b|\bsoll\w*\b[^.]*\b(?:Auslieferung|Lieferung|Übergabe)\b|\bgeht\b[^.]*\bauf den Weg|"
    r"\bkommen im\b|\berwartet\b",
    "contract": r"\bVertrag\b|\bZuschlag\b|\bGroßauftrag\w*|\bVerträge\b|\bVertrages?\b|\bbestell(?:t|te|ten|en|"
    r"e)\b|\bBestellung\w*|\bbeauftragt\w*|\bAuftrag\b|\bAufträge\b|\bRahmenvertrag|\bgeordert\b|\border(?:t|"
    r"te)\b|\bKaufvertrag\b",
    "agreed": r"\bbeschl(?:oss|ossen|ießt)\b|\bgenehmig(?:t|te|ten|en)\b|\bbewillig(?:t|te|ten|en)\b|\bgebilligt|"
    r"\bbillig(?:t|te|ten|en)\b|\bverabschiedet\w*|"
    r"\bvereinbar\w+|\bAbkommen\b|\beinigten sich|\bgrünes Licht|\bstimmte[n]?\b[^.]*\bzu\b|\bzugestimmt|"
    r"\bverständigten sich|\bunterzeichne\w+\b[^.]*\b(?:Abkommen|Absichtserklärung|Vereinbarung)|\bbeschließt\b|"
    r"\babgesegnet|\bMinisterrat\b[^.]*\bzu\b",
    "allocated": r"\bfreigegeben\b|\bgab(?:en)?\b[^.]*\bfrei\b|\bgib(?:t)\b[^.]*\bfrei\b|\baus Mitteln\b|\baus "
    r"de[mrn] (?:[\w-]+ )?[\w-]*(?:[Ff]onds|Haushalt\w*|Etat|Topf|Fazilität|Darlehen)\b|\bbereitgestellt aus|"
    r"\bErtüchtigung\w*",
    "paid": r"\büberw(?:eist|ies|eisen|iesen)\b|\b(?:aus|ein)gezahlt\b|\bzahlte\w*\b(?: \w+){0,4} aus|\bzahlte\b|"
    r"\bAuszahlung|\bausbezahlt",
    "cancelled": r"\bverzichtet\w* (?:nun )?auf\b|\bnicht mehr\b[^.]*\b(?:liefern|schicken|entsenden)\b|"
    r"\babgeblasen\b|\bblies\b[^.]*\bab\b|\bblas\w+\b[^.]*\bab\b|\bruft\b[^.]*\bzurück|\brief\b[^.]*\bzurück|"
    r"\bzurückgerufen|\bgekündigt\b|\babgesagt\b|\bsagte\b[^.]*\bab\b|\bgestoppt\b|\bstopp(?:t|te|ten|en)\b|"
    r"\bsetzt(?:e)?\b[^.]*\baus\b|"
    r"\bausgesetzt\b|\bstornier\w+|\bzieht\b[^.]*\bab\b|\bz(?:iehen|og|ogen)\b[^.]*\b(?:ab|zurück)\b|\babgezogen|"
    r"\bzieht\b[^.]*\bzurück|\bzurückgezogen|\bwiderrief|\bwiderrufen|\bstreicht\b|\bgestrichen\b|\bstrich\b|"
    r"\bfriert\b[^.]*\bein\b|\babberufen|\bsteigt\b[^.]*\baus\b|\bnahm\b[^.]*\bzurück|"
    r"\bkündigte?\b(?=[^.]*\bVertrag)|\bbeendet\w*|\babzieht\b",
    "deploying": r"\bdien(?:t|en|te|ten)\b|\bschließ\w+ sich\b|\bläuft\b|\blief\b|\bkreuz(?:t|en)\b|"
    r"\bstocke?\w*\b[^.]*\bauf\b|\bhält\b|\bhalten\b|\bunterhält\b|\bunterhalten\b|\bzählt\b|\bwächst\b|\bumfasst\b|"
    r"\bsteuer(?:t|n)\b[^.]*\bbei\b|\bfl(?:iegt|iegen|og|ogen)\b|\bgeflogen\b|\babgelöst\b|\bersetz\w+|\bbezieh\w+|"
    r"\bbezogen\b|"
    r"\bverleg\w+|\bstationier\w*|\bentsende\w+|\bbeteilig\w+|\bstell(?:t|en|te|ten)\b|\bschick(?:t|"
    r"en|te|ten)\b|"
    r"\bsicher(?:n|t|te|ten)\b|\bschütz(?:t|en|te|ten)\b|\bpatrouillier\w+|\bstehen\b|\bsteht\b|\bstand(?:en)?\b|"
    r"\bfliegen\b|\bfliegt\b|\bzog\b|\bzieht\b|\bziehen\b|"
    r"\bSchutzflüge|\banwachsen|\bsollen es\b|\bsende[nt]\b|\bverstärk\w+|\blös(?:t|en|te|ten)\b[^.]*\bab\b|"
    r"\babgelöst|\babzieht\b|"
    r"\bübern(?:immt|ahm|ehmen|ehme)\b|\bbleib(?:t|en|e)\b|\bKontingent\w*|\bverlänger\w+|\babgestellt|"
    r"\babkommandier\w*|\bbewach\w+|\büberwach\w+|\bschließ(?:t|en)\b[^.]*\ban\b|\blässt\b|\blassen\b|\bim "
    r"Einsatz\b|\bkehr(?:t|en|te|ten)\b[^.]*\bzurück|\bn[ia]mm?t\b[^.]*\bauf\b|"
    r"\bnehmen\b[^.]*\bauf\b|\bbeherberg\w+|\buntergebracht",
    "meeting": r"\bBeratung\w*|\bBesprechung\w*|\bGespräche\b|\bZusammenkunft\b|\bempfing\b|\bempfängt\b|"
    r"\btraf sich\b|\bVideo(?:schalte|konferenz)\w*|\btag(?:t|te|en|ten)\b|\bkam(?:en)?\b[^.]*\bzusammen|"
    r"\bkommt?\b[^.]*\bzusammen|"
    r"\bkommen\b[^.]*\bzusammen|\btreffen sich\b|\btrafen\b[^.]*\b(?:sich|zusammen)|\bTreffen\w*\b|\bSitzung\b|"
    r"\bGipfel\w*|\bKonferenz\b|\bTagung\b|"
    r"\btrifft sich\b|\bberaten\b|\bberiet\w*|\bberät\b|\bversammel\w+|\bzusammengekommen|"
    r"\bfindet\b[^.]*\bstatt\b|\bfand\b[^.]*\bstatt\b|\btreffen\b|\btrafen\b",
    "intruded": r"\bgefunden\b|\bfand(?:en)?\b|\bgeborgen\b|\bangespült\b|\bgeriet\w*\b|\bdurchquer\w+|\bkreuz(?:te|"
    r"ten)\b|\bstreif(?:te|ten)\b|\btrieb(?:en)?\b|\babgekommen\b|\bverirr\w+|\bEinflug\b|\bhielt(?:en)? sich\b|"
    r"\bregistrier\w+|"
    r"\bEindringen\b|\büberquer\w+|\beingedrungen\b|\bdrang(?:en)?\b[^.]*\bein\b|\bverletz\w+|"
    r"\babgestürzt\b|\babgeschossen\b|\bsch(?:oss|ossen|ießt)\b[^.]*\bab\b|\bgeflogen\b|"
    r"\bstürz(?:t|te|ten)\b|\b(?:überflog|überflieg)\w*|\bflog(?:en)?\b[^.]*\b(?:ein|über|durch|in)\b|"
    r"\beingeflogen|\bgesichtet\b|\bentdeckt\b|\bniedergegangen|\bging\w*\b[^.]*\bnieder|\bschlug\b[^.]*\bein\b|"
    r"\beinschl\w+|\bkreiste\w*\b",
    "founded": r"\bgründe\w+|\briefen?\b[^.]*\bins Leben|\brufen\b[^.]*\bins Leben|\bruft\b[^.]*\bins Leben|\bins "
    r"Leben gerufen|\bstartet\w*|\bgestartet\b|"
    r"\bgegründet\b|\bschuf(?:en)?\b|\bschaff(?:t|en)\b|\bricht(?:en|et|ete|eten)\b[^.]*\bein\b|\beingerichtet|"
    r"\bauflegen\b|\blegt\w*\b[^.]*\bauf\b|\baufgelegt|\bschlägt\b[^.]*\bvor\b|\bschlug\b[^.]*\bvor\b|"
    r"\bvorgeschlagen|\binitiier\w+|\bhob\b[^.]*\baus der Taufe|\bstellte\b[^.]*\bvor\b|\bvorgestellt",
    "needing": r"\bMangel\b|\bFehlbedarf\b|\bLücke\b|\bmangel(?:t|te)\b|\bEngpass\b|\bknapp werd\w+|\bnötig\b|"
    r"\bnotwendig\b|\bes fehle\b|\bfehle\b|\bWunschliste\b|\bbraucht's\b|\bbrauch(?:t|e|en)\b|\bbenötig(?:t|e|en)\b|"
    r"\bfehl(?:t|en)\b|\bBedarf\b|\bangewiesen\b",
    "each": r"\bje(?:weils)?\b|\bjede[rs]?\b",
    "jointly": r"\bgemeinsam\w*|\bzusammen\b",
    "secret": r"aus Sicherheitsgründen|nicht genannt|nichts gesagt|geheim|Stillschweigen|keine Angaben|unter "
    r"Verschluss",
    "buying": r"\b(?:kauf(?:t|en|te|ten)|gekauft|bestell(?:t|te|ten|en)|beschaff\w+|Beschaffung|ordert\w*|"
    r"geordert|erw(?:irbt|arb|orben)|erhält|erhielt\w*|bekommt)\b",
    "own": r"\bbezahl\w+ (?:\w+ )?selbst\b|\bfür (?:die (?:eigene\w*|\w*[Ll]uftwaffe|Marine|Bundeswehr|Truppe|"
    r"Bundespolizei|\w+ischen? (?:Armee|"
    r"Luftwaffe|Marine|Streitkräfte|Truppen))|das (?:eigene|Bundesheer|Heer)|sich(?: selbst)?|das Heer|den "
    r"Eigenbedarf|eigene)\b|\beigene(?:n|r|s)? (?:Streitkräfte\w*|Armee|Truppe|Luftwaffe|Bestände auffüllen|"
    r"Bedarf)\b|\bNachbeschaffung\b|\bVerteidigungsetat\b",
    "handing": r"\bliefer\w*|\bLieferung\w*|\bübergeb\w*|\bübergib\w*|\bÜbergabe|\bschick\w*|\bgeschickt|"
    r"\bspende\w*|\bgib(?:t)\b|\bgeben\b|\babgeb\w*|\babzugeben|\bAbgabe|\babgegeben|\büberl[aä]ss\w*|"
    r"\bstell(?:t|en)\b|\bbereit\w*|\berhält|\bbekomm\w*|\bstoppt?\w*|\bgestoppt|\bausgesetzt|\bverspr\w+|"
    r"\bzugesagt|\bsag(?:t|te|en|ten)\b[^.]*\bzu\b|\bkauf\w*|\bbestell\w*|\bbeschaff\w*|\bsteuer\w*|"
    r"\bangekündigt\w*|\bverschenk\w*|\bfolgen\b",
    "hypothesis": r"\b(?:stelle sich vor|stellen wir uns vor|angenommen|gesetzt den Fall)\b|^\W*(?:Würde|Hätte|Wäre)\b",
    "getting": r"\b(?:erh[aä]lt|erhalten|erhielt\w*|bekomm(?:t|en)|bekam\w*)\b",
    "part": r"^\W*(?:Davon|Daraus|Darunter|Hiervon|(?:Der|Ein) (?:Großteil|Rest|Teil)|(?:Die|Eine) Hälfte|Das "
    r"(?:Geld|Paket)|Die (?:Mittel|Summe|Gelder)|Mit dem Geld|Aus (?:dem|den|der|diesem|dieser) (?:Titel|"
    r"Mitteln|Summe|Paket|Topf|Betrag))\b",
    "denies": r"\b(?:dementier\w+|bestritt|bestreitet|bestritten|wies|widersprach)\b[^.]*\b(?:dies|das|es|"
    r"Bericht\w*|Meldung\w*|Darstellung|Angaben|zurück)\b|\bDementi\b",
    "nameless": r"^\W*(?:(?:Ein|Eine|Einige|Mehrere|Viele|Andere|Zwei|Drei|Manche|Weitere|Etliche|Alle|Die "
    r"meisten)\s(?:[\wäöüß-]+\s){0,3}(?:[\w-]*(?:[Ss]taat|[Ss]taaten|[Ll]and|[Ll]änder|[Pp]artner|"
    r"[Vv]erbündete\w*|[Kk]unde\w*|[Rr]egierung\w*|[Dd]iplomat\w*|[Pp]olitiker\w*|[Aa]bgeordnete\w*|[Ff]irma|"
    r"[Uu]nternehmen|[Kk]onzern\w*|[Ee]xperte\w*|[Bb]eobachter\w*|[Ii]nsider\w*))\b"
    r"|(?:Experten|Beobachter|Kritiker|Die (?:Opposition|Firma|Verbündeten|Partner|AfD|Linke|Union|SPD|Grünen|"
    r"FDP)|Das (?:Unternehmen|Institut|Werk)|Der (?:Konzern|Hersteller|Kunde|Umsatz|Betreiber)|Aktien|In der "
    r"Westukraine|Verbündete|Medien)\b)",
}

CONDITIONS = (
    r"(?:\bwenn (?!man\b)[^.;\n]*|\bfalls [^.;,\n]*|\bsofern [^.;\n]*|\bsoweit [^.;,\n]*|\bunter der (?:Bedingung|"
    r"Voraussetzung),? dass[^.;\n]*|"
    r"\bvorausgesetzt,?[^.;\n]*|\bvorbehaltlich[^.;,\n]*|\bsobald [^.;,\n]*|\bSollten? sich [^,.;\n]*|"
    r"^\W*Sollten? [^,.;\n]*|Das hängt von [^,.;\n]*|\bes sei denn,[^.;\n]*)"
)
