"""The trade register of SIPRI's Arms Transfers Database: deals in major arms, and their deliveries by year."""

from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.exchange.inbound.shifting import Shape
from tracker.exchange.profiles.base import Amounts, Items, Level, Profile, Words
from tracker.lib.partial_dates import DayOrder
from tracker.models import Basis, Item, Pledge, Stage

_CONDITION = Item.Condition

_FLAG = Shape(r"(?i)[?01]|yes|no")
_YEARS = Shape(r"\(?(?:1[89]|20)\d\d(?:(?: ?- ?|[;,] ?)\d{4})*\??\)?")
_ORDERED = Shape(_YEARS.pattern, can_be_blank=False)
_COUNT = Shape(r"\(?[\d.,]+\??\)?")
_NUMBER = Shape(r"[\d.,]+")
_NAME = Shape(r"[^\d?][^\d]*", can_be_blank=False)
_WORDS = Shape(r"(?s).*[^\W\d].*")
_STATUS = r"(?:new|second[ -]hand(?: but moderni[sz]ed)?)"
_COMMENT = Shape(rf"(?is)(?!{_STATUS}$).*[^\W\d].*")
_WEAPON = Shape(_WORDS.pattern, can_be_blank=False)

HEADER = Header(
    (
        # The layout of sixteen columns has no ids, and a column without a head for each “?”. Copies of it have lost
        # blank cells, so that the others stand too far left: each column says what stands in it.
        ProfileColumn("deal", ("SIPRI AT Database ID",)),
        ProfileColumn("supplier", required=True, shape=_NAME),
        ProfileColumn("recipient", required=True, shape=_NAME),
        ProfileColumn("designation", ("Weapon designation",), required=True, shape=Shape(can_be_blank=False)),
        ProfileColumn("weapon", ("Description", "Weapon description"), shape=_WEAPON),
        ProfileColumn("category", ("Armament category",), shape=_WORDS),
        ProfileColumn("ordered_in", ("Order date", "Year of order"), required=True, shape=_ORDERED),
        ProfileColumn(
            "ordered_in_estimate", ("Order date is estimate", "Uncertainty flag order year"), after="ordered_in",
            shape=_FLAG,
        ),
        # Only some exports have how many were ordered.
        ProfileColumn("ordered", ("Numbers ordered", "Number ordered"), shape=_COUNT),
        ProfileColumn(
            "ordered_estimate",
            ("Numbers ordered is estimate", "Number ordered is estimate", "Uncertainty flag number ordered"),
            after="ordered", shape=_FLAG,
        ),
        ProfileColumn("delivered", ("Numbers delivered", "Number delivered"), required=True, shape=_COUNT),
        ProfileColumn(
            "delivered_estimate",
            ("Numbers delivered is estimate", "Number delivered is estimate", "Uncertainty flag number delivered"),
            after="delivered", shape=_FLAG,
        ),
        ProfileColumn(
            "delivered_in", ("Delivery year", "Year of delivery", "Year(s) of delivery", "Year(s) of deliveries"),
            required=True, shape=_YEARS,
        ),
        ProfileColumn("delivered_in_estimate", ("Delivery year is estimate",), after="delivered_in", shape=_FLAG),
        ProfileColumn("status", shape=Shape(f"(?i){_STATUS}")),
        ProfileColumn("estimate", ("SIPRI estimate", "SIPRI TIV for total order"), shape=_NUMBER, is_read=False),
        ProfileColumn("unit", ("TIV deal unit", "SIPRI TIV per unit"), shape=_NUMBER),
        ProfileColumn("tiv", ("TIV delivery values", "SIPRI TIV of delivered weapons"), required=True, shape=_NUMBER),
        ProfileColumn("local_production", shape=_FLAG),
        ProfileColumn("comments", shape=_COMMENT, is_read=False),
    )
)  # fmt: skip

SIPRI = Profile(
    name="sipri",
    title="SIPRI Arms Transfers Database",
    address="https://www.sipri.org/databases/armstransfers",
    header=HEADER,
    day_order=DayOrder.DAY_FIRST,
    sentinels=frozenset({"", "?", "-", "unknown", "unknown supplier(s)", "unknown recipient(s)"}),
    activity="deal",
    told_by=("supplier", "recipient", "designation", "weapon", "ordered_in", "ordered"),
    # Who supplies is not who pays: the register has sales, and gifts that a third party finances.
    supplier="supplier",
    recipient="recipient",
    aid_type=Words("category", {}, default=Pledge.AidType.MILITARY.value),
    aid_kind="category",
    announced="ordered_in",
    named_by=("designation", "weapon", "supplier"),
    description="weapon",
    remarks=(Words("local_production", {"yes": "With production or assembly in the recipient's country."}),),
    estimates={
        "ordered_in": "ordered_in_estimate",
        "ordered": "ordered_estimate",
        "delivered": "delivered_estimate",
        "delivered_in": "delivered_in_estimate",
    },
    items=Items(
        names=("designation", "weapon"),
        categories=("weapon", "category"),
        quantity="ordered",
        condition=Words(
            "status",
            {
                "new": _CONDITION.NEW,
                "second hand": _CONDITION.SECOND_HAND,
                "second hand but modernized": _CONDITION.MODERNISED,
            },
        ),
        repeated=True,
        new_platforms=True,
    ),
    amounts=(
        Amounts(Stage.CONTRACT, Level.ACTIVITY, quantity="ordered", repeated=True),
        Amounts(
            Stage.DELIVERY, Level.ACTIVITY, "tiv",
            currency="", basis=Basis.TIV, unit="unit", quantity="delivered", date="delivered_in",
        ),
    ),
)  # fmt: skip
