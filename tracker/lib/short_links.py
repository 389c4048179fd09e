"""Short links for people: the whole address packed into a few letters, so that nothing is stored and none ever expires.

What addresses of pages often say stands in a dictionary that never changes. A longer one would be another version, with
a letter of its own before the links that it made.
"""

import base64
import binascii
import zlib

LONGEST = 4000
"""How many characters an address has at most that is made short."""

_VERSION = "1"
# What is said most often stands last, where it takes least to point to it. Never change it: links go by it.
_DICTIONARY = (
    b"&cumulative=true&share_out=EU&counting=gross&conditional=included&package=&meeting=&modality=&host=&search=&kind="
    b"&quantity_qualifier=exact&initiative=purl/categories//platforms//officials//documents//incidents//meetings/"
    b"/forums//requirements//packages//categories//groups//initiatives/eastern-sentry//parties//pledges//de//uk/"
    b"/changes/table/?rows=&from=2025-&to=2026-&row=DEU&column=military&column=financial&column=humanitarian/cell/?"
    b"&of_year=2021&per=gdp&per=population&basis=stated&basis=dataset&basis=market_price&currency=USD&currency=EUR"
    b"&beneficiary=UKR&supplier=USA&contributor=DEU&contributor=USA&contributor=GBR&group=EU&group=NATO&top=10&top=20"
    b"&nature=deployment&nature=transfer&aid_type=military&aid_type=financial&aid_type=humanitarian&measure=quantity"
    b"&measure=pledges&measure=count&stage=disbursement&stage=contract&stage=pledge&stage=delivery&date_from=2022-01-01"
    b"&date_to=2024-12-31&as_of=2026-11-&as_of=2025-10-&chart=none&chart=multiples&chart=bars&chart=stacked&chart=lines"
    b"/tables/country-summary//tables/by-month//tables/by-contributor-and-month//tables/stage-funnel//tables/deployments/"
    b"/explore/?rows=group&columns=platform/explore/?rows=initiative&columns=none/explore/?rows=month&columns=aid_type"
    b"/explore/?rows=year&columns=stage&stage=commitment/explore/?rows=contributor&columns=aid_type&stage=allocation"
)


def shorten(address: str) -> str:
    """Return the letters that stand for an address; empty where it is too long to be made short."""
    if len(address) > LONGEST:
        return ""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    packed = packer.compress(address.encode()) + packer.flush()
    return _VERSION + base64.urlsafe_b64encode(packed).decode().rstrip("=")


def lengthen(letters: str) -> str:
    """Return the address that letters stand for; raises ValueError where they stand for none."""
    packed = letters.removeprefix(_VERSION)
    if packed == letters or not letters.isascii():
        raise ValueError("these letters stand for no address")
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS, _DICTIONARY)
    try:
        found = unpacker.decompress(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)), 4 * LONGEST)
        address = found.decode()
    except (zlib.error, binascii.Error, UnicodeDecodeError) as error:
        raise ValueError("these letters stand for no address") from error
    if not unpacker.eof or len(address) > LONGEST:
        raise ValueError("these letters stand for no address")
    return address
