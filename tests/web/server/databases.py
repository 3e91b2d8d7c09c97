"""The database of the process as tests need it: without what others wrote, again and again, of either kind."""

from __future__ import annotations

import shutil
import sqlite3
from abc import ABC, abstractmethod
from contextlib import closing
from pathlib import Path

from asgiref.sync import SyncToAsync
from django.core.management import call_command
from django.db import connections

from assembler.web.site import DATABASE, Site, database
from tests.web.processes.postgresql import Cluster

_ALIAS = "default"


class Database(ABC):
    """One the site is on from now on."""

    def __init__(self, site: Site) -> None:
        self.site = site
        _leave()
        connections.settings[_ALIAS] = connections.configure_settings({_ALIAS: database(site)})[_ALIAS]
        self.emptied()
        call_command("migrate", interactive=False, verbosity=0)
        _leave()
        self._keep()

    @abstractmethod
    def begun(self) -> None:
        """Nothing was written yet."""

    @abstractmethod
    def emptied(self) -> None:
        """There is not even a table."""

    @abstractmethod
    def _keep(self) -> None:
        """Keeps what there is now, to begin with it anew."""


class Sqlite(Database):
    @property
    def _file(self) -> Path:
        return self.site.home / DATABASE

    @property
    def _blank(self) -> Path:
        return self.site.home / "template.sqlite3"

    def _keep(self) -> None:
        shutil.copy(self._file, self._blank)

    def begun(self) -> None:
        self._become(self._blank)

    def emptied(self) -> None:
        self._become(":memory:")

    def _become(self, other: Path | str) -> None:
        """Gives a database that others may have open what another one holds."""
        connections.close_all()
        with closing(sqlite3.connect(other)) as source, closing(sqlite3.connect(self._file)) as target:
            source.backup(target)


class Postgresql(Database):
    NAME, BLANK = "site", "blank"

    def __init__(self, site: Site, cluster: Cluster) -> None:
        self._cluster = cluster
        super().__init__(site)

    def _keep(self) -> None:
        self._cluster.new(self.BLANK, self.NAME)

    def begun(self) -> None:
        connections.close_all()
        self._cluster.new(self.NAME, self.BLANK)

    def emptied(self) -> None:
        connections.close_all()
        self._cluster.new(self.NAME)


def _leave() -> None:
    """Lets no thread that stays keep its line to another database."""
    _forget()
    SyncToAsync.single_thread_executor.submit(_forget).result()


def _forget() -> None:
    connections.close_all()
    if any(True for _ in connections.all(initialized_only=True)):
        del connections[_ALIAS]
