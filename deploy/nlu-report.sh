#!/bin/sh
# Cross-validate the intent classifier and write docs/nlu.md. Takes some minutes; no network.
set -eu
cd "$(dirname "$0")/.."
export PYTHONPATH=. PYTHONWARNINGS=ignore SQLALCHEMY_SILENCE_UBER_WARNING=1 TF_CPP_MIN_LOG_LEVEL=3
export RASA_TELEMETRY_ENABLED=false
.venv-rasa/bin/python -m bot.evaluation.nlu_report "$@"
