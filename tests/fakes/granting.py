"""Give an application the right to call the fake Zalo, as `motcua zalo connect` does."""

from api.storage import open_database
from api.zalo.channel import open_account
from api.zalo.tokens import TokenPair
from dossiers.clock import system_clock


async def store_grant(settings, zalo):
    engine = open_database(settings.database)
    account = open_account(settings, engine, system_clock)
    pair = zalo.grant()
    await account.tokens.keep(TokenPair(pair["access_token"], pair["refresh_token"], 90_000))
    await account.close()
    engine.dispose()
