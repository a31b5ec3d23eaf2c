from django.db import migrations, models
from django.db.models import Value
from django.db.models.functions import Lower, Replace


def fill_slugs(apps, schema_editor):
    Article = apps.get_model("blog", "Article")  # the model as it is at this step, not as it is in models.py
    Article.objects.update(slug=Lower(Replace("title", Value(" "), Value("-"))))


class Migration(migrations.Migration):
    # step: change
    dependencies = [("blog", "0001_initial")]
    operations = [
        migrations.AddField("Article", "slug", models.CharField(max_length=200, default=""), preserve_default=False),
        migrations.RunPython(fill_slugs, migrations.RunPython.noop),
    ]
