"""The trade register of SIPRI's Arms Transfers Database: deals in major arms, and their deliveries by year."""

from tracker.exchange.inbound.headers import Column, Header
from tracker.exchange.profiles.base import Amounts, Items, Level, Profile, Words
from tracker.lib.partial_dates import DayOrder
from tracker.models import Basis, Item, Pledge, Stage

_CONDITION = Item.Condition

HEADER = Header(
    (
        # The layout of sixteen columns has no ids, and a column without a head for each “?”.
        Column("deal", ("SIPRI AT Database ID",)),
        Column("supplier", required=True),
        Column("recipient", required=True),
        Column("designation", ("Weapon designation",), required=True),
        Column("weapon", ("Description", "Weapon description")),
        Column("category", ("Armament category",)),
        Column("ordered_in", ("Order date", "Year of order"), required=True),
        Column("ordered_in_estimate", ("Order date is estimate",), after="ordered_in"),
        # Only some exports have how many were ordered.
        Column("ordered", ("Numbers ordered", "Number ordered")),
        Column("ordered_estimate", ("Numbers ordered is estimate", "Number ordered is estimate"), after="ordered"),
        Column("delivered", ("Numbers delivered", "Number delivered"), required=True),
        Column(
            "delivered_estimate", ("Numbers delivered is estimate", "Number delivered is estimate"), after="delivered"
        ),
        Column("delivered_in", ("Delivery year", "Year of delivery", "Year(s) of delivery"), required=True),
        Column("delivered_in_estimate", ("Delivery year is estimate",), after="delivered_in"),
        Column("status"),
        Column("unit", ("TIV deal unit", "SIPRI TIV per unit")),
        Column("tiv", ("TIV delivery values", "SIPRI TIV of delivered weapons"), required=True),
        Column("local_production"),
        Column("comments"),
    )
)

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
