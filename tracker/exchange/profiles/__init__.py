"""Profiles: the workbooks that the register reads, by name."""

from tracker.exchange.profiles.base import Profile
from tracker.exchange.profiles.kiel import KIEL

PROFILES: dict[str, Profile] = {profile.name: profile for profile in (KIEL,)}
