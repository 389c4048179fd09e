"""Profiles: the workbooks that the register reads, by name."""

from tracker.exchange.profiles.base import Profile
from tracker.exchange.profiles.kiel import KIEL
from tracker.exchange.profiles.kiel_site import KIEL_SITE
from tracker.exchange.profiles.sipri import SIPRI
from tracker.exchange.profiles.tracker import TRACKER, RegisterProfile

PROFILES: dict[str, Profile | RegisterProfile] = {
    profile.name: profile for profile in (KIEL, KIEL_SITE, SIPRI, TRACKER)
}
