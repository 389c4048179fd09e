"""The main data of the Kiel Institute's Ukraine Support Tracker, releases 7 to 30."""

from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.exchange.profiles.base import Amounts, Initiatives, Items, Level, Profile, Words
from tracker.lib.partial_dates import DayOrder
from tracker.models import Initiative, Item, Pledge, Stage

_MODALITY, _KIND, _NATURE = Item.Modality, Initiative.Kind, Pledge.Nature

HEADER = Header(
    (
        ProfileColumn("activity", ("activity_id", "ID"), required=True),
        ProfileColumn("part", ("sub_activity_id", "Allocation ID")),
        ProfileColumn("donor", ("donor", "countries", "country"), required=True),
        ProfileColumn("announced", ("announcement_date",), required=True),
        ProfileColumn("aid_type", ("aid_type_general", "Type of Aid General"), required=True),
        ProfileColumn("aid_kind", ("aid_type_specific", "Type of Aid Specific")),
        ProfileColumn("explanation"),
        ProfileColumn("currency", ("reporting_currency", "Original Currency")),
        ProfileColumn("measure"),
        ProfileColumn("stated", ("source_reported_value", "Monetary Value as Given by Source")),
        ProfileColumn("activity_value", ("tot_activity_value", "Total")),
        ProfileColumn("activity_eur", ("tot_activity_value_EUR", "Converted Value in EUR"), required=True),
        ProfileColumn("part_value", ("tot_sub_activity_value", "Allocated Total")),
        ProfileColumn(
            "part_eur",
            (
                "tot_sub_activity_value_EUR_redistr",
                "Allocated Total in EUR (redistributed)",
                "tot_sub_activity_value_EUR",
                "Allocated Total in EUR",
            ),
        ),
        ProfileColumn("delivered_eur", ("tot_value_deliv_EUR", "Total monetary value delivered in EUR")),
        # Release 7 leaves the header of the items blank.
        ProfileColumn("item", ("items",), after="stated"),
        ProfileColumn("item_type", ("Type of item",)),
        ProfileColumn("item_sub_type", ("Sub-type of item",)),
        ProfileColumn("quantity", ("item_numb", "No. of Units")),
        ProfileColumn("delivered", ("item_numb_deliv", "No. of Units delivered (in-kind military aid)")),
        ProfileColumn("price", ("item_price_USD", "Unit Price in USD")),
        ProfileColumn("worth", ("item_value_estimate_USD", "Value committed (own estimate, in USD)")),
        ProfileColumn("value_source", ("value_source_activity_type", "value_source_commitments")),
        ProfileColumn("weapon_source", ("source_of_weapon",)),
        ProfileColumn("channel", ("International Initiative",)),
        ProfileColumn("source_1", ("source_of_aid_1",)),
        ProfileColumn("source_2", ("source_of_aid_2",)),
        ProfileColumn("source_3", ("source_of_aid_3",)),
        ProfileColumn("source_4", ("source_of_aid_4",)),
        ProfileColumn("delivery_source", ("deliv_source", "Source for Delivery")),
    )
)

KIEL = Profile(
    name="kiel",
    title="Kiel Institute, Ukraine Support Tracker",
    header=HEADER,
    sheets=("Bilateral assistance, MAIN DATA", "Categorized Data", "Main Data"),
    day_order=DayOrder.MONTH_FIRST,
    sentinels=frozenset({
        ".", "not given", "no value available", "no value", "no price", "undisclosed", "unspecified", "dozens",
        "partially", "unknown", "unclear", "none", "-",
    }),
    activity="activity",
    part="part",
    is_whole=Words("measure", {"commitment": "yes"}, default="no"),
    contributor="donor",
    beneficiary="UKR",
    aid_type=Words(
        "aid_type",
        {"military": "military", "financial": "financial", "humanitarian": "humanitarian"},
        default=None,
    ),
    aid_kind="aid_kind",
    announced="announced",
    description="explanation",
    nature=Words(
        "aid_kind",
        dict.fromkeys(
            ("weapons", "equipment", "weapons and equipment", "military equipment", "training"), _NATURE.TRANSFER
        ),
        default=_NATURE.FINANCING,
    ),
    # Where the publisher worked the value out with prices, no source states it.
    stated_if=Words("value_source", {"value is given by the source": "yes"}, default="no"),
    initiatives=Initiatives(
        "channel",
        separators=("; ", ", "),
        kinds={
            "coalition": _KIND.COALITION, "fund": _KIND.FUND, "urtf": _KIND.FUND, "account": _KIND.FUND,
            "mechanism": _KIND.MECHANISM, "facility": _KIND.MECHANISM, "procurement": _KIND.MECHANISM,
            "ammunition initiative": _KIND.MECHANISM, "mission": _KIND.MISSION,
        },
    ),
    items=Items(
        names=("item",),
        categories=("item_sub_type", "item_type"),
        quantity="quantity",
        delivered="delivered",
        price="price",
        worth="worth",
        currency="USD",
        modality=(
            Words("weapon_source", {
                "stocks": _MODALITY.STOCK_TRANSFER, "third party stocks": _MODALITY.STOCK_TRANSFER,
                "procurement": _MODALITY.PROCUREMENT,
            }),
            Words("aid_kind", {
                "training": _MODALITY.TRAINING, "loan": _MODALITY.LOAN, "guarantee": _MODALITY.GUARANTEE,
                "grant": _MODALITY.GRANT, "funding for weapon acquisition program": _MODALITY.FINANCED_PURCHASE,
            }, default=_MODALITY.UNKNOWN),
        ),
    ),
    amounts=(
        Amounts(
            Stage.COMMITMENT, Level.ACTIVITY, "activity_eur",
            stated="activity_value", stated_currency="currency", always=True,
        ),
        Amounts(
            Stage.ALLOCATION, Level.PART, "part_eur", stated="part_value", stated_currency="currency", always=True
        ),
        Amounts(Stage.DELIVERY, Level.ACTIVITY, "delivered_eur"),
    ),
    sources=("source_1", "source_2", "source_3", "source_4", "delivery_source"),
)  # fmt: skip
