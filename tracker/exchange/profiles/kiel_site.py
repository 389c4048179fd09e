"""What the Kiel Institute's site exports of its Ukraine Support Tracker: a table of ten columns, without ids."""

from tracker.exchange.inbound.headers import Header, ProfileColumn
from tracker.exchange.profiles.base import Amounts, Initiatives, Items, Level, Profile, Words
from tracker.exchange.profiles.kiel import KIEL
from tracker.models import Stage

HEADER = Header(
    (
        ProfileColumn("id", ("activity_id",)),
        ProfileColumn("country", ("donor", "countries"), required=True),
        ProfileColumn("date", ("announcement_date", "announced"), required=True),
        ProfileColumn("type", ("aid_type", "aid_type_general", "type of aid"), required=True),
        ProfileColumn("kind", ("sub-type", "aid_type_specific", "category")),
        ProfileColumn("description", ("explanation", "details")),
        ProfileColumn("value", ("value in EUR", "value_EUR", "amount", "amount in EUR"), required=True),
        ProfileColumn("item", ("items",)),
        ProfileColumn("quantity", ("number", "item_numb", "units")),
        ProfileColumn("initiative", ("channel",)),
        ProfileColumn("source", ("source_of_aid_1", "url", "link")),
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
