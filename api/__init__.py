"""The gateway: pages, JSON interface, channels, command line and launcher."""
