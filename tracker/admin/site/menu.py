"""The menu of the admin: which models stand in which section of it, with which icon, and who sees them."""

from collections.abc import Callable
from functools import partial
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


def menu(site: Any) -> list[dict[str, Any]]:
    """Return the menu beside the pages of `site`: the start page, and the models in their sections."""
    twins_at, audit_at = reverse("admin:tracker_pledge_twins"), reverse("admin:auth_user_audit")
    home = {"title": _("What waits for me"), "icon": "home", "link": reverse("admin:index")}
    sections = [
        {
            "title": title,
            "items": [
                {
                    "title": _("Roles") if model is Role else capfirst(model._meta.verbose_name_plural),
                    "icon": icon,
                    "link": address,
                    "permission": may_view(site, model),
                    "active": partial(_is_at, address, (twins_at, audit_at)),
                }
                for model, icon in of_section
                for address in (reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"),)
            ],
        }
        for title, of_section in SECTIONS
    ]
    twins = {
        "title": _("Likely twins"), "icon": "join", "link": twins_at,
        "permission": may_view(site, models.Pledge),
    }  # fmt: skip
    sections[0]["items"].append(twins)
    audit = {
        "title": _("Audit"), "icon": "history", "link": audit_at,
        "permission": may_view(site, User),
    }  # fmt: skip
    sections[-1]["items"].append(audit)
    bring = {
        "title": _("New from document"), "icon": "note_add", "link": reverse("admin:tracker_text_new"),
        "permission": lambda request: request.user.has_perm("tracker.add_text"),
    }  # fmt: skip
    return [{"items": [home, bring]}, *sections]


def _is_at(address: str, own: tuple[str, ...], request: HttpRequest) -> bool:
    """Tell whether a page is the list at `address` or of one of its rows, and none of the pages `own` to the menu."""
    return request.path.startswith(address) and request.path not in own


def may_view(site: Any, model: Any) -> Callable[[HttpRequest], bool]:
    """Return what tells of a request whether whoever makes it has a model in their menu."""
    return lambda request: (
        bool(site._registry[model].has_view_permission(request))
        and model not in _INNER
        and (model not in _ADMINISTERED or request.user.has_perm("auth.view_user"))
    )
