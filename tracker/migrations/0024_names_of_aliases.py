"""What is said where an alias is given twice."""

import tracker.models.fields
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('tracker', '0023_labels_left'),
    ]

    operations = [
        migrations.AlterField(
            model_name='categoryalias',
            name='folded',
            field=tracker.models.fields.FoldedField('name', editable=False, error_messages={'unique': 'This name is given already, perhaps with other accents, dashes, spaces or capitals.'}, max_length=250, unique=True, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='initiativealias',
            name='folded',
            field=tracker.models.fields.FoldedField('name', editable=False, error_messages={'unique': 'This name is given already, perhaps with other accents, dashes, spaces or capitals.'}, max_length=250, unique=True, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='partyalias',
            name='folded',
            field=tracker.models.fields.FoldedField('name', editable=False, error_messages={'unique': 'This name is given already, perhaps with other accents, dashes, spaces or capitals.'}, max_length=250, unique=True, verbose_name='name'),
        ),
        migrations.AlterField(
            model_name='platformalias',
            name='folded',
            field=tracker.models.fields.FoldedField('name', editable=False, error_messages={'unique': 'This name is given already, perhaps with other accents, dashes, spaces or capitals.'}, max_length=250, unique=True, verbose_name='name'),
        ),
    ]
