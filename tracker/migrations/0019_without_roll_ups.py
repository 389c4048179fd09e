"""Takes out roll-ups and counts of lists: tables read the ledger, and lists are counted.

Going back makes both tables empty; `manage.py roll_ups --rebuild` of that version fills them.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tracker", "0018_claims_found")]

    operations = [
        migrations.DeleteModel("ListCount"),
        migrations.DeleteModel("RollUpByCategory"),
        migrations.DeleteModel("RollUpByMonth"),
    ]
