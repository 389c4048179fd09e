"""GDP and population: reading the file, storing the figures, and the command around both."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.factories import ExchangeRateFactory, PartyFactory
from tracker.exchange.inbound.files import FileRefused
from tracker.exchange.reference.indicators import IndicatorsFileError, SourceFigure, read
from tracker.lib.numbers import Mark
from tracker.models import Indicator

HEAD = "Country Name,Country Code,Year,Value\n"
FIGURES = (
    HEAD + "Germany,DEU,2020,3940142541354.11\nGermany,DEU,2021,4348297440387.5\nWorld,WLD,2021,1\nWorld,WLD,2020,2\n"
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    written = tmp_path / "gdp.csv"
    written.write_text(FIGURES)
    return written


def load(path: Path, measure: str = "gdp", **options: Any) -> str:
    said = StringIO()
    call_command("load_indicators", str(path), measure=measure, stdout=said, **options)
    return said.getvalue()


def test_figures_are_whole_units(path: Path) -> None:
    assert read(path).figures[:2] == [
        SourceFigure("DEU", "Germany", 2020, 3940142541354),
        SourceFigure("DEU", "Germany", 2021, 4348297440388),
    ]


def test_a_year_without_a_figure_is_left_out(path: Path) -> None:
    path.write_text(HEAD + 'Germany,deu,2020,\nGermany,DEU,2021,..\nGermany,DEU,2022,"1,000.0"\n')
    assert read(path).figures == [SourceFigure("DEU", "Germany", 2022, 1000)]


def test_every_wrong_line_is_named(path: Path) -> None:
    path.write_text(
        HEAD + "Germany,DEU,2020,1\n\nGermany,DE,2020,1\nGermany,DEU,20,1\nGermany,DEU,,1\nGermany,DEU,2021,much\n"
        "Germany,DEU,2022,-1\nGermany,DEU,2022,9e30\nGermany,DEU,2020,2\nGermany,DEU,2020,1\n"
    )
    with pytest.raises(IndicatorsFileError) as wrong:
        read(path)
    assert str(wrong.value).split("; ") == [
        "gdp.csv: line 4: “DE” is no country code of three letters",
        "line 5: “20” is no year such as 2024",
        "line 6: “” is no year such as 2024",
        "line 7: “much” is not a number",
        "write for example 1250000.50",
        "line 8: “-1” is not between 0 and 1,000,000,000,000,000,000",
        "line 9: “9e30” is not between 0 and 1,000,000,000,000,000,000",
        "line 10: DEU 2020 stands there twice, with another value",
    ]


def test_a_table_of_codes_alone_is_read(path: Path) -> None:
    path.write_text("country,year,value\nDEU,2021,83196078\n")
    assert [tuple(figure) for figure in read(path).figures] == [("DEU", "", 2021, 83196078)]
    path.write_text("Country,Year,Value\nGermany,2021,5\n")
    with pytest.raises(IndicatorsFileError, match="“GERMANY” is no country code of three letters"):
        read(path)


def test_another_file_is_refused(path: Path) -> None:
    path.write_text("donor,value\nGermany,5\n")
    with pytest.raises(
        FileRefused,
        match=r"row 1 lacks the headers “Country Code” or “ISO3” or “ISO code” or “Country ISO3”; it has “donor”",
    ):
        read(path)


@pytest.mark.django_db
def test_loading_again_changes_nothing(path: Path) -> None:
    germany = PartyFactory(public_id="DEU", name="Germany")
    assert "2 figures added, 0 changed, 0 unchanged" in load(path)
    assert "2 figures of 1 that are no states here are left out: WLD World (2)" in load(path)
    assert "0 figures added, 0 changed, 2 unchanged" in load(path)
    path.write_text(FIGURES.replace("4348297440387.5", "4448297440387"))
    assert "0 figures added, 1 changed, 1 unchanged" in load(path)
    stored = Indicator.objects.filter(party=germany).values_list("measure", "year", "value", "source")
    assert list(stored) == [
        ("gdp_usd", 2021, 4448297440387, "World Bank"),
        ("gdp_usd", 2020, 3940142541354, "World Bank"),
    ]


@pytest.mark.django_db
def test_gdp_is_kept_in_euros_by_the_mean_rate_of_a_year_that_is_over(path: Path) -> None:
    PartyFactory(public_id="DEU", name="Germany")
    for day, rate in (("2021-01-04", "1.20"), ("2021-12-31", "1.30")):
        ExchangeRateFactory(date=day, rate=rate)
    load(path)
    kept = Indicator.objects.filter(measure="gdp_eur").values_list("year", "value", "source")
    assert list(kept) == [(2021, round(4348297440388 / 1.25), "World Bank")], "there is no rate of 2020"


@pytest.mark.django_db
def test_an_index_is_kept_in_millionths_and_a_key_as_it_is(path: Path) -> None:
    PartyFactory(public_id="DEU", name="Germany")
    path.write_text(HEAD + "Germany,DEU,2021,103.25\n")
    assert "1 figures added" in load(path, "deflator")
    assert "1 figures added" in load(path, "eu-key")
    assert dict(Indicator.objects.values_list("measure", "value")) == {"deflator": 103_250_000, "eu_key": 103}


@pytest.mark.django_db
def test_measures_and_sources_stand_beside_each_other(path: Path) -> None:
    PartyFactory(public_id="DEU", name="Germany")
    for measure, source in (("gdp", "World Bank"), ("gdp", "IMF")):
        assert "2 figures added" in load(path, measure, source=source)
    path.write_text(HEAD + "Germany,DEU,2020,83160871\nGermany,DEU,2021,83196078.0\n")
    assert "2 figures added" in load(path, "population")
    assert Indicator.objects.count() == 6


@pytest.mark.django_db
def test_the_code_of_an_aggregate_is_no_party_that_has_the_same_id(path: Path) -> None:
    PartyFactory(public_id="CEB", name="Council of Europe Development Bank", party_kind="institution")
    path.write_text(HEAD + "Central Europe and the Baltics,CEB,2020,5\n")
    assert "CEB Central Europe and the Baltics (1)" in load(path)
    assert not Indicator.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "reason"), [("", "is empty"), (HEAD + "Germany,DEU,x,1\n", "line 2: “x” is no year such as 2024")]
)
def test_the_command_says_what_is_wrong_and_stores_nothing(path: Path, content: str, reason: str) -> None:
    PartyFactory(public_id="DEU", name="Germany")
    path.write_text(content)
    with pytest.raises(CommandError, match=reason):
        load(path)
    with pytest.raises(CommandError, match="there is no file"):
        load(path / "gone")
    with pytest.raises(CommandError, match="--source takes a name"):
        load(path, source=" ")
    assert not Indicator.objects.exists()


@pytest.mark.django_db
def test_the_union_has_a_price_index_and_the_euro_area_is_nobody(path: Path) -> None:
    PartyFactory(public_id="EU", name="European Union", party_kind="union")
    path.write_text(HEAD + "European Union,EUU,2021,100\nEuro area,EMU,2021,101\nEuropean Union,EU,2022,103.5\n")
    said = load(path, "deflator")
    assert "2 figures added" in said
    assert "EMU Euro area (1)" in said
    assert "EUU" not in said
    found = Indicator.objects.values_list("party__public_id", "year", "value").order_by("year")
    assert list(found) == [("EU", 2021, 100_000_000), ("EU", 2022, 103_500_000)]
    assert "0 figures added" in load(path, "eu-key"), "the union has no weight in paying for itself"


WIDE = (
    '"Data Source","World Development Indicators",\r\n\r\n"Last Updated Date","2026-10-07",\r\n\r\n'
    '"Country Name","Country Code","Indicator Name","Indicator Code","2020","2021","2022",\r\n'
    '"Germany","DEU","GDP (current US$)","NY.GDP.MKTP.CD","3940142541354.13","4348297440387.54","",\r\n'
    '"Estonia","EST","GDP (current US$)","NY.GDP.MKTP.CD","","37191166153",,\r\n'
)


def test_a_line_a_country_and_a_column_a_year(path: Path) -> None:
    path.write_text(WIDE)
    found = read(path, known={"NY.GDP.MKTP.CD"})
    assert [(one.code, one.year, one.value) for one in found.figures] == [
        ("DEU", 2020, 3940142541354), ("DEU", 2021, 4348297440388), ("EST", 2021, 37191166153),
    ]  # fmt: skip
    assert found.series == "NY.GDP.MKTP.CD"


@pytest.mark.parametrize("series", ["SP.POP.TOTL", "NY.GDP.MKTP.KD"])
def test_figures_of_something_else_are_refused(path: Path, series: str) -> None:
    path.write_text(WIDE.replace("NY.GDP.MKTP.CD", series))
    with pytest.raises(FileRefused, match=rf"figures of {series}; what is loaded here is NY\.GDP\.MKTP\.CD"):
        read(path, known={"NY.GDP.MKTP.CD"})
    assert read(path, known={"NY.GDP.MKTP.CD"}, series=series).series == series


def test_of_several_series_the_one_that_is_meant_is_read(path: Path) -> None:
    other = '"Germany","DEU","Population, total","SP.POP.TOTL","83160871","83196078","83797985",\r\n'
    path.write_text(WIDE + other)
    assert len(read(path, known={"NY.GDP.MKTP.CD"}).figures) == 3
    assert [one.value for one in read(path, known={"SP.POP.TOTL"}).figures] == [83160871, 83196078, 83797985]
    path.write_text(
        "Country Name,Country Code,Time,Time Code,GDP [NY.GDP.MKTP.CD],Population [SP.POP.TOTL]\n"
        "Germany,DEU,2021,YR2021,4348297440387.5,83196078\n"
    )
    assert read(path, known={"SP.POP.TOTL"}).figures == [SourceFigure("DEU", "Germany", 2021, 83196078)]


def test_what_is_said_below_the_table_is_passed_over_and_counted(path: Path) -> None:
    path.write_text(
        FIGURES + ",,,\n,,,\nData from database: World Development Indicators,,,\nLast Updated: 10/07/2026\n"
    )
    found = read(path)
    assert len(found.figures) == 4
    assert found.footnotes == ["Data from database: World Development Indicators", "Last Updated: 10/07/2026"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Germany;DEU;2021;83.196.078\nMalta;MLT;2021;518.536\n", [83196078, 518536]),
        ("Germany;DEU;2021;83 196 078\nMalta;MLT;2021;518\N{NARROW NO-BREAK SPACE}536\n", [83196078, 518536]),
        ("Malta;MLT;2021;518.536\n", [518536]),
        ('Germany;DEU;2021;"83,196,078"\nMalta;MLT;2021;518,536\n', None),
        ("Malta;MLT;2021;518,536\n", None),
    ],
)
def test_one_convention_for_the_column(path: Path, text: str, values: list[int] | None) -> None:
    path.write_text(HEAD.replace(",", ";") + text)
    if values is None:
        # The separator says decimal comma, the cells say otherwise, or people have no decimals.
        with pytest.raises((FileRefused, IndicatorsFileError), match="518,536"):
            read(path, whole=True)
    else:
        assert [one.value for one in read(path, whole=True).figures] == values


def test_an_index_with_decimal_commas(path: Path) -> None:
    path.write_text("\ufeff" + HEAD.replace(",", ";") + "USA;USA;2021;100,000\nUSA;USA;2023;110,940\n")
    assert [one.value for one in read(path, 10**6).figures] == [100_000_000, 110_940_000]
    path.write_text(HEAD + "USA,USA,2021,100.000\nUSA,USA,2023,110.940\n")
    with pytest.raises(FileRefused, match=r"“100.000” in row 2 can be 100 or 100000.*--decimal"):
        read(path, 10**6)
    assert [one.value for one in read(path, 10**6, stated={"number": Mark.POINT}).figures] == [100_000_000, 110_940_000]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("measure", "text", "named"),
    [
        ("gdp", "Germany,DEU,2021,4348\n", "DEU-2021: 4,348, where 4,348,297,440,388 stands"),
        ("gdp", "Germany,DEU,2022,4082469\n", "DEU-2022: 4,082,469 is not between 10,000,000 and"),
        (
            "population",
            "Germany,DEU,2020,83160871\nGermany,DEU,2021,83197\n",
            "DEU-2021: 83,197 beside 83,160,871 in 2020",
        ),
        ("population", "Germany,DEU,2020,84\n", "DEU-2020: 84 is not between 500 and"),
    ],
)
def test_what_can_hardly_be_meant_is_asked_about_before_it_is_written(
    path: Path, measure: str, text: str, named: str
) -> None:
    PartyFactory(public_id="DEU", name="Germany")
    load(path)
    path.write_text(HEAD + text)
    with pytest.raises(CommandError, match="Nothing was written") as asked:
        load(path, measure)
    assert named in str(asked.value)
    assert "--accept-implausible DEU-20" in str(asked.value)
    assert Indicator.objects.count() == 2
    accepted = named.partition(":")[0]
    assert "1 changed" in (said := load(path, measure, accept_implausible=[accepted])) or "added" in said
    assert Indicator.objects.filter(year=int(accepted[-4:]), measure__startswith=measure[:3]).exists()


def test_the_world_banks_notes_below_a_table_that_begins_with_the_year(path: Path) -> None:
    path.write_text(
        "Time,Time Code,Country Name,Country Code,GDP [NY.GDP.MKTP.CD]\n2021,YR2021,Germany,DEU,4348297440387.5\n"
        ",,,,\nData from database: World Development Indicators,,,,\nLast Updated: 10/07/2026,,,,\n"
    )
    found = read(path, known=("NY.GDP.MKTP.CD",))
    assert found.figures == [SourceFigure("DEU", "Germany", 2021, 4348297440388)]
    assert found.footnotes == ["Data from database: World Development Indicators", "Last Updated: 10/07/2026"]
    assert found.notices == []


def test_words_for_unknown_are_no_figures_and_years_are_read_as_the_world_bank_writes_them(path: Path) -> None:
    path.write_text(HEAD + "Germany,DEU,2020,unknown\nGermany,DEU,2021,-\nGermany,DEU,2022 [YR2022],7\n")
    assert read(path).figures == [SourceFigure("DEU", "Germany", 2022, 7)]
    path.write_text(HEAD + "Germany,DEU,2021/22,7\nGermany,DEU,2023,#REF!\n")
    with pytest.raises(IndicatorsFileError, match=r"line 2: “2021/22” is no year such as 2024; line 3: “#REF!” is not"):
        read(path)


def test_a_file_that_can_be_cut_off_and_a_column_that_is_no_year_are_said(path: Path) -> None:
    path.write_text("Country Name,Country Code,Indicator Name,2020,20\nGermany,DEU,GDP,5,6\nMalta,MLT,GDP,3,4")
    assert read(path).notices == [
        "The file ends in row 3 without a line break: look whether its last cell is whole.",
        "Columns that are not read: “20”.",
    ]
