"""Failed tries know the browser they came from; the database itself refuses to change what was kept in the audit."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """
CREATE TRIGGER kept_{word} BEFORE {what} ON web_entry
BEGIN SELECT RAISE(ABORT, 'what was kept in the audit is never changed'); END
"""
_POSTGRESQL = """
CREATE FUNCTION web_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'what was kept in the audit is never changed'; END $$;
CREATE TRIGGER kept BEFORE UPDATE OR DELETE ON web_entry FOR EACH ROW EXECUTE FUNCTION web_entry_is_kept();
"""


def keep(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL)
    else:
        editor.execute(_SQLITE.format(word="whole", what="DELETE"))
        editor.execute(_SQLITE.format(word="same", what="UPDATE"))


class Migration(migrations.Migration):
    dependencies: list[tuple[str, str]] = [("web", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="attempt",
            name="browser",
            field=models.CharField(blank=True, default="", max_length=32),
        ),
        migrations.RunPython(keep, migrations.RunPython.noop),
    ]
