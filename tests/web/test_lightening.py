"""What is taken out of a drawing is neither seen nor heard: what is left has the colours that it had, and a name."""

import re
from xml.etree import ElementTree

from tracker.web.charts.lightening import lightened

DRAWN = """<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks">
<g fill="none"><path class="background" d="M0,0h720v300h-720Z"/><g class="mark-rect" role="graphics-object"
aria-roledescription="rect mark container"><a xlink:href="/cell/?row=DEU"><path aria-label="Germany: 4"
role="graphics-symbol" aria-roledescription="bar" d="M0,2.6200000000000006h511.44585Z" fill="#2b7bb5" fill-opacity="1"
stroke="#ffffff" opacity="1"/></a><a xlink:href="/cell/?row=NLD"><path aria-label="Netherlands: 2" d="M0,9h-0.04Z"
fill="#e6a532" fill-opacity="0.45" stroke="#ffffff" opacity="0.6"/></a><a xlink:href="/cell/?row=FRA"><path
aria-label="France: 1" d="M0,9h2Z" fill="#2b7bb5" fill-opacity="1" stroke="#ffffff" opacity="1"/></a></g>
<g><path class="foreground" d="" display="none" fill="red"/></g></g></svg>"""


def seen(svg: str) -> list[tuple[str, ...]]:
    """Return of each mark its colours as a browser finds them: its own, else those of what it stands in."""
    found = []

    def look(each: ElementTree.Element, around: dict[str, str]) -> None:
        own = around | each.attrib
        if each.tag.endswith("}a"):
            mark = own | each[0].attrib
            names = ("fill", "stroke", "fill-opacity", "opacity")
            found.append(tuple(mark.get(name, "1") for name in names))
        for part in each:
            look(part, own)

    look(ElementTree.fromstring(svg), {})
    return found


def test_what_is_left_of_a_drawing_has_its_colours_and_its_links_their_names() -> None:
    light = lightened(DRAWN)
    assert seen(light) == seen(DRAWN)
    assert len(seen(light)) == 3
    links = re.findall(r'<a href="/cell/\?row=(\w+)" aria-label="([^"]+)"><path d="([^"]+)"', light)
    assert links == [
        ("DEU", "Germany: 4", "M0,2.6h511.4Z"), ("NLD", "Netherlands: 2", "M0,9h0Z"), ("FRA", "France: 1", "M0,9h2Z"),
    ]  # fmt: skip
    assert not any(word in light for word in ("background", "foreground", "role", "container"))
