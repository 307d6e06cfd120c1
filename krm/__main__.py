"""`python -m krm`."""

from krm.cli import main

main()
