"""Records every public answer of a register, and names what differs between two recordings. See docs/performance.md.

python benchmarks/answers.py record BEFORE --database sqlite:////absolute/path.sqlite3
python benchmarks/answers.py compare BEFORE AFTER
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from differences import compare

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Record, or compare; exits with 1 where two recordings differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    recording = commands.add_parser("record", help="record every public answer into a new folder")
    recording.add_argument("folder", type=Path)
    recording.add_argument("--database", default=os.environ.get("DATABASE_URL"), help="as in DATABASE_URL")
    recording.add_argument("--project", type=Path, default=HERE.parent, help="whose code answers, if not this one's")
    comparing = commands.add_parser("compare", help="name every difference between two recordings")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--ignore", action="append", default=[], metavar="HEADER", help="leave a header out")
    chosen = parser.parse_args()
    if chosen.command == "record":
        record(chosen.folder, chosen.database, chosen.project)
    elif compare(chosen.before, chosen.after, {header.lower() for header in chosen.ignore}):
        sys.exit(1)


def record(folder: Path, database: str | None, project: Path) -> None:
    """Record the answers of `project` in a process of its own: it may be an older version of the same modules."""
    if not database:
        sys.exit("Say which --database, such as sqlite:////absolute/path.sqlite3")
    if folder.exists():
        sys.exit(f"{folder} is there already; name a new folder")
    own = {
        "BENCHMARK_PROJECT": str(project.resolve()), "DATABASE_URL": database,
        "HTTPS": "False", "THROTTLE_ANONYMOUS": "9999999/second",
        # Python puts sets of words in the same order each time, and so what is written of them.
        "PYTHONHASHSEED": "0",
    }  # fmt: skip
    sys.exit(
        subprocess.run([sys.executable, HERE / "recording.py", folder], env=os.environ | own, check=False).returncode
    )


if __name__ == "__main__":
    main()
