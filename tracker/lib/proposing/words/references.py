"""Words by which a sentence speaks of things that were named before it: `the rest`, `the guns`, `вони`."""

REFERENCES = (
    # which of them, the words, an example
    ("rest", r"\b(?:the (?:rest|remainder|remaining|others?|other)|die (?:übrigen|restlichen|anderen|letzten|"
             r"weiteren)|der Rest|решт[аиу]|інші|останні)\b", "The rest follow in July."),
    ("some", r"\b(?:the (?:first|initial|last)(?! (?:half|quarter|time|week|month|year|days?|three|two|six|few))|"
             r"a first|die ersten|"
             r"ein erste[rs]|eine erste|das erste|der erste|die erste(?! Hälfte)|перш(?:і|а|ий|у|е|их)(?! (?:півріч|"
             r"половин|квартал|раз))|"
             r"some of (?:them|these)|most of (?:them|these))\b",
     "The first are to arrive in May."),
    ("all", r"\b(?:all(?: of)? (?:of )?(?:them|it)|(?:the|these|those|all the|all of the|both)\s(?:\w+\s)?(?:guns|"
            r"vehicles|systems|aircraft|jets|planes|tanks|weapons|missiles|boats|drones|launchers|equipment|shells|"
            r"trucks|helicopters|howitzers|radars|batteries|interceptors|generators|donations?|ambulances|"
            r"deliver(?:y|ies)|handovers?|"
            r"shipments?|consignments?|package|gift|donation|aid|materiel|material|kit|units?)|deliver(?:y|ies)\b|"
            r"(?:die|alle|diese|sämtliche)\s(?:\w+\s)?(?:Fahrzeuge|Systeme|Geschütze|Waffen|Flugzeuge|Raketen|Panzer|"
            r"Drohnen|Boote|Hubschrauber|Haubitzen|Radare|Geräte|Lieferung(?:en)?|Auslieferung|Maschinen|Jets|"
            r"Granaten|Generatoren|Batterien|Güter|Übergabe)|(?:das|dieses) (?:Material|Gerät|Paket|System|Flugzeug|"
            r"Radar|Schiff)|"
            r"(?:ці|усі|всі|уся|вся|поставк[аиу]|передач[аиу]|партія|техніка|допомога|вантаж|обладнання|озброєння|"
            r"машини|системи|гаубиці|літаки|танки|дрони|ракети|боєприпаси|снаряди|установки|генератори|катери))\b",
     "The guns are due in May."),
    ("all", r"^\W*(?:it|they|these|those|sie|er|es|diese|він|вона|вони|їх|його|її)\s(?=\w)",
     "They reached Odesa over the weekend."),
)  # fmt: skip
"""In this order: the first that is found says it."""

OF_THEM = (
    r"(?<!every one)(?<!each one)\s(?:of (?:them|these|those)|davon|von ihnen|hiervon|der Systeme|з них|із них|"
    r"із цих|з цих)\b"
)
"""What follows a number of them: three of them are there."""
NUMBER_OF_THE_REST = (
    r"\b(?:the (?:first|last|other|remaining|next)|a first|eine erste|die nächsten|another|a further|further|"
    r"die ersten|die letzten|die übrigen|die "
    r"restlichen|weitere|перші|наступні|останні|решт[ауи]|ще|інші)\s$"
)
"""What stands before a number of them: the first two, another 28."""
NOT_ALL = r"first|last|ersten?|letzten|перш|останн|some|most|initial"
"""Words of such a number without a number of its own."""

CLASSES = {
    "tank": "Leopard 2 | Leopard 1 | Leopard | M1 Abrams | Challenger 2 | T-72 | T-55S | M-84",
    "fighter aircraft": "F-16 Fighting Falcon | F-35 | F/A-18 Hornet | Eurofighter Typhoon | Rafale | Mirage 2000 | "
    "JAS 39 Gripen | MiG-29 | Su-27 | Su-25",
    "aircraft": "F-16 Fighting Falcon | F-35 | F/A-18 Hornet | Eurofighter Typhoon | Rafale | Mirage 2000 | "
    "JAS 39 Gripen | MiG-29 | Saab 340 AEW&C | P-8 Poseidon | A400M | E-7A Wedgetail | E-3 Sentry | A330 MRTT | AWACS",
    "ship": "minehunter | Alkmaar-class minehunter | frigate | corvette | patrol boat | patrol vessel | submarine",
    "helicopter": "Sea King | Mi-8 | Mi-17 | Mi-171 | Mi-24 | Black Hawk | Merlin | NH90 | Apache | Chinook",
    "howitzer": "CAESAR | PzH 2000 | AHS Krab | Archer | RCH 155 | 2S22 Bohdana | Zuzana 2 | M777 | M109 | AS-90 | "
    "DANA",
    "air defence system": "Patriot | IRIS-T SLM | IRIS-T SLS | NASAMS | MIM-23 HAWK | SAMP/T | Crotale | Skynex | "
    "Gepard | S-300 | Raven | Tridon | Avenger | VL MICA",
    "vehicle": "M113 | Stryker | Boxer | Dingo | Roshel Senator | Senator | Bushmaster | Mastiff | MaxxPro | CV90 | "
    "Marder | "
    "Patria armoured vehicle | MRAP | armoured vehicle | protected vehicle | truck | pickup | ambulance | "
    "M117 Guardian | "
    "armoured personnel carrier | infantry fighting vehicle | BMP-1 | BMP-2 | Humvee | Unimog | Zetros",
    "missile": "Taurus | Storm Shadow | ATACMS | RBS 70 | AIM-120 AMRAAM | FIM-92 Stinger | cruise missile | "
    "air defence missile | interceptor missile | Harpoon | Piorun | Martlet | PAC-3",
    "drone": "interceptor drone | FPV drone | attack drone | reconnaissance drone | naval drone | long-range drone | "
    "Vector | HX-2 | Switchblade | Bayraktar TB2",
    "radar": "air defence radar | TRML-4D | Giraffe | Ground Master 200 | Arthur | COBRA",
    "artillery shell": "155 mm artillery shell | large-calibre round",
    "ammunition": "155 mm artillery shell | artillery shell | large-calibre round | mortar round | tank round",
}
"""Words for things that stand for a platform named before: the tanks are its Leopards."""
CLASS_OF = {
    word: frozenset(map(str.strip, line.split("|")))
    for word, line in (
        *CLASSES.items(),
        ("artillery system", CLASSES["howitzer"]),
        ("gun", CLASSES["howitzer"]),
        ("self-propelled howitzer", CLASSES["howitzer"]),
        ("air defence battery", CLASSES["air defence system"]),
        ("fire unit", CLASSES["air defence system"]),
        ("battery", CLASSES["air defence system"]),
        ("launcher", CLASSES["air defence system"]),
        ("armoured vehicle", CLASSES["vehicle"]),
    )
}
ANY_ONE = (
    r"(?:unit|piece|example|item)s?|Exemplare?n?|Stücke?|Einheit(?:en)?|Geräte?|"
    r"(?:екземпляр|примірник|одиниц|штук)\w*"
)
"""Nouns that stand for whatever was named before: one unit of the earlier order has arrived."""
