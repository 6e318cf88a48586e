"""The Zalo Official Account channel: a durable inbox, the same answers, a durable outbox.

Protocol facts come from Zalo's own pages as of 2026; what could not be confirmed stays behind
settings (`docs/zalo.md` lists them). Nothing here runs unless the Zalo settings are given.
"""
