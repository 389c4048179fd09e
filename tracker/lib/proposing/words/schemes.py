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

CONTACT_GROUP = "Ukraine Defense Contact Group"

FORUMS = {
    CONTACT_GROUP: "Ukraine Defense Contact Group | Ukraine Defence Contact Group | UDCG | "
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
