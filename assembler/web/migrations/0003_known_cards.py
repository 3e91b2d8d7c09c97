"""How cases stood when they were read last."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("web", "0002_ways_in_and_audit")]

    operations = [
        migrations.CreateModel(
            name="KnownCard",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=255)),
                ("reader", models.CharField(max_length=64)),
                ("language", models.CharField(max_length=8)),
                ("mark", models.CharField(max_length=64)),
                ("told", models.JSONField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "reader", "language"), name="one_card")],
            },
        ),
    ]
