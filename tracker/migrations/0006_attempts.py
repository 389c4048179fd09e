"""The table in which attempts to obtain a token, or to report something, are counted for all processes."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("tracker", "0005_imports"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("name", models.CharField(max_length=200, primary_key=True, serialize=False, verbose_name="what, and by whom")),
                ("count", models.PositiveIntegerField(default=0, verbose_name="how often")),
                ("until", models.DateTimeField(db_index=True, verbose_name="counted until")),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ("name",),
                "default_permissions": (),
            },
        ),
    ]
