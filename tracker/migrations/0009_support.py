"""The support of claims, worked out and kept beside them; and room for the names of their fields."""

from django.db import migrations, models


def tell_what_is_known(apps, schema_editor):
    """Say of the claims that are there what can be said without their texts; `check_register` works out the rest."""
    claims = apps.get_model("tracker", "Claim").objects.using(schema_editor.connection.alias)
    claims.filter(quote="").exclude(locator="").update(support="row")
    claims.exclude(quote="").exclude(document__sha256="").update(support="not_held")
    claims.filter(verdict="adopted", support="reference", reason="").update(
        reason="Adopted before passages were looked for."
    )


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0008_kept_records'),
    ]

    operations = [
        migrations.AddField(
            model_name='claim',
            name='differs',
            field=models.CharField(blank=True, default='', editable=False, help_text='Fields of the record, between spaces, that no longer are as the row of the file has them.', max_length=400, verbose_name='differs from its row'),
        ),
        migrations.AddField(
            model_name='claim',
            name='score',
            field=models.PositiveSmallIntegerField(blank=True, editable=False, help_text='How well the quote fits its passage: 100 is word for word.', null=True, verbose_name='score'),
        ),
        migrations.AddField(
            model_name='claim',
            name='support',
            field=models.CharField(choices=[('passage', 'passage: the quote stands in the text'), ('row', 'row: a row of an imported file'), ('reference', 'reference: a source is named, no passage'), ('not_held', 'text not held here: it is known by its hash'), ('broken', 'broken: quote, field or value do not hold')], default='reference', editable=False, max_length=20, verbose_name='support'),
        ),
        migrations.AddField(
            model_name='claim',
            name='text_sha256',
            field=models.CharField(blank=True, default='', editable=False, help_text='Of the text in which the positions count; empty: the one that the document says.', max_length=64, verbose_name='SHA-256 of the text'),
        ),
        migrations.AlterField(
            model_name='claim',
            name='field',
            field=models.CharField(blank=True, default='', help_text='Which field of the record it is about, such as items[eurofighter-typhoon].quantity; or none.', max_length=160, verbose_name='field'),
        ),
        migrations.AddConstraint(
            model_name='claim',
            constraint=models.CheckConstraint(condition=models.Q(('score__isnull', True), models.Q(('score__lte', 100), ('support__in', ['passage', 'broken'])), _connector='OR'), name='claim_score_of_passage'),
        ),
        migrations.RunPython(tell_what_is_known, migrations.RunPython.noop),
    ]
