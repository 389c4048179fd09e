"""What a profile declares: which column means which field, and how rows become pledges.

A row is one line of one *activity*. Rows of an activity may be told apart into *parts* (sub-activities); an
activity with several parts becomes an umbrella and a tranche for each, one with a single part one pledge.
Fields name columns by the `name` that the header declares.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import ClassVar

from tracker.exchange.inbound.conventions import AMOUNT, DATE, QUANTITY
from tracker.exchange.inbound.headers import Header
from tracker.lib.partial_dates import DayOrder
from tracker.models import Basis, Stage


class Level(Enum):
    """What an amount is of."""

    ACTIVITY = "activity"
    PART = "part"


@dataclass(frozen=True, eq=False)
class Words:
    """A column whose words stand for the register's own; compared folded. Others become `default`.

    Where `default` is None, another word makes the row invalid.
    """

    column: str
    meanings: Mapping[str, str]
    default: str | None = ""


@dataclass(frozen=True, eq=False)
class Amounts:
    """Columns with the amounts of one stage, in money or in units.

    `value` is the dataset's own value on `basis`, in `currency`, and `unit` what one unit comes to; `stated` what
    its source states, in the currency that the column `stated_currency` names. `quantity` are the units of the
    row's item. `date` is when; without such a column, when the activity was announced. Every row that says any of
    this is one entry; rows are added, never merged, but for what is `repeated` in each row of the activity.
    `always`: where no row says anything, an entry says that the value is unknown.
    """

    stage: str
    level: Level
    value: str = ""
    currency: str = "EUR"
    basis: str = Basis.DATASET
    unit: str = ""
    stated: str = ""
    stated_currency: str = ""
    quantity: str = ""
    date: str = ""
    repeated: bool = False
    always: bool = False

    @cached_property
    def columns(self) -> frozenset[str]:
        """The columns of which one at least must be there."""
        return frozenset(filter(None, (self.value, self.quantity, self.date)))

    @cached_property
    def told(self) -> Mapping[str, str]:
        """Which column tells each field of an entry but its day."""
        return {"amount": self.stated, "quantity": self.quantity, f"value ({self.basis})": self.value}


@dataclass(frozen=True)
class Items:
    """Columns that describe one item in each row.

    `names` are looked up among platforms, then `categories` among categories, in this order; the first name
    is the description. `worth` is what the item comes to at `price` for each unit, in `currency`.
    `repeated`: rows of an activity that describe the same item mean one. `new_platforms`: a name that neither
    platform nor category goes by becomes a platform, in the category that the row names.
    """

    names: tuple[str, ...]
    categories: tuple[str, ...] = ()
    quantity: str = ""
    delivered: str = ""
    price: str = ""
    worth: str = ""
    currency: str = "USD"
    modality: tuple[Words, ...] = ()
    condition: Words | None = None
    repeated: bool = False
    new_platforms: bool = False


@dataclass(frozen=True)
class Initiatives:
    """A column that names initiatives; the first of a list counts. What none goes by becomes one of its own."""

    column: str
    separators: tuple[str, ...] = ("; ",)
    kinds: Mapping[str, str] = field(default_factory=dict)
    """Words in a name, folded, and the kind of initiative that they tell; the first that fits."""
    default_kind: str = "programme"


@dataclass(frozen=True, kw_only=True)
class Profile:
    """A kind of workbook, declared.

    `contributor`, `supplier` and `recipient` are columns with names of parties. Without a column `contributor` the
    dataset does not say who bears the cost, and its pledges state no money. A supplier can be unknown.
    """

    needs_release: ClassVar[bool] = True
    """Whether an import has to say which release the file is."""

    name: str
    title: str
    """What valuations and change sets call the dataset."""
    header: Header
    day_order: DayOrder
    sentinels: frozenset[str]
    """Words that mean: not known. Folded."""
    activity: str
    told_by: tuple[str, ...] = ()
    """Columns whose texts tell activities apart where the sheet has no column with ids."""
    contributor: str = ""
    supplier: str = ""
    recipient: str = ""
    beneficiary: str = ""
    """The public id of the party that every row is for, where no column says it."""
    aid_type: Words
    announced: str
    named_by: tuple[str, ...] = ()
    """Columns whose texts make the name of a pledge; without one, its description begins with it."""
    description: str
    remarks: tuple[Words, ...] = ()
    """What words in a column add to the description."""
    estimates: Mapping[str, str] = field(default_factory=dict)
    """Columns with dates and numbers, and for each the column that says whether it is an estimate."""
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
    address: str = ""
    """The dataset's own, where it is the source itself: every pledge claims it, with its rows."""
    sheets: tuple[str, ...] = ()
    """Names of sheets to look for, before the first is taken."""

    @cached_property
    def corrected(self) -> frozenset[str]:
        """The columns in which an amount below zero corrects what was counted before."""
        return frozenset(column for one in self.amounts for column in (one.value, one.stated))

    @cached_property
    def values(self) -> frozenset[str]:
        """The columns with the dataset's own amounts."""
        return frozenset(one.value for one in self.amounts)

    @cached_property
    def delivered(self) -> list[Amounts]:
        """The amounts of deliveries."""
        return [one for one in self.amounts if one.stage == Stage.DELIVERY]

    @cached_property
    def promised(self) -> dict[Level, list[Amounts]]:
        """All other amounts, by level."""
        others = [one for one in self.amounts if one.stage != Stage.DELIVERY]
        return {level: [one for one in others if one.level is level] for level in Level}

    @property
    def holds(self) -> dict[str, str]:
        """What each column holds that can be read in two ways: amounts, quantities and dates."""
        items, amounts = self.items, self.amounts
        money = [column for one in amounts for column in (one.value, one.unit, one.stated)]
        units = [one.quantity for one in amounts]
        if items is not None:
            money += [items.price, items.worth]
            units += [items.quantity, items.delivered]
        days = [self.announced, *(one.date for one in amounts)]
        kinds = dict.fromkeys(money, AMOUNT) | dict.fromkeys(units, QUANTITY) | dict.fromkeys(days, DATE)
        return {column: kind for column, kind in kinds.items() if column}
