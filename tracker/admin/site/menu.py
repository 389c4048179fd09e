"""The menu of the admin: which models stand in which section of it, with which icon, and who sees them."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tracker import models
from tracker.models.base import Record
from tracker.records.registry import KINDS, MenuSection

Sections = list[tuple[Any, list[tuple[Any, str]]]]

_BESIDE: dict[type[Record], list[tuple[Any, str]]] = {
    models.Pledge: [(models.Import, "upload_file")],
    models.Document: [
        (models.Text, "article"),
        (models.Claim, "format_quote"),
        (models.Finding, "rule"),
        (models.ExternalId, "link"),
    ],
}
"""What stands below a kind of record in the menu, and is none itself."""

_OTHERS: Sections = [
    (
        _("Review"),
        [
            (models.ChangeSet, "rate_review"),
            (models.ErrorReport, "feedback"),
            (models.AnswerLink, "forward_to_inbox"),
            (models.Publication, "menu_book"),
            (models.Contribution, "receipt_long"),
            (models.Edit, "edit_note"),
            (models.Facet, "sell"),
            (models.PublicId, "fingerprint"),
        ],
    ),
    (_("Reference"), [(models.ExchangeRate, "currency_exchange"), (models.Indicator, "monitoring")]),
    (_("Staff"), [(User, "badge"), (Role, "admin_panel_settings")]),
]


def _sections_of_kinds() -> Sections:
    """Return the kinds of records in their sections, each followed by what stands below it."""
    return [
        (
            section.label,
            [
                entry
                for kind in KINDS.values()
                if kind.section == section
                for entry in (
                    (kind.model, kind.icon),
                    *((role.model, role.icon) for role in kind.roles),
                    *_BESIDE.get(kind.model, ()),
                )
            ],
        )
        for section in MenuSection
    ]


_INNER = (models.Facet, models.PublicId)
"""What the program keeps for itself: nobody has it in their menu."""
_ADMINISTERED = (models.Edit,)
"""What only those who look after the desk have in their menu."""

SECTIONS: Sections = [*_sections_of_kinds(), *_OTHERS]
"""The models as staff think of them, with the icon of each."""


def menu(site: Any, request: HttpRequest) -> list[dict[str, Any]]:
    """Return the menu beside a page of `site`, as the theme shows it: the start page, and the models in their sections.

    Each entry says whether whoever makes the request has it, and whether the page belongs to it.
    """
    twins_at, audit_at = reverse("admin:tracker_pledge_twins"), reverse("admin:auth_user_audit")
    text_at = reverse("admin:tracker_text_new")
    may_add = request.user.has_perm("tracker.add_text")
    home = _entry(_("What waits for me"), "home", reverse("admin:index"), True)
    home["active"] = request.path == home["link"]
    bring = _entry(_("New from document"), "note_add", text_at, may_add, request)
    sections = [
        {
            "title": title,
            "items": [
                _entry(
                    _("Roles") if model is Role else capfirst(model._meta.verbose_name_plural),
                    icon,
                    reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),
                    may_view(site, model)(request),
                    # Three lists have a page below them that has an entry of its own.
                    None if request.path in (twins_at, audit_at, text_at) else request,
                )
                for model, icon in of_section
            ],
        }
        for title, of_section in SECTIONS
    ]
    sections[0]["items"].append(
        _entry(_("Likely twins"), "join", twins_at, may_view(site, models.Pledge)(request), request)
    )
    sections[-1]["items"].append(_entry(_("Audit"), "history", audit_at, may_view(site, User)(request), request))
    return [{"items": [home, bring]}, *sections]


def _entry(
    title: Any, icon: str, address: str, has_permission: bool, request: HttpRequest | None = None
) -> dict[str, Any]:
    """Return an entry of the menu, which is active where the address of the page that is asked for begins with its."""
    is_active = request is not None and request.path.startswith(address)
    return {
        "title": title, "icon": icon, "link": address, "has_permission": has_permission, "active": is_active,
    }  # fmt: skip


def may_view(site: Any, model: Any) -> Callable[[HttpRequest], bool]:
    """Return what tells of a request whether whoever makes it has a model in their menu."""
    return lambda request: (
        bool(site._registry[model].has_view_permission(request))
        and model not in _INNER
        and (model not in _ADMINISTERED or request.user.has_perm("auth.view_user"))
    )
