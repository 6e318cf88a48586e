"""Train and start Rasa in its own environment (Python 3.10)."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from api.errors import StackError
from api.settings import Settings

__all__ = ["ONE_THREAD", "ROOT", "rasa_command", "rasa_environment", "rasa_python", "train_rasa"]

ROOT = Path(__file__).parent.parent.parent

# A question is too small to share out: the threads of faiss and OpenBLAS wait for one another with
# the processor running, which cost five sixths of the time of a message.
ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}

# Half of Rasa's start is skops scanning modules that TensorFlow has loaded; importing it first
# saves seconds.
_ENTRY = "import skops.io; from rasa.__main__ import main; main()"
_TRAINED_ON = ("config.yml", "bot/domain", "bot/data", "bot/components", "bot/conversations.py",
               "knowledge_base/text", "knowledge_base/lexicon",
               "knowledge_base/questions/calibration/conversations.jsonl")  # fmt: skip


def rasa_python() -> Path:
    """The Python of the Rasa environment.

    Raises:
        StackError: it is not there.
    """
    python = ROOT / ".venv-rasa" / "bin" / "python"
    if not python.exists():
        raise StackError("Chưa có môi trường Rasa (.venv-rasa); chạy «make setup»")
    return python


def rasa_environment(settings: Settings, base: Mapping[str, str]) -> dict[str, str]:
    """The environment of a Rasa process: quiet, no telemetry, our token, our code importable."""
    return {
        **ONE_THREAD,
        **base,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "ignore",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "RASA_TELEMETRY_ENABLED": "false",
        "SANIC_HOST": "127.0.0.1",
        "MOTCUA_ACTION_URL": f"http://127.0.0.1:{settings.action_port}/webhook",
        "MOTCUA_ACTION_TOKEN": settings.action_token,
        "MOTCUA_CONVERSATIONS_URL": settings.conversations,
        "MOTCUA_CONVERSATION_HOURS": str(settings.conversation_hours),
    }


def rasa_command(settings: Settings, model: Path) -> list[str]:
    """`rasa run` on the loopback, its own API behind the token."""
    return [
        str(rasa_python()), "-c", _ENTRY, "run",
        "--model", str(model),
        "--endpoints", str(ROOT / "bot" / "endpoints.yml"),
        "--credentials", str(ROOT / "bot" / "credentials.yml"),
        "--interface", "127.0.0.1",
        "--port", str(settings.rasa_port),
        "--enable-api", "--auth-token", settings.rasa_token,
        "--quiet",
    ]  # fmt: skip


def train_rasa(settings: Settings) -> Path:
    """Train the bot unless a model for just these files is there; return the model.

    Raises:
        StackError: training failed; the log says why.
    """
    folder = (settings.data_folder / "models").absolute()
    model = folder / f"bot-{_fingerprint()}.tar.gz"
    if model.is_file():
        return model
    folder.mkdir(parents=True, exist_ok=True)
    log = settings.data_folder / "log" / "train.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    command = [
        str(rasa_python()), "-c", _ENTRY, "train",
        "--config", str(ROOT / "config.yml"),
        "--domain", str(ROOT / "bot" / "domain"),
        "--data", str(ROOT / "bot" / "data"),
        "--out", str(folder), "--fixed-model-name", model.name.removesuffix(".tar.gz"),
    ]  # fmt: skip
    with log.open("wb") as stream:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=rasa_environment(settings, os.environ),
            stdout=stream,
            stderr=subprocess.STDOUT,
            check=False,
        )
    if done.returncode != 0 or not model.is_file():
        raise StackError(f"Huấn luyện Rasa không xong; xem {log}")
    for old in folder.glob("bot-*.tar.gz"):
        if old != model:
            old.unlink()
    return model


def _fingerprint() -> str:
    """A short hash of everything that the model is made from."""
    digest = hashlib.sha256()
    for name in _TRAINED_ON:
        path = ROOT / name
        files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file())
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:12]
