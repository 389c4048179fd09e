"""Words for the people of a state that stand for the state: the Danes will pay."""

import re

PEOPLES = re.compile(
    r"(?:Danes|Dutch|French|British|Germans|Swedes|Poles|Finns|Czechs|Norwegians|Spaniards|Swiss|Italians|"
    r"Canadians|Estonians|"
    r"Latvians|Lithuanians|Portuguese|Japanese|Icelanders|Irish|Slovenes|Croats|Greeks|Bulgarians|Romanians|"
    r"Turks|Hungarians|Slovaks|"
    r"Portugiesen|Schweden|Finnen|Tschechen|Esten|Letten|Griechen|Türken|Schweizer|Österreicher|Kroaten|"
    r"Rumänen|"
    r"Americans|Australians|Belgians|Austrians|"
    r"Dänen|Briten|Franzosen|Niederländer|Norweger|Spanier|Italiener|Belgier|Kanadier|Australier|Bulgaren|Iren|"
    r"Isländer|"
    r"Japaner|Südkoreaner|Litauer|Luxemburger|Neuseeländer|Slowaken|Slowenen|Amerikaner|ці|[а-яіїє]и|цями|цям)n?$"
)
ALSO_ADJECTIVES = frozenset(["Dutch", "French", "British", "Swiss", "Portuguese", "Japanese", "Irish", "Schweizer"])
"""Words for a people that are adjectives as well: the Dutch minister."""
