"""What LibreOffice is started with: a profile that fetches nothing and runs nothing, and a bare environment."""

from __future__ import annotations

import os
from html import escape
from pathlib import Path

from assembler.pdf.fonts import FONTCONFIG, FontSet, write_fontconfig
from assembler.pdf.libreoffice.installation import LibreOffice

# path, property, value. Nothing is fetched, no macro runs, no wizard opens; digits of fields follow the text (3).
_PROFILE: tuple[tuple[str, str, object], ...] = (
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", True),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", True),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", 3),
    ("/org.openoffice.Office.Common/Security/Scripting", "CheckDocumentEvents", True),
    ("/org.openoffice.Office.Common/I18N/CTL", "CTLFont", True),
    ("/org.openoffice.Office.Common/I18N/CTL", "CTLTextNumerals", 3),
    ("/org.openoffice.Office.Common/Misc", "FirstRun", False),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", False),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", False),
    ("/org.openoffice.Office.Common/Load", "UpdateDocMode", 0),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", 2),
    ("/org.openoffice.Office.Java/VirtualMachine", "Enable", False),
    ("/org.openoffice.Setup/Office", "ooSetupInstCompleted", True),
    (
        "/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
        "AutoCheckEnabled",
        False,
    ),
    # A second lock: whatever would still be fetched goes to a proxy that does not exist.
    ("/org.openoffice.Inet/Settings", "ooInetProxyType", 2),
    ("/org.openoffice.Inet/Settings", "ooInetNoProxy", ""),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", 9),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("/org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", 9),
)


def installation_url(folder: Path) -> str:
    return (folder / "profile").as_uri()


def furnish(folder: Path, fonts: FontSet) -> None:
    """The private profile, fonts and folders LibreOffice needs."""
    for name in ("home", "temporary", "profile/user"):
        (folder / name).mkdir(parents=True)
    (folder / "profile" / "user" / "registrymodifications.xcu").write_text(profile(), encoding="utf-8")
    write_fontconfig(fonts, folder)


def profile() -> str:
    """The hardened settings as a ``registrymodifications.xcu``."""
    items = "\n".join(
        f'<item oor:path="{escape(path, quote=False)}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{_xcu(value)}</value></prop></item>"
        for path, name, value in _PROFILE
    )
    schema = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<oor:items {schema}>\n{items}\n</oor:items>\n'


def _xcu(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else escape(str(value), quote=False)


def switches(engine: LibreOffice, folder: Path) -> list[str]:
    switches = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
    return [str(engine.path), f"-env:UserInstallation={installation_url(folder)}", *switches]


def environment(folder: Path) -> dict[str, str]:
    """A bare environment: nothing of the user's desktop, proxies or locale reaches the pages."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "WINDIR") if name in os.environ}
    return kept | {
        "HOME": str(folder / "home"),
        "TMPDIR": str(folder / "temporary"),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "SAL_USE_VCLPLUGIN": "svp",
        "FONTCONFIG_FILE": str(folder / FONTCONFIG),
    }
