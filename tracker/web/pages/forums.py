"""The page of a forum; its meetings are listed among what refers to it."""

from tracker.web.pages.records import RecordPage

FORUM = RecordPage("forum")
