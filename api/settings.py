"""Settings of the application, all from the environment (`.env.example` lists them).

A value that is given must be right; what is not given has a safe default for one machine.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api.errors import SettingsError
from dossiers.connectors.chosen import SourceSettings, read_source_settings
from dossiers.errors import SourceSettingsError
from knowledge_base.form_of_address import FormOfAddress

__all__ = ["Settings", "load_settings"]


def _token() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True)
class Settings:
    """Everything that can be set; `load_settings` reads the names in the comments."""

    host: str = "127.0.0.1"  # MOTCUA_HOST
    port: int = 8000  # MOTCUA_PORT
    rasa_port: int = 5005  # MOTCUA_RASA_PORT
    action_port: int = 5055  # MOTCUA_ACTION_PORT
    rasa_url: str = ""  # MOTCUA_RASA_URL
    data_folder: Path = Path("var")  # MOTCUA_DATA
    database_url: str = ""  # MOTCUA_DATABASE_URL
    conversations_url: str = ""  # MOTCUA_CONVERSATIONS_URL
    encoder: str = ""  # MOTCUA_ENCODER
    demo_dossiers: bool = True  # MOTCUA_DEMO_DOSSIERS
    dossier_source: SourceSettings = field(default_factory=SourceSettings)  # MOTCUA_DOSSIER_…
    notice_minutes: int = 15  # MOTCUA_NOTICE_MINUTES
    action_token: str = field(default_factory=_token, repr=False)  # MOTCUA_ACTION_TOKEN
    rasa_token: str = field(default_factory=_token, repr=False)  # MOTCUA_RASA_TOKEN
    secure_cookies: bool = False  # MOTCUA_SECURE_COOKIES
    frame_ancestors: tuple[str, ...] = ()  # MOTCUA_FRAME_ANCESTORS
    messages_per_minute: int = 30  # MOTCUA_MESSAGES_PER_MINUTE
    documents_per_minute: int = 30  # MOTCUA_DOCUMENTS_PER_MINUTE
    bot_timeout_seconds: float = 10.0  # MOTCUA_BOT_TIMEOUT_SECONDS
    conversation_hours: int = 24  # MOTCUA_CONVERSATION_HOURS
    form_of_address: FormOfAddress = FormOfAddress.BAN  # MOTCUA_FORM_OF_ADDRESS
    question_days: int = 180  # MOTCUA_QUESTION_DAYS
    take_over_minutes: int = 60  # MOTCUA_TAKE_OVER_MINUTES
    office_name: str = ""  # MOTCUA_OFFICE_NAME
    office_phone: str = ""  # MOTCUA_OFFICE_PHONE
    office_hours: str = ""  # MOTCUA_OFFICE_HOURS
    public_url: str = ""  # MOTCUA_PUBLIC_URL
    zalo_app_id: str = ""  # MOTCUA_ZALO_APP_ID
    zalo_app_secret: str = field(default="", repr=False)  # MOTCUA_ZALO_APP_SECRET
    zalo_oa_id: str = ""  # MOTCUA_ZALO_OA_ID
    zalo_oa_secret: str = field(default="", repr=False)  # MOTCUA_ZALO_OA_SECRET
    zalo_key: str = field(default="", repr=False)  # MOTCUA_ZALO_KEY
    zalo_domain_code: str = ""  # MOTCUA_ZALO_DOMAIN_CODE
    zalo_api_url: str = "https://openapi.zalo.me"  # MOTCUA_ZALO_API_URL
    zalo_oauth_url: str = "https://oauth.zaloapp.com"  # MOTCUA_ZALO_OAUTH_URL
    zalo_oa_signature: bool = False  # MOTCUA_ZALO_OA_SIGNATURE
    zalo_secret_proof: bool = False  # MOTCUA_ZALO_SECRET_PROOF
    zalo_buttons: str = "off"  # MOTCUA_ZALO_BUTTONS
    zalo_list_image: str = ""  # MOTCUA_ZALO_LIST_IMAGE
    zalo_calls_per_minute: int = 100  # MOTCUA_ZALO_CALLS_PER_MINUTE
    zalo_notice_template: str = ""  # MOTCUA_ZALO_NOTICE_TEMPLATE
    zalo_paid_messages: bool = False  # MOTCUA_ZALO_PAID_MESSAGES

    @property
    def bot_url(self) -> str:
        """Where Rasa listens: the loopback unless set otherwise."""
        return self.rasa_url or f"http://127.0.0.1:{self.rasa_port}"

    @property
    def dossier_key(self) -> Path:
        """The key that proofs of dossiers are hashed with."""
        return self.data_folder / "dossiers.key"

    @property
    def database(self) -> str:
        """The database: a SQLite file in the data folder unless set otherwise."""
        return self.database_url or f"sqlite:///{self.data_folder / 'motcua.db'}"

    @property
    def conversations(self) -> str:
        """Where Rasa keeps conversations: a SQLite file of their own unless set otherwise."""
        file = self.data_folder.absolute() / "conversations.db"
        return self.conversations_url or f"sqlite:///{file}"


def load_settings(environment: Mapping[str, str]) -> Settings:
    """Read settings from `environment`; an empty value counts as not given.

    Raises:
        SettingsError: a value is wrong, naming the variable and what was expected.
    """
    reader = _Reader(environment)
    defaults = Settings(action_token="", rasa_token="")
    return Settings(
        host=reader.text("MOTCUA_HOST", defaults.host),
        port=reader.integer("MOTCUA_PORT", defaults.port, 0, 65535),
        rasa_port=reader.integer("MOTCUA_RASA_PORT", defaults.rasa_port, 1, 65535),
        action_port=reader.integer("MOTCUA_ACTION_PORT", defaults.action_port, 1, 65535),
        rasa_url=reader.url("MOTCUA_RASA_URL", defaults.rasa_url),
        data_folder=Path(reader.text("MOTCUA_DATA", str(defaults.data_folder))),
        database_url=reader.text("MOTCUA_DATABASE_URL", defaults.database_url),
        conversations_url=reader.text("MOTCUA_CONVERSATIONS_URL", defaults.conversations_url),
        encoder=reader.text("MOTCUA_ENCODER", defaults.encoder),
        demo_dossiers=reader.flag("MOTCUA_DEMO_DOSSIERS", defaults.demo_dossiers),
        dossier_source=_dossier_source(environment),
        notice_minutes=reader.integer("MOTCUA_NOTICE_MINUTES", defaults.notice_minutes, 0, 1440),
        action_token=reader.token("MOTCUA_ACTION_TOKEN"),
        rasa_token=reader.token("MOTCUA_RASA_TOKEN"),
        secure_cookies=reader.flag("MOTCUA_SECURE_COOKIES", defaults.secure_cookies),
        frame_ancestors=reader.words("MOTCUA_FRAME_ANCESTORS"),
        messages_per_minute=reader.integer(
            "MOTCUA_MESSAGES_PER_MINUTE", defaults.messages_per_minute, 1, 100_000
        ),
        documents_per_minute=reader.integer(
            "MOTCUA_DOCUMENTS_PER_MINUTE", defaults.documents_per_minute, 1, 100_000
        ),
        bot_timeout_seconds=float(
            reader.integer("MOTCUA_BOT_TIMEOUT_SECONDS", int(defaults.bot_timeout_seconds), 1, 120)
        ),
        conversation_hours=reader.integer(
            "MOTCUA_CONVERSATION_HOURS", defaults.conversation_hours, 1, 8760
        ),
        form_of_address=reader.form_of_address("MOTCUA_FORM_OF_ADDRESS"),
        question_days=reader.integer("MOTCUA_QUESTION_DAYS", defaults.question_days, 1, 3650),
        take_over_minutes=reader.integer(
            "MOTCUA_TAKE_OVER_MINUTES", defaults.take_over_minutes, 1, 1440
        ),
        office_name=reader.text("MOTCUA_OFFICE_NAME", defaults.office_name),
        office_phone=reader.text("MOTCUA_OFFICE_PHONE", defaults.office_phone),
        office_hours=reader.text("MOTCUA_OFFICE_HOURS", defaults.office_hours),
        public_url=reader.url("MOTCUA_PUBLIC_URL", defaults.public_url),
        zalo_app_id=reader.text("MOTCUA_ZALO_APP_ID", ""),
        zalo_app_secret=reader.text("MOTCUA_ZALO_APP_SECRET", ""),
        zalo_oa_id=reader.text("MOTCUA_ZALO_OA_ID", ""),
        zalo_oa_secret=reader.text("MOTCUA_ZALO_OA_SECRET", ""),
        zalo_key=reader.text("MOTCUA_ZALO_KEY", ""),
        zalo_domain_code=reader.text("MOTCUA_ZALO_DOMAIN_CODE", ""),
        zalo_api_url=reader.url("MOTCUA_ZALO_API_URL", defaults.zalo_api_url),
        zalo_oauth_url=reader.url("MOTCUA_ZALO_OAUTH_URL", defaults.zalo_oauth_url),
        zalo_oa_signature=reader.flag("MOTCUA_ZALO_OA_SIGNATURE", defaults.zalo_oa_signature),
        zalo_secret_proof=reader.flag("MOTCUA_ZALO_SECRET_PROOF", defaults.zalo_secret_proof),
        zalo_buttons=reader.one_of("MOTCUA_ZALO_BUTTONS", ("off", "omit", "button")),
        zalo_list_image=reader.url("MOTCUA_ZALO_LIST_IMAGE", defaults.zalo_list_image),
        zalo_calls_per_minute=reader.integer(
            "MOTCUA_ZALO_CALLS_PER_MINUTE", defaults.zalo_calls_per_minute, 1, 4000
        ),
        zalo_notice_template=reader.text("MOTCUA_ZALO_NOTICE_TEMPLATE", ""),
        zalo_paid_messages=reader.flag("MOTCUA_ZALO_PAID_MESSAGES", defaults.zalo_paid_messages),
    )


def _dossier_source(environment: Mapping[str, str]) -> SourceSettings:
    try:
        return read_source_settings(environment)
    except SourceSettingsError as error:
        raise SettingsError(str(error)) from error


class _Reader:
    """Reads single values and says what is wrong with them."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str, default: str) -> str:
        return self._environment.get(name, "").strip() or default

    def integer(self, name: str, default: int, low: int, high: int) -> int:
        value = self.text(name, str(default))
        if not value.isdecimal() or not low <= int(value) <= high:
            raise SettingsError(f"{name}={value!r}: cần số nguyên từ {low} đến {high}")
        return int(value)

    def url(self, name: str, default: str) -> str:
        value = self.text(name, default)
        if value and not value.startswith(("http://", "https://")):
            raise SettingsError(f"{name}={value!r}: cần địa chỉ bắt đầu bằng http:// hoặc https://")
        return value.rstrip("/")

    def flag(self, name: str, default: bool) -> bool:
        value = self.text(name, "1" if default else "0").lower()
        if value not in ("0", "1", "true", "false"):
            raise SettingsError(f"{name}={value!r}: cần 1 hoặc 0")
        return value in ("1", "true")

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str:
        """One of the words allowed; the first is the default."""
        value = self.text(name, allowed[0]).lower()
        if value not in allowed:
            raise SettingsError(f"{name}={value!r}: cần một trong {', '.join(allowed)}")
        return value

    def form_of_address(self, name: str) -> FormOfAddress:
        value = unicodedata.normalize("NFC", self.text(name, FormOfAddress.BAN)).lower()
        if value not in set(FormOfAddress):
            raise SettingsError(f"{name}={value!r}: cần một trong {', '.join(FormOfAddress)}")
        return FormOfAddress(value)

    def words(self, name: str) -> tuple[str, ...]:
        return tuple(self.text(name, "").split())

    def token(self, name: str) -> str:
        value = self.text(name, "")
        if value and len(value) < 16:
            raise SettingsError(f"{name}: cần ít nhất 16 ký tự")
        return value or _token()
