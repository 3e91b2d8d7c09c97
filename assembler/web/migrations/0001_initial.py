"""The first tables of the site."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("username", models.CharField(max_length=64, unique=True)),
                ("shown", models.CharField(max_length=120)),
                ("roles", models.JSONField(default=list)),
                ("units", models.JSONField(blank=True, default=list)),
                ("cases", models.JSONField(blank=True, default=list)),
                ("is_active", models.BooleanField(default=True)),
                ("must_change", models.BooleanField(default=False)),
                ("epoch", models.PositiveIntegerField(default=0)),
                ("since", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(db_index=True, max_length=64)),
                ("where", models.GenericIPAddressField(db_index=True, null=True)),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="ChainEnd",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("hash", models.CharField(default="", max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="OneTimeCode",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("purpose", models.CharField(max_length=20)),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="Undone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(max_length=32, unique=True)),
                ("by", models.CharField(max_length=32)),
            ],
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(db_index=True, max_length=32)),
                ("kind", models.CharField(max_length=20)),
                ("who", models.CharField(max_length=64)),
                ("shown", models.CharField(max_length=120)),
                ("at", models.DateTimeField(db_index=True)),
                ("where", models.CharField(blank=True, max_length=45)),
                ("case", models.CharField(blank=True, max_length=255)),
                ("form", models.CharField(blank=True, max_length=200)),
                ("item", models.CharField(blank=True, max_length=100)),
                ("row", models.CharField(blank=True, max_length=100)),
                ("column", models.CharField(blank=True, max_length=100)),
                ("before", models.TextField(blank=True)),
                ("after", models.TextField(blank=True)),
                ("was", models.JSONField(null=True)),
                ("now", models.JSONField(null=True)),
                ("band", models.BooleanField(default=False)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ["id"],
                "indexes": [
                    models.Index(fields=["case", "form", "item", "row", "column"], name="history_of_a_cell"),
                    models.Index(fields=["case", "id"], name="news_of_a_case"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("case", models.CharField(db_index=True, max_length=255)),
                ("kind", models.CharField(max_length=10)),
                ("draft", models.BooleanField(default=False)),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("step", models.CharField(blank=True, max_length=60)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                ("told", models.JSONField(default=dict)),
                ("since", models.DateTimeField(auto_now_add=True)),
                ("at", models.DateTimeField(auto_now=True)),
                ("who", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ["-since"],
            },
        ),
        migrations.CreateModel(
            name="RowKeysOf",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=255)),
                ("form", models.CharField(max_length=200)),
                ("keys", models.JSONField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "form"), name="one_set_of_keys")],
            },
        ),
        migrations.CreateModel(
            name="Comment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=255)),
                ("form", models.CharField(max_length=200)),
                ("item", models.CharField(blank=True, max_length=100)),
                ("row", models.CharField(blank=True, max_length=100)),
                ("column", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("settled_at", models.DateTimeField(null=True)),
                (
                    "answers",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answered_by",
                        to="web.comment",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="settled",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="addressed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="said", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["case", "form"], name="comments_of_a_form")],
            },
        ),
        migrations.CreateModel(
            name="Presence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=255)),
                ("form", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(auto_now=True, db_index=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "case", "form"), name="once_at_a_form")],
            },
        ),
        migrations.CreateModel(
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=255)),
                ("form", models.CharField(max_length=200)),
                ("state", models.CharField(max_length=10)),
                ("reason", models.TextField(blank=True)),
                ("says", models.CharField(max_length=64)),
                ("at", models.DateTimeField(auto_now=True)),
                ("who", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("case", "form"), name="one_review")],
            },
        ),
    ]
