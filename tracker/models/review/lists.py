"""How people look at the lists of the desk: the columns that each chose, and filters kept under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

LIST_NAME_LENGTH = 50
QUERY_LENGTH = 2000


class ListColumns(models.Model):
    """The columns that a person chose for a list, in their order."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_columns")
    listed = models.CharField(_("list"), max_length=LIST_NAME_LENGTH)
    columns = models.JSONField(_("columns"))

    class Meta:
        verbose_name = _("columns of a list")
        verbose_name_plural = _("columns of lists")
        ordering = ("user", "listed")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["user", "listed"], name="list_columns_once_per_person")]

    def __str__(self) -> str:
        return f"{self.user}: {self.listed}"


class SavedFilter(models.Model):
    """A search, filters and order of a list under a name: for who kept it, or for all."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("owner"), related_name="saved_filters"
    )
    listed = models.CharField(_("list"), max_length=LIST_NAME_LENGTH)
    name = models.CharField(_("name"), max_length=60)
    query = models.CharField(_("query"), max_length=QUERY_LENGTH, help_text=_("As it stands in the address."))
    is_shared = models.BooleanField(_("shared"), default=False, help_text=_("All see it; only its owner removes it."))

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("listed", "name", "id")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "listed", "name"], name="saved_filter_name_once",
                violation_error_message=_("You have a filter of this name in this list."),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(query=""), name="saved_filter_is_complete"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
