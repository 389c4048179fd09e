"""What the Kiel Institute's site exports of its Ukraine Support Tracker: a table of ten columns, without ids."""

from tracker.exchange.inbound.headers import Column, Header
from tracker.exchange.profiles.base import Amounts, Initiatives, Items, Level, Profile, Words
from tracker.exchange.profiles.kiel import KIEL
from tracker.models import Stage

HEADER = Header(
    (
        Column("id", ("activity_id",)),
        Column("country", ("donor", "countries"), required=True),
        Column("date", ("announcement_date", "announced"), required=True),
        Column("type", ("aid_type", "aid_type_general", "type of aid"), required=True),
        Column("kind", ("sub-type", "aid_type_specific", "category")),
        Column("description", ("explanation", "details")),
        Column("value", ("value in EUR", "value_EUR", "amount", "amount in EUR"), required=True),
        Column("item", ("items",)),
        Column("quantity", ("number", "item_numb", "units")),
        Column("initiative", ("channel",)),
        Column("source", ("source_of_aid_1", "url", "link")),
    )
)

KIEL_SITE = Profile(
    name="kiel-site",
    title="Kiel Institute, Ukraine Support Tracker (export of the site)",
    header=HEADER,
    day_order=KIEL.day_order,
    sentinels=KIEL.sentinels,
    activity="id",
    told_by=("country", "date", "type", "kind", "description", "item"),
    contributor="country",
    beneficiary="UKR",
    aid_type=Words("type", KIEL.aid_type.meanings, default=None),
    aid_kind="kind",
    announced="date",
    description="description",
    nature=Words("kind", KIEL.nature.meanings if KIEL.nature else {}, default="financing"),
    initiatives=Initiatives("initiative"),
    items=Items(names=("item",), quantity="quantity"),
    # The site counts what is allocated to be sent.
    amounts=(Amounts(Stage.ALLOCATION, Level.ACTIVITY, "value", always=True),),
    sources=("source",),
)
