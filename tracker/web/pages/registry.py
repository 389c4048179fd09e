"""The page of each kind of record. A kind that is not in `_OWN` has the plain page that is made from its serializer."""

from tracker.records.registry import KINDS
from tracker.web.pages.categories import CATEGORY
from tracker.web.pages.documents import DOCUMENT
from tracker.web.pages.groups import GROUP
from tracker.web.pages.incidents import INCIDENT
from tracker.web.pages.initiatives import INITIATIVE
from tracker.web.pages.meetings import MEETING
from tracker.web.pages.officials import OFFICIAL
from tracker.web.pages.packages import PACKAGE
from tracker.web.pages.parties import PARTY
from tracker.web.pages.platforms import PLATFORM
from tracker.web.pages.pledges import PLEDGE
from tracker.web.pages.records import RecordPage
from tracker.web.pages.requirements import REQUIREMENT

_OWN = (
    PARTY, GROUP, CATEGORY, PLATFORM, DOCUMENT, OFFICIAL, INCIDENT, INITIATIVE, PACKAGE, MEETING, REQUIREMENT, PLEDGE,
)  # fmt: skip

PAGES: dict[str, RecordPage] = {kind: RecordPage(kind) for kind in KINDS} | {page.kind: page for page in _OWN}
