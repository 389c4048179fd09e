"""Measures the list of likely twins: `python benchmarks/twins.py`. See docs/performance.md.

A register of invented pledges is written, of which every hundredth is there a second time; the list is worked out as
its task does it, then read as its page does. Memory is what Python takes at most for it, measured in a second run.
"""

import argparse
import sys
import time
import tracemalloc
from dataclasses import replace

# Makes Django ready, and so stands before all that comes from Django or the tracker.
from ready import folder  # isort: split

from django.contrib.auth.models import User
from django.db import connection, transaction
from register import AT, drafts, prepare, write

from tracker.curation import jobs
from tracker.curation.twins import kept_list
from tracker.curation.twins.likely_pairs import twins_among
from tracker.lib.chunks import chunked

MIB = 1024 * 1024


def main() -> None:
    """Write the register, work the list out once, read it three times, and say what each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pledges", type=int, default=10_000, help="how many pledges")
    count = parser.parse_args().pledges
    before = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        prepare()
        _write(count)
        author = User.objects.get(username="editor")
        start, cpu = time.perf_counter(), time.process_time()
        kept_list.renew_twins.call(jobs.ask(kind=kept_list.KIND, by=author, at=AT).pk)
        took = f"{time.perf_counter() - start:.1f} s ({time.process_time() - cpu:.1f} s of the processor)"
        tracemalloc.start()
        twins_among()
        peak = tracemalloc.get_traced_memory()[1] // MIB
        tracemalloc.stop()
        _say(f"{count:,} pledges, {connection.vendor}: worked out in {took}, {peak} MiB")
        for _time in range(3):
            start = time.perf_counter()
            found = kept_list.kept_list()
            _say(f"{len(found.twins):,} pairs read in {(time.perf_counter() - start) * 1000:.0f} ms")
    finally:
        connection.creation.destroy_test_db(before, verbosity=0)
        folder.cleanup()


def _write(count: int) -> None:
    """Write pledges to the desk; nothing of the list needs them published."""
    made = list(drafts(count - count // 100, 4))
    made += [replace(draft, source_id=f"{draft.source_id} again") for draft in made[::99][: count // 100]]
    with transaction.atomic():
        for part in chunked(made, 10_000):
            write(part, "Twins", AT)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
