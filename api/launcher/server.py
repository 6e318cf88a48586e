"""The application process: the public application and the action endpoint side by side.

Both live in one process so that the encoder and the indexes are loaded once. The public side
starts at once and says «starting» until the bot is ready.
"""

from __future__ import annotations

import asyncio
import signal

import uvicorn

from actions.endpoint import all_actions, create_endpoint
from actions.services import build_services
from api.app import create_app
from api.form_filling.printing import warm_up
from api.settings import Settings

__all__ = ["serve"]


class _Server(uvicorn.Server):
    """A uvicorn server that leaves signals to `serve`."""

    def install_signal_handlers(self) -> None:
        """Do nothing: `serve` stops both servers together."""


def _server(app: object, host: str, port: int) -> _Server:
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        host=host,
        port=port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=5,
    )
    return _Server(config)


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT."""
    application = create_app(settings)
    public = _server(application, settings.host, settings.port)
    running = [asyncio.create_task(public._serve())]
    # A page that needs the catalogue or the search meanwhile waits for these.
    async with application.state.catalogue_lock:
        services = await asyncio.to_thread(
            build_services,
            settings.data_folder,
            database=settings.database,
            demo=settings.demo_dossiers,
            dossier_source=settings.dossier_source,
            encoder=settings.encoder or None,
        )
        application.state.catalogue = services.catalogue
        application.state.search_engine = services.engine
        application.state.dossiers = services.dossiers
    endpoint = create_endpoint(all_actions(services), settings.action_token)
    private = _server(endpoint, "127.0.0.1", settings.action_port)
    running.append(asyncio.create_task(private._serve()))

    def stop() -> None:
        public.should_exit = private.should_exit = True

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    # The first PDF takes seconds; nobody should be the one who waits for it.
    running.append(asyncio.create_task(asyncio.to_thread(warm_up, next(iter(services.forms)))))
    await asyncio.gather(*running)
