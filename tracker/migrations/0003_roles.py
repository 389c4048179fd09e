"""The roles as groups: viewer, editor, reviewer, administrator."""

from django.contrib.auth.management import create_permissions
from django.db import migrations

# Written by the program alone: people look at them.
LEDGER = {"changeset", "edit", "publicid", "publication", "facet", "contribution"}
REFERENCE = {"exchangerate", "indicator"}


def create_roles(apps, schema_editor):
    """Create the four groups with their permissions, which post_migrate has not made yet."""
    alias = schema_editor.connection.alias
    for label in ("tracker", "auth"):
        config = apps.get_app_config(label)
        config.models_module = True
        create_permissions(config, apps=apps, using=alias, verbosity=0)
        config.models_module = None
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    groups = apps.get_model("auth", "Group").objects.using(alias)
    tracker = permissions.filter(content_type__app_label="tracker")
    view = tracker.filter(codename__startswith="view_")
    written = [f"{verb}_{model}" for verb in ("add", "change", "delete") for model in LEDGER]
    edit = tracker.exclude(codename__in=written).exclude(codename="publish_changeset")
    records = edit.exclude(codename__in=[f"{verb}_{m}" for verb in ("add", "change", "delete") for m in REFERENCE])
    work = tracker.filter(codename__in=["add_changeset", "change_changeset"])
    review = tracker.filter(codename="publish_changeset")
    users = permissions.filter(content_type__app_label="auth", content_type__model="user")
    roles = {
        "viewer": [view],
        "editor": [view, records, work],
        "reviewer": [view, records, work, review],
        "administrator": [view, edit, work, review, users],
    }
    for name, grants in roles.items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.set([permission.pk for grant in grants for permission in grant])


def delete_roles(apps, schema_editor):
    """Delete the four groups; their members stay."""
    alias = schema_editor.connection.alias
    names = ["viewer", "editor", "reviewer", "administrator"]
    apps.get_model("auth", "Group").objects.using(alias).filter(name__in=names).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("tracker", "0002_cross_row_rules"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(create_roles, delete_roles)]
