"""What texts call things that have no name of their own, and what they are called in English."""

THINGS = {
    "": "Drohnenwall* | drone wall* | стін* дронів | think tank* | fuel tank* | border guard* | coast guard* | "
    "ground station*",
    "trainer": "trainers | instructors | Ausbilder | інструктор*",
    "airman": "airmen | pilots and technicians",
    "engineer": "engineers | sappers | Pioniere | сапер*",
    "soldier": "soldier* | members of the Defence Forces | members of the Armed Forces |"
    " members of the armed forces | gunners | carabinieri | paratroopers | marines | sailors | Fallschirmjäger |"
    r" Marinesoldaten | десантник* | морпіх* | military personnel | servicewomen | uniformed personnel |"
    r" Armeeangehörige* |"
    r" Militärangehörige* | Einsatzkräfte | Bundeswehrangehörige* | Soldatinnen | бійц* | армійц* | troops | troop |"
    r" servicemen | service members | personnel | Soldat* | "
    "Soldatinnen und Soldaten | men and women | Männer und Frauen | Kräfte |  військов* | солдат* | військовослужбовц*",
    "155 mm artillery shell": "155 mm rounds | 155mm rounds | 155 mm shells | 155mm shells | 155 mm artillery "
    "shells | "
    "155mm artillery shells | 155 mm artillery rounds "
    "| 155-mm shells | 155 mm ammunition | rounds of 155 mm artillery ammunition | "
    "rounds of 155 mm ammunition | rounds of 155mm ammunition | rounds of 155 mm "
    "| Artilleriemunition 155 mm | Schuss Artilleriemunition 155 mm | Schuss Artilleriemunition | "
    "155-mm-Granaten | 155-mm-Geschosse | 155mm-Granaten "
    "| снаряд* калібру 155 мм | 155-мм снаряд* | 155-мм артилерійськ* снаряд* | "
    "артилерійськ* снаряд* калібру 155 мм | 155-міліметров* снаряд*",
    "artillery shell": "artillery shell* | artillery round* | artillery rounds | shells | "
    "Artilleriegranate* | Granate* | "
    "Artilleriegeschosse | артилерійськ* снаряд* | снаряд*",
    "artillery ammunition": "artillery ammunition | Artilleriemunition",
    "large-calibre round": "large-calibre rounds | large-calibre round* | large-caliber round* | "
    "large-calibre ammunition | "
    "großkalibrige* Munition | großkalibrige* Geschosse | Schuss großkalibriger Munition | "
    "великокаліберн* боєприпас* | великокаліберн* снаряд*",
    "120 mm mortar round": "120 mm mortar rounds | 120 mm mortar bombs | Mörsermunition 120 mm",
    "mortar round": "mortar rounds | mortar bombs | mortar shells | Mörsergranaten | "
    "мінометн* мін* | мінометн* боєприпас*",
    "mortar": "mortar* | Mörser | міномет*",
    "40 mm ammunition": "Schuss Munition 40 mm | Munition 40 mm | 40 mm grenades | 40 mm rounds",
    "35 mm ammunition": "35 mm rounds | Schuss Munition 35 mm | 35-mm-Munition",
    "tank round": "tank rounds | Panzermunition | Schuss Panzermunition | танков* снаряд*",
    "small arms ammunition": "small arms ammunition | rounds of small arms ammunition | Handwaffenmunition | "
    "Schuss Handwaffenmunition",
    "ammunition": "ammunition | rounds of ammunition | rounds of small-arms ammunition | "
    "rounds of artillery ammunition | "
    "small-arms ammunition | rounds | munitions | Munition | боєприпас*",
    "air defence munition": "air defence munitions",
    "grenade": "hand grenade* | grenades | Handgranaten",
    "mine": "mines | land mines | Minen | мін",
    "interceptor drone": "interceptor drone* | Abfangdrohne* | drone interceptor* | дрон*-перехоплювач* | "
    "дронів-перехоплювачів | перехоплювач*",
    "FPV drone": "FPV drone* | FPV-Drohne* | FPV-дрон* | first-person-view drones | FPV дрон*",
    "attack drone": "attack drone* | strike drone* | combat drones | Kampfdrohne* | Angriffsdrohne* | ударн* дрон* | "
    "ударн* безпілотник*",
    "reconnaissance drone": "reconnaissance drone* | surveillance drone* | Aufklärungsdrohne* | "
    "Drohnen zur Aufklärung | "
    "розвідувальн* дрон* | розвідувальн* безпілотник*",
    "naval drone": "naval drone* | sea drone* | maritime drone* | Seedrohne* | морськ* дрон*",
    "underwater drone": "underwater drone* | Unterwasserdrohne* | підводн* дрон*",
    "long-range drone": "long-range drone* | weitreichende Drohnen | далекобійн* дрон*",
    "kamikaze drone": "kamikaze drone* | Kamikaze-Drohne* | дрон*-камікадзе",
    "drone": "drone* | unmanned aircraft | UAVs | UAV | Drohne* | дрон* | безпілотник* | БпЛА",
    "ground robot": "ground robot* | unmanned ground vehicle* | UGVs | наземн* робот*",
    "interceptor missile": "interceptor* | interceptor missile* | air-defence interceptors | Abfangrakete* | "
    "ракет*-перехоплювач*",
    "air defence missile": "air defence missile* | air-defence missile* | air defense missile* | "
    "surface-to-air missile* | "
    "Flugabwehrrakete* | Flugabwehrlenkflugkörper* | зенітн* ракет* | ракет* ППО",
    "cruise missile": "cruise missile* | Marschflugkörper* | крилат* ракет*",
    "missile": "missile* | guided missile* | Flugkörper* | Lenkflugkörper* | Rakete* | ракет*",
    "rocket": "rocket*",
    "rocket launcher": "rocket launcher* | multiple rocket launcher* | multiple launch rocket system* | MLRSs | "
    "Raketenwerfer* | "
    "Mehrfachraketenwerfer* | реактивн* систем* залпового вогню | РСЗВ",
    "anti-ship missile": "anti-ship missile* | antiship missile* | Seezielflugkörper* | Antischiffsrakete* | "
    "протикорабельн* ракет*",
    "anti-tank missile": "anti-tank guided missile* | Panzerabwehrrakete* | Panzerabwehrlenkwaffe* | "
    "протитанков* ракет* | "
    "протитанков* ракетн* комплекс* | ПТРК | ПТУР*",
    "anti-tank mine": "anti-tank mine* | Panzerabwehrmine* | протитанков* мін*",
    "anti-aircraft gun": "anti-aircraft gun* | flak gun* | Flugabwehrkanone* | Flugabwehrgeschütz* | зенітн* гармат* | "
    "зенітн* установ*",
    "anti-aircraft tank": "anti-aircraft tank* | flak tank* | Flugabwehrpanzer* | Flakpanzer* | "
    "зенітн* самохідн* установ*",
    "counter-battery radar": "counter-battery radar* | counterbattery radar* | artillery-locating radar* | "
    "Artillerieortungsradar* | контрбатарейн* радар*",
    "mobile hospital": "mobile hospital* | mobiles Krankenhaus | mobile Krankenhäuser | "
    "мобільн* шпитал* | мобільн* госпітал*",
    "bomb": "bombs | Bomben",
    "anti-tank weapon": "anti-tank weapon* | anti-tank missiles | Panzerabwehrwaffe* | Panzerfäuste | "
    "Panzerabwehrhandwaffen | протитанков*",
    "mine-clearing tank": "Minenräumpanzer",
    "air defence system": "air defence system* | air-defence system* | air defense system* | "
    "Luftverteidigungssystem* | "
    "Flugabwehrsystem* | систем* ППО | комплекс* ППО | зенітн* комплекс*",
    "air defence battery": "air defence batter* | air-defence batter* | air defense batter* | "
    "battery of short-range air defence | batteries of short-range air defence | Flugabwehrbatterie* | "
    "батаре* ППО | зенітн* батаре* | зенітно-ракетн* батаре*",
    "battery": "battery | batteries | Batterie* | батаре*",
    "battlegroup": "battlegroup* | battle group* | Gefechtsverband* | Kampfgruppe* | бойов* груп*",
    "air defence radar": (
        "air defence radar* | air-defence radar* | air surveillance radar* | Luftraumüberwachungsradar*"
    ),
    "radar": "radar* | radar system* | radar sets | Radare | Radargerät* | радар* | радіолокаційн* станці* | РЛС",
    "radar technician": "radar technician*",
    "air defence battalion": "air defence battalion* | Flugabwehrbataillon* | зенітн* батальйон*",
    "medical platoon": "medical platoon* | Sanitätszug | Sanitätszüge | медичн* взвод*",
    "platoon": "platoon* | взвод*",
    "infantry company": "infantry compan* | Infanteriekompanie* | піхотн* рот*",
    "battalion": "battalion* | Bataillon* | батальйон*",
    "brigade": "brigade* | Brigade* | бригад*",
    "squadron": "squadron* | Staffel* | ескадриль*",
    "detachment": "detachment* | Abteilung | контингент*",
    "air defence unit": "air defence unit* | air-defence unit* | Flugabwehreinheit* | Luftabwehreinheit* | "
    "підрозділ* ППО",
    "anti-drone unit": "anti-drone unit* | counter-drone unit* | anti-drone team* | Drohnenabwehreinheit* | "
    "Drohnenabwehr | антидронов* підрозділ*",
    "special forces": "special forces | Spezialkräfte*",
    "submarine": "submarine* | U-Boot* | підводн* човн*",
    "balloon": "balloon* | Ballon* | повітрян* кул* | аеростат*",
    "flying object": "flying object* | unidentified object* | aerial object* | Flugobjekt* | unbekannte* "
    "Flugkörper* | повітрян* ціл* | літальн* апарат*",
    "trailer": "trailer* | Anhänger | причеп*",
    "engine": "engines | Motoren | двигун*",
    "tent": "tents | Zelte | намет*",
    "sleeping bag": "sleeping bags | Schlafsäcke | спальник*",
    "excavator": "excavator* | Bagger | екскаватор*",
    "mine-clearing vehicle": "mine-clearing vehicle* | mine clearance vehicle* | demining machine* | demining "
    "vehicle* | "
    "Minenräumfahrzeug* | Minenräumgerät* | машин* розмінування",
    "artillery": "artillery | Artillerie | артилері*",
    "air defence": "air defence | air defense | Luftverteidigung | Flugabwehr | Luftabwehr | протиповітрян* "
    "оборон* | ППО",
    "energy equipment": "energy equipment | power equipment | Energieausrüstung | енергетичн* обладнання",
    "fire unit": "fire unit* | Feuereinheit*",
    "launcher": "launcher* | Startgerät* | Werfer | пусков* установ*",
    "gun": "guns | Geschütz* | гармат*",
    "howitzer": "howitzer* | Haubitze* | гаубиц*",
    "self-propelled howitzer": "self-propelled howitzer* | самохідн* гаубиц* | Radhaubitze* | САУ",
    "artillery system": "artillery system* | artillery piece* | Artilleriegeschütz* | артилерійськ* систем*",
    "tank": "tank | tanks | main battle tank* | Kampfpanzer* | Panzer | танк*",
    "infantry fighting vehicle": "infantry fighting vehicle* | IFVs | Schützenpanzer* | БМП",
    "armoured personnel carrier": "armoured personnel carrier* | armored personnel carrier* | "
    "APCs | Mannschaftstransporter* | "
    "бронетранспортер* | БТР",
    "armoured vehicle": "armoured vehicle* | armored vehicle* | armoured combat vehicles | armoured cars | "
    "gepanzerte* Fahrzeug* | Panzerfahrzeug* | бронемашин* | бронеавтомобіл* | броньован* машин*",
    "MRAP": "MRAPs | MRAP | mine-protected vehicle* | minengeschützte* Fahrzeug* | geschützte Fahrzeuge MRAP | "
    "MRAP-Fahrzeuge | протимінн* машин*",
    "protected vehicle": "protected vehicle* | geschützte* Fahrzeug*",
    "military truck": "military truck*",
    "truck": "truck* | lorries | lorry | Lastwagen | Lkw | LKW | вантажівк*",
    "ambulance": "ambulance* | Krankenwagen | Rettungswagen | Ambulanzen | машин* швидкої* | карет* швидкої*",
    "pickup": "pickup* | pick-ups | Pick-ups | пікап*",
    "vehicle": "vehicle* | off-road vehicles | Fahrzeug* | автомобіл* | машин*",
    "patrol vessel": "patrol vessel* | patrol ship* | offshore patrol vessel* | Patrouillenschiff* | патрульн* кора*",
    "destroyer": "destroyer* | Zerstörer | есмін*",
    "vessel": "vessel* | cutter*",
    "boat": "boat* | patrol boat* | Boote | катер*",
    "frigate": "frigate* | Fregatte* | фрегат*",
    "air-defence frigate": "air-defence frigate* | air defence frigate*",
    "minehunter": "minehunter* | minesweeper* | Minenjagdboot* | тральник*",
    "early warning aircraft": "radar plane* | radar aircraft | early warning aircraft | early-warning aircraft | "
    "early warning plane* | "
    "Frühwarnflugzeug* | "
    "літак* дальнього радіолокаційного виявлення",
    "combined heat and power unit": "Blockheizkraftwerk* | combined heat and power unit* | cogeneration unit* | "
    "когенераційн* установ*",
    "corvette": "corvette* | Korvette* | корвет*",
    "ship": "warship* | ships | ship | Schiff* | корабл*",
    "helicopter": "helicopter* | Hubschrauber* | Mehrzweckhubschrauber* | вертольот* | гелікоптер*",
    "fighter aircraft": "fighter jet* | fighter aircraft | fighter plane* | fighters | jets | "
    "Kampfjet* | Kampfflugzeug* | "
    "Jagdflugzeug* | винищувач*",
    "tanker aircraft": "tanker aircraft | tanker plane* | tanker | tankers | Tankflugzeug*",
    "transport aircraft": "transport aircraft",
    "aircraft": "aircraft | planes | plane | Flugzeug* | літак*",
    "generator": "generator* | power generator* | Stromerzeuger* | Generator* | Generatoren | генератор*",
    "transformer": "transformer* | Transformator* | трансформатор*",
    "heater": "heater* | Heizgeräte | обігрівач*",
    "boiler": "boiler* | котл*",
    "winter clothing": "winter clothing | winter uniforms | Winterbekleidung | Winteruniformen | зимов* одяг*",
    "uniform": "uniforms | sets of uniforms | Uniformen",
    "helmet": "helmets | Helme | шолом*",
    "body armour": "body armour | protective vests | Schutzwesten | бронежилет*",
    "medical supplies": "medical supplies | medical equipment | medical material | Sanitätsmaterial | "
    "medizinisches Material | медичн* обладнання",
    "first aid kit": "first aid kit* | first-aid kits | Verbandskästen",
    "spare parts": "spare parts | spares | Ersatzteile | запчастин* | запасн* частин*",
    "night vision device": "night vision device* | night-vision goggles | Nachtsichtgerät* | прилад* нічного бачення",
    "thermal sight": "thermal sight* | thermal imaging | Wärmebildgerät* | тепловізор*",
    "radio": "radios | radio sets | Funkgerät* | радіостанці*",
    "sniper rifle": "sniper rifle* | Scharfschützengewehr*",
    "rifle": "rifles | assault rifle* | Sturmgewehr* | Gewehre | гвинтівк* | автомат*",
    "machine gun": "machine gun* | Maschinengewehr* | кулемет*",
    "sensor": "sensors",
    "jammer": "jammer* | Störsender",
    "satellite terminal": "satellite terminal* | satellite communication terminals",
    "engineering equipment": "engineering equipment | Pioniergerät*",
    "bridge": "bridges | bridge systems | Brücken",
    "fuel": "fuel | Treibstoff | Diesel | пальн*",
    "demining": "demining | humanitarian demining | Minenräumung | Entminung | розмінування",
    "reconstruction": "reconstruction | Wiederaufbau* | відбудов*",
    "gas": "gas purchases | Gaskäufe | закупівл* газу",
    "training of crews": "training of their crews | training of crews | training of gun crews | training of pilots | "
    "training of Ukrainian gun crews | training for pilots | Ausbildung der Besatzungen | Ausbildung von Piloten | "
    "підготовк* екіпажів | "
    "підготовк* пілотів",
    "training of soldiers": "training of Ukrainian soldiers | training Ukrainian soldiers | training of soldiers | "
    "Ausbildung ukrainischer Soldaten | підготовк* військових",
    "military equipment": "military equipment",
    "army equipment": "army equipment",
    "defence materiel": "defence materiel",
    "non-lethal military aid": "non-lethal military aid | non-lethal aid",
    "US weapons": "US weapons | American weapons | US-made weapons | amerikanische Waffen",
    "shelter": "shelters",
    "cyber defence": "cyber defence",
    "field hospital": "field hospital* | Feldlazarett* | польов* шпитал* | польов* госпітал*",
    "prosthesis": "prostheses",
    "power grid repair": "power grid",
}
"""Words of a thing, in English, German and Ukrainian, by the phrase that facts call it. `*` stands for any ending."""
