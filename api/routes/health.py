"""`GET /health`: whether the application and the bot behind it are ready."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

__all__ = ["router"]

router = APIRouter()


@router.get("/health")
async def health(request: Request) -> JSONResponse:
    """Say `{"status": "ok"|"starting", "bot": true|false}`; 503 until the bot is ready."""
    ready = await request.app.state.rasa.ready()
    status = "ok" if ready else "starting"
    return JSONResponse({"status": status, "bot": ready}, status_code=200 if ready else 503)
