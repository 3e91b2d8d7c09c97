"""Whether a database can be reached and used; nothing is changed in it."""

from __future__ import annotations

from assembler.actions.doctor import Finding
from assembler.base.messages import fill, translate
from assembler.web.site import postgresql, shown_address

_SECONDS = 5  # to reach it
_MAY = "SELECT has_schema_privilege(current_user, 'public', 'CREATE')"


def database_finding(address: str) -> Finding:
    """What a PostgreSQL says of itself, or why it cannot be used and what to do.

    Raises AssemblerError ``site-database`` for an address of another kind.
    """
    import psycopg

    postgresql(address)
    name, use = f"PostgreSQL {shown_address(address)}", translate("for assembler serve")
    try:
        with psycopg.connect(address, connect_timeout=_SECONDS) as line:
            told = {each: line.info.parameter_status(each) or "" for each in ("server_version", "server_encoding")}
            user, base = line.info.user, line.info.dbname
            may = line.execute(_MAY).fetchone()
    except psycopg.Error as error:
        remedy = translate("See that it runs, that this machine may reach it, and that name and password are right.")
        return Finding(name, False, detail=" ".join(str(error).split()), remedy=remedy)
    version, encoding = told["server_version"].partition(" ")[0], told["server_encoding"]
    if encoding != "UTF8":
        fault = fill("its encoding is {encoding}", encoding=encoding)
        return Finding(name, False, version, fault, f"createdb --encoding UTF8 --template template0 {base}")
    if not (may and may[0]):
        fault = fill("{user} may not make tables in it", user=user)
        return Finding(name, False, version, fault, f'ALTER DATABASE "{base}" OWNER TO "{user}";')
    return Finding(name, True, version, use)
