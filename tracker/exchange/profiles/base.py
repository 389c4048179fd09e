"""What a profile declares: which column means which field, and how rows become pledges.

A row is one line of one *activity*. Rows of an activity may be told apart into *parts* (sub-activities); an
activity with several parts becomes an umbrella and a tranche for each, one with a single part one pledge.
Fields name columns by the `name` that the header declares.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from tracker.exchange.headers import Header
from tracker.lib.cells import DayOrder


class Level(Enum):
    """What an amount is of."""

    ACTIVITY = "activity"
    PART = "part"


@dataclass(frozen=True)
class Words:
    """A column whose words stand for the register's own; compared folded. Others become `default`.

    Where `default` is None, another word makes the row invalid.
    """

    column: str
    meanings: Mapping[str, str]
    default: str | None = ""


@dataclass(frozen=True)
class Amounts:
    """Columns with the amounts of one stage.

    `value` is the dataset's own value in `currency`; `stated` what its source states, in the currency that the
    column `stated_currency` names. Every number in `value` is one entry; rows are added, never merged.
    `always`: where no row has a number, an entry says that the value is unknown.
    """

    stage: str
    level: Level
    value: str
    currency: str = "EUR"
    stated: str = ""
    stated_currency: str = ""
    always: bool = False


@dataclass(frozen=True)
class Items:
    """Columns that describe one item in each row.

    `names` are looked up among platforms, then `categories` among categories, in this order; the first name
    is the description. `worth` is what the item comes to at `price` for each unit, in `currency`.
    """

    names: tuple[str, ...]
    categories: tuple[str, ...] = ()
    quantity: str = ""
    delivered: str = ""
    price: str = ""
    worth: str = ""
    currency: str = "USD"
    modality: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Initiatives:
    """A column that names initiatives; the first of a list counts. What none goes by becomes one of its own."""

    column: str
    separators: tuple[str, ...] = ("; ",)
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Words in a name, folded, and the kind of initiative that they tell; the first that fits."""
    default_kind: str = "programme"


@dataclass(frozen=True)
class Profile:
    """A kind of workbook, declared."""

    name: str
    title: str
    """What valuations and change sets call the dataset."""
    header: Header
    day_order: DayOrder
    sentinels: frozenset[str]
    """Words that mean: not known. Folded."""
    activity: str
    contributor: str
    beneficiary: str
    """The public id of the party that every row is for."""
    aid_type: Words
    announced: str
    description: str
    part: str = ""
    is_whole: Words | None = None
    """Rows that describe the activity as a whole: those to which this gives `yes`."""
    stated_if: Words | None = None
    """Rows whose `stated` amounts are the source's own: those to which this gives `yes`; None: all."""
    aid_kind: str = ""
    nature: Words | None = None
    initiatives: Initiatives | None = None
    items: Items | None = None
    amounts: tuple[Amounts, ...] = ()
    sources: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    """Names of sheets to look for, before the first is taken."""
