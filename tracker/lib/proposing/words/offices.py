"""Offices and people that stand for one party in texts: its parliament, its ministries, who speaks for it."""

INSTITUTIONS = {
    "EU": "High Representative | Hohe* Vertreter* | Верховн* представни*"
    " | Berlaymont | rescEU | Europaparlament* | European Parliament | Європарламент* | Єврорад* | Рад* ЄС",
    "SWE": "Riksdag* | Rosenbad | Риксдаг* | Försvarsmakten | FMV | Swedish Defence Materiel Administration",
    "NOR": "Storting* | Стортинг* | Nansen Support Programme",
    "DEU": "Bundestag* | Kanzleramt | Haushaltsausschuss* | Verteidigungsausschuss* | Бундестаг*"
    " | Bundeswehr* | Bundesregierung* | Bundeskabinett* | BMVg | Bundesministerium* der Verteidigung"
    " | Auswärtige* Amt* | Бундесвер*",
    "IRL": "Taoiseach | Dáil",
    "DNK": "Folketing | Фолькетинг*",
    "FIN": "President of the Republic | Eduskunta | Едускунт*",
    "GBR": "House of Commons | Defence Secretary | Downing Street | Whitehall | Westminster | House of Lords | RAF |"
    " Royal Air Force | "
    "Royal Navy"
    " | Foreign Office | Exchequer | Ministry of Defence in London | Unterhaus* | Royal Marines | MoD"
    " | Даунінг* | Вестмінстер*",
    "USA": "Congress | State Department | Department of Defense | DoD | Department of War | Capitol Hill | Kongress* | "
    "Держдеп*"
    " | Senate | US Army | US Navy | US Air Force | Foggy Bottom | Oval Office | Pentagon* | US-Senat* | Конгрес* США",
    "AUT": "Ministerrat | Nationalrat | Bundesheer | Ballhausplatz",
    "FRA": "Élysée* | Elysée* | Elysee | Matignon | Quai d'Orsay | Assemblée nationale"
    " | Élysée-Palast* | Єлисейськ* палац*",
    "NLD": "Tweede Kamer | Binnenhof | Defensie",
    "ITA": "Palazzo Chigi | Quirinale | Farnesina",
    "ESP": "Moncloa | Cortes Generales | Ejército del Aire",
    "CHE": "Bundesrat | VBS | EDA | Federal Council | DEZA",
    "POL": "Sejm | Sejm* | Сейм*",
    "LTU": "Seimas | Сейм* Литви | Сейм* Литви | Litauische* Sejm*",
    "LVA": "Saeima | Сейм* Латвії | Саейм*",
    "EST": "Riigikogu | Рійгікогу",
    "CZE": "Poslanecká sněmovna | Strakova akademie",
    "PRT": "Assembleia da República",
    "JPN": "JICA | Diet of Japan",
    "CAN": "Global Affairs Canada | Parliament Hill | Canadian Armed Forces | Royal Canadian Air Force",
    "AUS": "Australian Defence Force",
    "ROU": "Cotroceni",
    "GRC": "Megaro Maximou",
}
"""Offices that only one party has."""

SPEAKERS = {
    "UKR": "Zelensk* | Selensk* | Зеленськ* | Shmyhal* | Schmyhal* | Шмигал* | Umerov* | Umjerow* | Умєров* | "
    "Sybiha* | Сибіг* | Fedorov* | Fedorow* | Федоров* | Syrskyi* | Syrskyj* | Сирськ* | Svyrydenko | Swyrydenko |"
    " Свириденко",
    "DEU": "Pistorius | Merz | Wadephul | Klingbeil | Пісторіус* | Мерц* | Вадефул*",
    "GBR": "Healey | Starmer | Yvette Cooper | Гілі | Стармер*",
    "USA": "Hegseth | Rubio | Whitaker | Гегсет* | Рубіо",
    "FRA": "Macron | Lecornu | Vautrin | Barrot | Макрон*",
    "POL": "Tusk | Kosiniak-Kamysz | Sikorski | Nawrocki | Туск* | Сікорськ* | Косіняк*",
    "ITA": "Meloni | Crosetto | Tajani | Мелоні | Крозетто",
    "ESP": "Pedro Sánchez | Margarita Robles | Санчес*",
    "NLD": "Brekelmans | Schoof | Брекельманс*",
    "BEL": "Francken | De Wever | Франкен*",
    "DNK": "Frederiksen | Lund Poulsen | Фредеріксен",
    "NOR": "Gahr Støre | Sandvik | Сандвік*",
    "SWE": "Kristersson | Pål Jonson | Крістерссон*",
    "FIN": "Stubb | Petteri Orpo | Häkkänen | Стубб*",
    "EST": "Pevkur | Tsahkna | Kristen Michal | Певкур*",
    "LVA": "Sprūds | Braže | Siliņa | Спрудс*",
    "LTU": "Nausėda | Šakalienė | Ruginienė | Науседа",
    "CZE": "Petr Pavel | Babiš | Černochová | Fiala | Петр* Павел* | Фіал*",
    "CAN": "Carney | McGuinty | Anita Anand | Карні",
    "AUS": "Albanese | Marles | Penny Wong",
    "EU": "von der Leyen | Kallas | Kubilius | Dombrovskis | Kaja Kallas | фон дер Ляєн | Каллас | Кубілюс*",
    "NATO": "Rutte | Рютте",
}
"""Those who speak for a party, by name."""
