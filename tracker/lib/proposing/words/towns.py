"""Towns from which papers report that serve one state: where one heads a text, its forces are those of that state."""

TOWNS = {
    "CAN": "Toronto | Montreal | Vancouver | Calgary | Edmonton | Halifax | Winnipeg | Quebec City |"
    " Kingston, Ont. | Petawawa",
    "GBR": "Edinburgh | Glasgow | Cardiff | Belfast | Manchester | Birmingham | Liverpool | Portsmouth | Plymouth |"
    " Hull | Leeds",
    "DEU": "Hamburg | München | Köln | Frankfurt | Stuttgart | Kiel | Wilhelmshaven | Rostock | Hannover | Bremen |"
    " Leipzig | "
    "Dresden | Nürnberg | Flensburg | Bonn | Kassel | Koblenz | Ulm | Munster | Münster | Düsseldorf",
    "AUT": "Graz | Linz | Salzburg | Innsbruck | Klagenfurt",
    "CHE": "Zürich | Basel | Genf | Thun | Lausanne | Luzern",
    "NLD": "Rotterdam | Amsterdam | Eindhoven | Utrecht | Den Helder | Groningen",
    "BEL": "Antwerp | Ghent | Liège | Namur | Zeebrugge",
    "FRA": "Lyon | Marseille | Toulouse | Brest | Toulon | Bordeaux | Strasbourg | Lille",
    "ITA": "Milan | Turin | Naples | La Spezia | Genoa | Bologna",
    "ESP": "Barcelona | Seville | Zaragoza | Valencia | Bilbao | Cartagena",
    "PRT": "Porto | Coimbra | Leiria",
    "POL": "Krakow | Kraków | Gdansk | Gdańsk | Wroclaw | Wrocław | Poznan | Poznań | Lublin | Rzeszow | Katowice",
    "CZE": "Brno | Ostrava | Pardubice | Pilsen | Olomouc",
    "SVK": "Košice | Zvolen | Trenčín | Žilina",
    "SWE": "Gothenburg | Malmö | Uppsala | Linköping | Karlskrona | Boden",
    "NOR": "Bergen | Trondheim | Tromsø | Stavanger | Bodø",
    "DNK": "Aarhus | Aalborg | Odense | Esbjerg | Frederikshavn",
    "FIN": "Turku | Tampere | Oulu | Rovaniemi | Lappeenranta",
    "EST": "Tartu | Narva | Pärnu",
    "LVA": "Daugavpils | Liepāja | Liepaja | Ventspils",
    "LTU": "Kaunas | Klaipėda | Klaipeda | Panevėžys",
    "ROU": "Cluj | Timișoara | Iași | Brașov",
    "USA": "New York | Chicago | Los Angeles | San Diego | Norfolk, Va. | Fort Bragg",
    "AUS": "Sydney | Melbourne | Brisbane | Perth | Adelaide",
    "NZL": "Auckland | Christchurch",
    "IRL": "Cork | Galway | Limerick",
}
STATE_OF_TOWN = {town.strip(): state for state, line in TOWNS.items() for town in line.split("|")}
"""The state of each."""
