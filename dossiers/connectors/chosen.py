"""Which source dossiers are looked up in: chosen by settings, made ready here.

`MOTCUA_DOSSIER_SOURCE` is `local` (the registry alone), `igate` (provincial one-stop software) or
`national` (`TraCuuHoSo`). What another system told is kept in the registry and told again, with its
age, while that system is down; what it does not know is sought in the registry.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import urlsplit

import httpx

from dossiers.clock import Clock, system_clock
from dossiers.connectors.breaker import CircuitBreaker
from dossiers.connectors.http import ServiceClient
from dossiers.connectors.igate import IgatePaths, IgateSource
from dossiers.connectors.last_known import FirstOf, LastKnown
from dossiers.connectors.local import RegistrySource
from dossiers.connectors.national import NationalSource
from dossiers.connectors.source import DossierSource
from dossiers.connectors.token import Credentials
from dossiers.errors import SourceSettingsError
from dossiers.proofs import ProofHasher
from dossiers.registry import Registry

__all__ = [
    "ChosenSource",
    "SourceKind",
    "SourceSettings",
    "choose_source",
    "read_source_settings",
]

_PREFIX = "MOTCUA_DOSSIER_"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


class SourceKind(StrEnum):
    """The kinds of source there are."""

    LOCAL = "local"
    IGATE = "igate"
    NATIONAL = "national"


@dataclass(frozen=True)
class SourceSettings:
    """Where and how to ask; `read_source_settings` reads the names in the comments."""

    kind: SourceKind = SourceKind.LOCAL  # MOTCUA_DOSSIER_SOURCE
    name: str = "Hệ thống một cửa"  # MOTCUA_DOSSIER_NAME
    url: str = ""  # MOTCUA_DOSSIER_URL
    client_id: str = ""  # MOTCUA_DOSSIER_CLIENT_ID
    client_secret: str = field(default="", repr=False)  # MOTCUA_DOSSIER_CLIENT_SECRET
    token_path: str = "/oauth2/token"  # MOTCUA_DOSSIER_TOKEN_PATH
    search_path: str = "/search"  # MOTCUA_DOSSIER_SEARCH_PATH
    unit: str = ""  # MOTCUA_DOSSIER_UNIT
    session: str = field(default="", repr=False)  # MOTCUA_DOSSIER_SESSION


_VARIABLES = {
    "name": "NAME",
    "url": "URL",
    "client_id": "CLIENT_ID",
    "client_secret": "CLIENT_SECRET",
    "token_path": "TOKEN_PATH",
    "search_path": "SEARCH_PATH",
    "unit": "UNIT",
    "session": "SESSION",
}
_NEEDED = {
    SourceKind.LOCAL: (),
    SourceKind.IGATE: ("url", "client_id", "client_secret"),
    SourceKind.NATIONAL: ("url", "unit", "session"),
}


def read_source_settings(environment: Mapping[str, str]) -> SourceSettings:
    """Read the settings of the source; an empty value counts as not given.

    Raises:
        SourceSettingsError: a value is wrong or missing, naming the variable and no secret.
    """
    told = environment.get(f"{_PREFIX}SOURCE", "").strip() or SourceKind.LOCAL.value
    if told not in set(SourceKind):
        kinds = ", ".join(SourceKind)
        raise SourceSettingsError(f"{_PREFIX}SOURCE={told!r}: cần một trong {kinds}")
    kind = SourceKind(told)
    given = {
        name: value
        for name, variable in _VARIABLES.items()
        if (value := environment.get(_PREFIX + variable, "").strip())
    }
    for name in _NEEDED[kind]:
        if name not in given:
            raise SourceSettingsError(
                f"{_PREFIX}{_VARIABLES[name]}: cần có khi {_PREFIX}SOURCE={kind}"
            )
    settings = SourceSettings(kind=kind, **given)
    if kind is not SourceKind.LOCAL:
        _check_address(settings.url)
    for name in ("token_path", "search_path"):
        if not getattr(settings, name).startswith("/"):
            raise SourceSettingsError(f"{_PREFIX}{_VARIABLES[name]}: cần bắt đầu bằng «/»")
    return settings


def _check_address(url: str) -> None:
    """Refuse an address over which a secret would travel in the clear, or that holds one."""
    parts = urlsplit(url)
    safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not safe or parts.username or parts.password or parts.query:
        raise SourceSettingsError(
            f"{_PREFIX}URL: cần địa chỉ https:// không kèm tên, mật khẩu hay tham số"
        )


@dataclass(frozen=True)
class ChosenSource:
    """The source that answers citizens, the other system alone (None: local), and its breaker."""

    source: DossierSource
    remote: DossierSource | None
    breaker: CircuitBreaker


def choose_source(
    settings: SourceSettings,
    registry: Registry,
    hasher: ProofHasher,
    *,
    clock: Clock = system_clock,
    transport: httpx.BaseTransport | None = None,
) -> ChosenSource:
    """Make the source that `settings` choose; nothing is sent. `transport` is for tests."""
    local, breaker = RegistrySource(registry), CircuitBreaker()
    if settings.kind is SourceKind.LOCAL:
        return ChosenSource(local, None, breaker)
    client = ServiceClient(settings.name, settings.url, breaker=breaker, transport=transport)
    remote: DossierSource
    if settings.kind is SourceKind.IGATE:
        remote = IgateSource(
            client,
            Credentials(settings.client_id, settings.client_secret),
            paths=IgatePaths(settings.token_path, settings.search_path),
            clock=clock,
        )
    else:
        remote = NationalSource(
            client,
            hasher,
            unit=settings.unit,
            session=lambda: settings.session,
            path=settings.search_path,
            clock=clock,
        )
    return ChosenSource(FirstOf([LastKnown(remote, registry), local]), remote, breaker)
