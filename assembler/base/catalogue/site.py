"""Problems of the site that serves cases to browsers, and of the people who sign in."""

from __future__ import annotations

from assembler.base.catalogue.entries import Entry, error

ENTRIES: dict[str, Entry] = {
    "site-parts": error("The web page needs {name}, which is not installed.", "Run `pip install 'assembler[web]'`."),
    "site-database": error(
        "The database {name} cannot be used.", "Write it as postgresql://user:password@host/name, or leave it out."
    ),
    "site-unsafe": error(
        "{host} can be reached by others, and nothing encrypts what they send.",
        "Give --tls-certificate and --tls-key, or --behind-proxy where another server does so; or serve 127.0.0.1.",
    ),
    "site-not-local": error(
        "A site that asks nobody for a password is for one person at this machine.",
        "Leave --local out, or --host and --behind-proxy.",
    ),
    "site-name": error(
        "«{name}» is no name of a machine.", "Write it as browsers do, without https:// and port: forms.example.ir."
    ),
    "site-certificate": error(
        "The certificate {name} cannot be used: {reason}",
        "Give the certificate with those that signed it, and its key without a password, both in PEM.",
    ),
    "site-no-name": error(
        "It is not said by which name others reach the site.", "Give --name, such as --name forms.example.ir."
    ),
    "site-port": error("Port {port} of {host} cannot be opened: {reason}", "Choose another one with --port."),
    "site-shut": error(
        "The site has accounts: it was served before without --local.",
        "Leave --local out, or give another folder with --home.",
    ),
    "user-name": error(
        "«{name}» cannot be a name to sign in with.", "Take 2 to 64 letters, digits and marks out of . _ - + @."
    ),
    "user-known": error(
        "Somebody called {name} is there already.", "Take another name; `assembler user list` shows all."
    ),
    "user-unknown": error("There is nobody called {name}.", "`assembler user list` shows all."),
    "user-role": error("«{name}» is no role.", "Known: {known}"),
    "user-password": error("This password is not taken: {reason}", "Take a longer one that only you can think of."),
    "user-last": error("{name} is the last administrator.", "Give somebody else this role first."),
}
