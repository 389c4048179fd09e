"""What texts call initiatives, forums and places. A word that ends in `*` is a stem."""

INITIATIVES = {
    "PURL": "PURL | Purl | Prioritised Ukraine Requirements List | Prioritized Ukraine Requirements List | "
    "PURL initiative | Purl Initiative",
    "Eastern Sentry": "Eastern Sentry | Східн* варт* | Східн* вартов*",
    "Baltic Air Policing": "Baltic air policing | Baltic Air Policing | Балтійськ* повітрян* поліці* | "
    "Baltische* Luftraumüberwachung",
    "Air Policing South": "Air Policing South | enhanced Air Policing South | Air-Policing South",
    "Baltic Sentry": "Baltic Sentry",
    "Arctic Sentry": "Arctic Sentry",
    "Forward Land Forces": "Forward Land Forces | enhanced Forward Presence | eFP",
    "Czech ammunition initiative": "Czech ammunition initiative | Czech-led ammunition initiative | "
    "tschechische* Munitionsinitiative | tschechische* Initiative* | чеськ* ініціатив* | "
    "чеськ* снарядн* ініціатив* | ammunition initiative",
    "Danish model": "Danish model | dänische* Modell* | данськ* модел*",
    "Drone Coalition": "Drone Coalition | drone coalition | Drohnenkoalition | Drohnen-Koalition | коаліці* дронів",
    "IT Coalition": "IT Coalition | IT coalition | IT-Koalition | ІТ-коаліці*",
    "Air force coalition": "air force coalition | Air Force Coalition | Air force capability coalition | "
    "Luftwaffenkoalition | коаліці* повітряних сил",
    "Maritime coalition": "Maritime coalition | maritime coalition | maritime Koalition | морськ* коаліці*",
    "Artillery coalition": "Artillery coalition | artillery coalition | Artilleriekoalition | артилерійськ* коаліці*",
    "Armour coalition": "Armour coalition | armour coalition | Panzerkoalition",
    "Demining coalition": "demining coalition | Demining Coalition | Minenräumkoalition | коаліці* розмінування",
    "Air defence coalition": "air defence coalition | Air Defence Coalition",
    "European Sky Shield Initiative": "European Sky Shield Initiative | ESSI",
    "ERA loans": "ERA loans | ERA loan | ERA mechanism | ERA-Darlehen | Extraordinary Revenue Acceleration",
    "SAFE": "SAFE | Security Action for Europe",
    "European Peace Facility": "European Peace Facility",
    "Ukraine Facility": "Ukraine Facility | Ukraine-Fazilität",
    "Operation Interflex": "Operation Interflex | Interflex",
    "EUMAM": "EUMAM | EU Military Assistance Mission",
    "NSATU": "NSATU",
    "JUMPSTART": "JUMPSTART",
    "Ukraine Support Loan": "Ukraine Support Loan",
    "UDCG fund": "International Fund for Ukraine | IFU",
    "NATO Comprehensive Assistance Package": "Comprehensive Assistance Package | CAP trust fund",
}
"""Names of mechanisms, missions, coalitions and funds."""

MISSIONS = frozenset(
    {
        "Eastern Sentry",
        "Baltic Air Policing",
        "Air Policing South",
        "Baltic Sentry",
        "Arctic Sentry",
        "Forward Land Forces",
        "eastern-sentry",
    }
)
"""Those under which parties deploy their own forces."""

