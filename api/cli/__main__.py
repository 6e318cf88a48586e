"""`python -m api.cli` is `motcua`."""

from api.cli import main

main()
