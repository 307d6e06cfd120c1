"""`python -m tests.fuzz --mutants 100000`: one line of figures, and every failure by its number."""

import argparse
import sys
import time

from tests.fuzz.mutating import mutant
from tests.fuzz.running import each, mails, run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--mutants", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="how many numbers to leave out")
    parser.add_argument("--show", nargs=2, metavar=("FILE", "SEED"), help="write this one mutant")
    asked = parser.parse_args()
    if asked.show:
        sys.stdout.buffer.write(mutant(asked.show[0], int(asked.show[1]), mails()))
        return 0
    begun = time.monotonic()
    told = run(asked.mutants, asked.first)
    sys.stdout.write(each(told.failed) + "\n" if told.failed else "")
    sys.stdout.write(
        f"{asked.mutants} mutants: {told.read} read, {told.refused} unreadable, {len(told.failed)} failed; "
        f"longest {told.longest:.2f} s CPU, {told.cpu:.0f} s CPU in all, {time.monotonic() - begun:.0f} s\n"
    )
    return bool(told.failed)


if __name__ == "__main__":
    sys.exit(main())