FORUMS = {
    "Ukraine Defense Contact Group": "Ukraine Defense Contact Group | Ukraine Defence Contact Group | UDCG | "
    "Ukraine Contact Group | Contact Group | Ramstein format | Ramstein group | Ukraine-Kontaktgruppe | "
    "Kontaktgruppe | Ramstein-Format* | Ramstein-Gruppe | Контактн* груп* | Рамштайн*",
    "NATO defence ministers": "NATO defence ministers | NATO defense ministers | defence ministers of NATO | "
    "defense ministers of NATO | Nato-Verteidigungsminister* | NATO-Verteidigungsminister* | "
    "Verteidigungsminister* der Nato* | Verteidigungsminister* der NATO* | Verteidigungsminister* der Allianz | "
    "міністр* оборони країн НАТО | міністр* оборони НАТО | міністр* оборони країн Альянсу | міністр* оборони "
    "країн-членів НАТО | defence ministers of the alliance",
    "NATO foreign ministers": "NATO foreign ministers | foreign ministers of NATO | Nato-Außenminister* | "
    "NATO-Außenminister* | "
    "Außenminister* der Nato* | Außenminister* der NATO* | "
    "міністр* закордонних справ НАТО | міністр* закордонних справ країн НАТО | глав* МЗС НАТО | глав* МЗС країн НАТО",
    "EU defence ministers": "EU defence ministers | EU defense ministers | EU-Verteidigungsminister* | "
    "defence ministers of the EU | міністр* оборони ЄС | міністр* оборони країн ЄС",
    "EU foreign ministers": "EU foreign ministers | foreign ministers of the EU | EU-Außenminister* | "
    "Außenminister der EU | "
    "міністр* закордонних справ ЄС | глав* МЗС ЄС",
    "North Atlantic Council": "North Atlantic Council | Nordatlantikrat* | Північноатлантичн* рад*",
    "NATO-Ukraine Council": "NATO-Ukraine Council | Nato-Ukraine-Rat* | NATO-Ukraine-Rat* | Рад* НАТО–Україна | "
    "Рад* НАТО-Україна | Рад* Україна-НАТО | Рад* Україна–НАТО",
    "European Council": "European Council | EU leaders | EU summit | leaders of the EU | leaders of the European "
    "Union | "
    "heads of state and government | Heads of State or Government | "
    "Europäische* Rat* | EU-Gipfel* | Staats- und Regierungschef* | Європейськ* рад* | лідер* ЄС | саміт* ЄС",
    "NATO summit": "NATO summit | Nato-Gipfel* | NATO-Gipfel* | саміт* НАТО",
    "Coalition of the Willing": "Coalition of the Willing | coalition of the willing | Koalition der Willigen | "
    "коаліці* охочих",
    "Nordic-Baltic Eight": "Nordic-Baltic Eight | NB8",
    "Weimar Triangle": "Weimar Triangle | Weimarer Dreieck*",
    "Ukraine Recovery Conference": "Ukraine Recovery Conference",
    "Bucharest Nine": "Bucharest Nine | B9 | Бухарестськ* дев'ятк*",
    "G7 summit": "G7 summit | G7 leaders | G7-Gipfel* | саміт* G7 | саміт* Групи семи",
    "Joint Expeditionary Force": "Joint Expeditionary Force | JEF",
    "European Political Community": "European Political Community | Europäische* Politische* Gemeinschaft",
    "Crimea Platform": "Crimea Platform | Krim-Plattform | Кримськ* платформ*",
}
"""Names of forums."""

