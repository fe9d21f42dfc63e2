"""One set-up program behind the four commands of this folder; standard library only."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the person may well have an older one
    sys.exit("Python 3.11 ou plus récent est nécessaire (celui-ci : " + sys.version + ").")

import processes
import run_bench
import run_manage
import run_server
import run_tests
from console import SetupError, warn

COMMANDS = {
    "bench": run_bench.main,
    "manage": run_manage.main,
    "server": run_server.main,
    "test": run_tests.main,
}


def main() -> int:
    processes.stop_on_signals()
    command, *arguments = sys.argv[1:]
    try:
        return COMMANDS[command](arguments)
    except SetupError as refusal:
        warn(str(refusal))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
