"""What migrations do to the roles. A file whose name begins with `_` is no migration."""

from django.contrib.auth.management import create_permissions
from django.db import migrations


def permissions_of(label, apps, schema_editor):
    """Return the permissions of the models of an app, made now: `post_migrate` makes them after the last migration."""
    alias = schema_editor.connection.alias
    config = apps.get_app_config(label)
    config.models_module = True
    create_permissions(config, apps=apps, using=alias, verbosity=0)
    config.models_module = None
    return apps.get_model("auth", "Permission").objects.using(alias).filter(content_type__app_label=label)


def grant(**grants):
    """Return the operation that gives roles more rights: `grant(viewer=["view_text"], editor=["view_text", "add_text"])`.

    A migration that creates tables ends with it. What the role of more trust may do is written out again.
    """

    def forwards(apps, schema_editor):
        for role, permissions in found(apps, schema_editor):
            role.permissions.add(*permissions)

    def backwards(apps, schema_editor):
        for role, permissions in found(apps, schema_editor):
            role.permissions.remove(*permissions)

    def found(apps, schema_editor):
        permissions = permissions_of("tracker", apps, schema_editor)
        # Whoever runs the tracker may have deleted a role.
        for role in apps.get_model("auth", "Group").objects.using(schema_editor.connection.alias).filter(name__in=grants):
            yield role, permissions.filter(codename__in=grants[role.name])

    return migrations.RunPython(forwards, backwards)