PLACES = {
    "Lviv, UKR": "Lviv | Lwiw | Lemberg | Львів | Львов* | Львова",
    "Odesa, UKR": "Odesa | Odessa | Одес*",
    "Kharkiv, UKR": "Kharkiv | Charkiw | Харк*",
    "Dnipro, UKR": "Dnipro",
    "Zaporizhzhia, UKR": "Zaporizhzhia | Saporischschja | Запоріжж*",
    "Kherson, UKR": "Kherson | Cherson | Херсон*",
    "Mykolaiv, UKR": "Mykolaiv | Mykolajiw | Миколаїв*",
    "Sumy, UKR": "Sumy",
    "Šiauliai, LTU": "Šiauliai | Siauliai | Шяуля*",
    "Ämari, EST": "Ämari | Amari air base | Емар*",
    "Lielvārde, LVA": "Lielvārde | Lielvarde | Лієлварде",
    "Gdynia, POL": "Gdynia | Ґдиня | Ґдині",
    "Gdańsk, POL": "Gdańsk | Gdansk | Danzig | Ґданськ*",
    "Kaunas, LTU": "Kaunas | Каунас*",
    "Liepāja, LVA": "Liepāja | Liepaja",
    "Malbork, POL": "Malbork | Мальборк*",
    "Mińsk Mazowiecki, POL": "Mińsk Mazowiecki | Minsk Mazowiecki | Мінськ-Мазовецьк*",
    "Poznań-Krzesiny, POL": "Poznań-Krzesiny | Poznan-Krzesiny | Krzesiny",
    "Łask, POL": "Łask | Lask air base",
    "Rzeszów, POL": "Rzeszów | Rzeszow | Jasionka | Жешув* | Жешов* | Ряшів | Ряшев*",
    "Powidz, POL": "Powidz",
    "Redzikowo, POL": "Redzikowo",
    "Świdwin, POL": "Świdwin | Swidwin",
    "Orzysz, POL": "Orzysz",
    "Rukla, LTU": "Rukla | Рукл*",
    "Tapa, EST": "Tapa | Тап*",
    "Ādaži, LVA": "Ādaži | Adazi | Адаж*",
    "Zokniai, LTU": "Zokniai",
    "Pabradė, LTU": "Pabradė | Pabrade",
    "Cincu, ROU": "Cincu",
    "Mihail Kogălniceanu, ROU": "Mihail Kogălniceanu | Mihail Kogalniceanu | Міхаїл Когелнічану",
    "Borcea, ROU": "Borcea | Борч*",
    "Fetești, ROU": "Fetești | Fetesti",
    "Câmpia Turzii, ROU": "Câmpia Turzii | Campia Turzii",
    "Deveselu, ROU": "Deveselu",
    "Constanța, ROU": "Constanța | Constanta",
    "Graf Ignatievo, BGR": "Graf Ignatievo",
    "Bezmer, BGR": "Bezmer",
    "Novo Selo, BGR": "Novo Selo",
    "Sliač, SVK": "Sliač | Sliac",
    "Lešť, SVK": "Lešť | Lest",
    "Rostock-Laage, DEU": "Rostock-Laage | Laage",
    "Nörvenich, DEU": "Nörvenich | Norvenich",
    "Neuburg, DEU": "Neuburg an der Donau",
    "Wittmund, DEU": "Wittmund",
    "Geilenkirchen, DEU": "Geilenkirchen",
    "Ramstein, DEU": "Ramstein air base",
    "RAF Coningsby, GBR": "RAF Coningsby | Coningsby",
    "RAF Lossiemouth, GBR": "RAF Lossiemouth | Lossiemouth",
    "RAF Brize Norton, GBR": "RAF Brize Norton",
    "Rovaniemi, FIN": "Rovaniemi",
    "Keflavík, ISL": "Keflavík | Keflavik",
    "Ørland, NOR": "Ørland | Orland air base",
    "Evenes, NOR": "Evenes",
    "Larissa, GRC": "Larissa",
    "Souda Bay, GRC": "Souda Bay | Souda",
    "Brussels, BEL": "Brussels | Brüssel | Брюссел* | alliance headquarters | NATO headquarters | "
    "Nato-Hauptquartier | "
    "alliance's Brussels headquarters",
    "Ramstein, DEU ": "Ramstein",
    "Baltic Sea": "Baltic Sea | Ostsee | Балтійськ* мор*",
    "Black Sea": "Black Sea | Schwarz* Meer* | Чорн* мор*",
    "North Sea": "North Sea | Nordsee | Північн* мор*",
}
"""Bases and places of meetings, with the state that they lie in."""

PLACE_OF_CAPITAL = {
    "DEU": "Berlin",
    "GBR": "London",
    "FRA": "Paris",
    "POL": "Warsaw",
    "ITA": "Rome",
    "UKR": "Kyiv",
    "TUR": "Ankara",
    "DNK": "Copenhagen",
    "NLD": "The Hague",
    "LTU": "Vilnius",
    "LVA": "Riga",
    "EST": "Tallinn",
    "FIN": "Helsinki",
    "SWE": "Stockholm",
    "NOR": "Oslo",
    "ESP": "Madrid",
    "PRT": "Lisbon",
    "USA": "Washington",
    "CAN": "Ottawa",
    "CZE": "Prague",
    "AUT": "Vienna",
    "ROU": "Bucharest",
    "GRC": "Athens",
    "BGR": "Sofia",
    "HUN": "Budapest",
    "SVK": "Bratislava",
    "SVN": "Ljubljana",
    "HRV": "Zagreb",
    "ISL": "Reykjavik",
    "IRL": "Dublin",
    "CHE": "Bern",
    "JPN": "Tokyo",
}
"""What a capital is called where it is the place of a meeting."""
