"""The roles as groups: viewer, editor, reviewer, administrator."""

from django.db import migrations

from tracker.migrations._roles import permissions_of

# Nobody looks at them by themselves: they are seen with what they belong to.
INNER = {"chainlink", "listing", "importedfile", "importtwin", "reconciliationline", "searchtext"}
# Written by the program alone; people look at them.
WRITTEN = {"changeset", "edit", "publicid", "publication", "facet", "contribution", "externalid",
           "importlabel", "importrow", "importstep"}
# What happened to accounts concerns those alone who see to accounts.
ACCOUNTS = {"accountevent"}
REFERENCE = {"exchangerate", "indicator"}
# Whoever makes the address by which a contributor answers could answer in its place.
ANSWERS = {"answerlink"}
# A text is added, and never altered or deleted by hand.
NEVER = {"change_text", "delete_text"}


def create_roles(apps, schema_editor):
    """Create the four groups, and give each its rights."""
    tracker = permissions_of("tracker", apps, schema_editor)
    auth = permissions_of("auth", apps, schema_editor)
    view = tracker.filter(codename__startswith="view_").exclude(content_type__model__in=INNER | ACCOUNTS)
    edit = tracker.exclude(codename__startswith="view_").exclude(codename__in=NEVER)
    edit = edit.exclude(content_type__model__in=INNER | WRITTEN | ANSWERS)
    records = edit.exclude(content_type__model__in=REFERENCE)
    work = tracker.filter(codename__in=["add_changeset", "change_changeset"])
    review = tracker.filter(codename="publish_changeset")
    accounts = tracker.filter(content_type__model__in=ACCOUNTS)
    answers = tracker.filter(content_type__model__in=ANSWERS)
    users = auth.filter(content_type__model="user")
    roles = {
        "viewer": [view],
        "editor": [view, records, work],
        "reviewer": [view, records, work, review, answers],
        "administrator": [view, edit, work, review, accounts, answers, users],
    }
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    for name, grants in roles.items():
        group, _created = groups.get_or_create(name=name)
        group.permissions.set([permission.pk for grant in grants for permission in grant])


def delete_roles(apps, schema_editor):
    """Delete the four groups; their members stay."""
    groups = apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias)
    groups.filter(name__in=["viewer", "editor", "reviewer", "administrator"]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0007_postgresql_indexes'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('contenttypes', '0002_remove_content_type_name'),
    ]

    operations = [
        migrations.RunPython(create_roles, delete_roles),
    ]
