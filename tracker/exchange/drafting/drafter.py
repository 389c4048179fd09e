"""Drafting: the rows of a table become drafts of pledges, and of what these refer to."""

from django.utils.translation import gettext as _

from tracker.curation.importing.plans import Document, Draft
from tracker.exchange.drafting import asides
from tracker.exchange.drafting.drafted import Drafted
from tracker.exchange.drafting.labels import Labels
from tracker.exchange.drafting.lines import FileLine
from tracker.exchange.drafting.pledge_names import LONGEST, name_of, tell_apart
from tracker.exchange.drafting.pledge_parts import STAGE, Parts, Writer
from tracker.exchange.drafting.recognising import recognise
from tracker.exchange.drafting.row_claims import RowClaims
from tracker.exchange.drafting.sources import Channels, Documents, Platforms
from tracker.exchange.drafting.table_reading import TableReading
from tracker.exchange.drafting.totals import CellAmount, amounts_in, counted_once
from tracker.exchange.inbound.conventions import Conventions
from tracker.exchange.inbound.headers import SheetTable
from tracker.exchange.profiles.base import Level, Profile
from tracker.lib import canonical
from tracker.lib.text import fold
from tracker.models import Party, Pledge, PledgeLink


class Drafter:
    """Drafts what one table of a release describes."""

    def __init__(self, profile: Profile, release: str, conventions: Conventions) -> None:
        self.profile = profile
        self.conventions = conventions
        title = f"{profile.title}, release {release}"
        self.parties = Labels.load("party")
        self.platforms = Platforms()
        self.documents = Documents()
        self.channels = Channels(Labels.load("initiative"))
        self.writer = Writer(profile, title, self.platforms)
        self.drafted = Drafted()
        self._taken: dict[str, int] = {}
        self.claims = RowClaims(profile, self.documents, {})
        self._names = dict(Party.objects.values_list("public_id", "name"))

    def draft(self, table: SheetTable) -> Drafted:
        """Return what the rows of `table` describe. Every row has a draft for its home, or a reason."""
        columns = frozenset(table.positions)
        self.claims = RowClaims(self.profile, self.documents, table.positions)
        self.drafted.missing = [
            declared for declared in self.profile.amounts if declared.value and declared.value not in columns
        ]  # fmt: skip
        activities: dict[tuple[str, str], list[FileLine]] = {}
        totals: dict[int, tuple[str, FileLine]] = {}
        notes: dict[int, str] = {}
        reading = TableReading(self.profile, table.positions, self.conventions)
        self.drafted.said = reading.said
        for row, values in table:
            self.conventions.look_at(row.number, values)
            line = FileLine(row, values, reading)
            if row.note:
                line.note(row.note)
            self.drafted.lines.append(line)
            total, note = asides.total_in(line, row.cells), asides.note_in(row.cells)
            if total:
                totals[line.number] = (total, line)
                continue
            if asides.is_bare_sum(line):
                totals[line.number] = ("", line)
            reason = (
                table.misfit(row) or asides.errors_in(line, row.cells) or recognise(line, self.profile, self.parties)
            )
            if reason and note:
                notes[line.number] = note
            if reason:
                self.drafted.invalid[line.number] = reason
                self.drafted.held_back.add(line.activity)
            else:
                activities.setdefault((line.activity, line.lead), []).append(line)
            line.put_away()
        self.conventions.settle()
        counted = {line.number: line for line in asides.counted(self.drafted, totals)}
        asides.pass_over(self.drafted, totals, notes)
        cells: list[CellAmount] = []
        for (activity, _lead), lines in activities.items():
            for line in lines:
                cells += amounts_in(line) if counted.pop(line.number, None) else ()
            for own in self._by_aid_type(lines):
                self._activity(self._unused(activity), own)
            for line in lines:
                line.let_go()
        for line in counted.values():
            cells += amounts_in(line)
            line.let_go()
        self.drafted.cells = counted_once(cells)
        drafted = self.drafted
        tell_apart(drafted.pledges)
        drafted.documents, drafted.initiatives = self.documents.drafts, self.channels.drafts
        drafted.platforms = self.platforms.drafts
        for labels in (self.parties, self.platforms.labels, self.platforms.categories):
            drafted.labels += labels.unmatched()
        drafted.renamed = self.parties.renamed()
        return drafted

    def _unused(self, source_id: str) -> str:
        """Return a source id, with a running number where another draft of the file has it."""
        self._taken[source_id] = count = self._taken.get(source_id, 0) + 1
        return source_id if count == 1 else f"{source_id}#{count}"

    def _by_aid_type(self, lines: list[FileLine]) -> list[list[FileLine]]:
        """Return the lines of an activity, apart where what is said of it as a whole is of several aid types.

        A pledge has one: what is said of another would be counted under it.
        """
        if len({line.aid_type for line in lines}) < 2:
            return [lines]
        whole = [declared for declared in self.profile.promised[Level.ACTIVITY] if declared.value]
        valued = [line for line in lines if any(line.amount(declared.value) is not None for declared in whole)]
        apart: dict[str, list[FileLine]] = {line.aid_type: [] for line in valued}
        if len(apart) < 2:
            return [lines]
        for line in lines:
            apart.get(line.aid_type, apart[valued[0].aid_type]).append(line)
        return list(apart.values())

    def _activity(self, source_id: str, lines: list[FileLine]) -> None:
        whole = [line for line in lines if line.is_whole]
        parts: dict[tuple[str, str], list[FileLine]] = {}
        for line in lines:
            if not line.is_whole:
                parts.setdefault((line.part, line.aid_type), []).append(line)
        if len(parts) < 2:
            self._single(source_id, lines)
            return
        umbrella = self._umbrella(source_id, lines, whole)
        for (part, _aid_type), own in parts.items():
            self._tranche(self._unused(f"{source_id}/{part or '-'}"), umbrella, own)

    def _single(self, source_id: str, lines: list[FileLine]) -> None:
        parts = Parts()
        self.writer.items(lines, parts)
        self._promise(lines, lines, parts, Level.ACTIVITY)
        self._promise([line for line in lines if not line.is_whole], lines, parts, Level.PART)
        self._deliver(lines, parts)
        self._add(source_id, lines, parts)

    def _umbrella(self, source_id: str, lines: list[FileLine], whole: list[FileLine]) -> Draft:
        """Draft the umbrella: what is said of the activity as a whole, and nothing that its tranches count.

        Where it has the value of all that was delivered, its tranches count the units.
        """
        parts = Parts()
        self.writer.items(whole, parts)
        self._promise(lines, whole or lines, parts, Level.ACTIVITY)
        for declared in self.profile.delivered:
            self.writer.amounts(whole, parts, declared)
        return self._add(source_id, whole or lines[:1], parts, homes=whole)

    def _tranche(self, source_id: str, umbrella: Draft, lines: list[FileLine]) -> None:
        parts = Parts()
        self.writer.items(lines, parts)
        self._promise(lines, lines, parts, Level.PART)
        self._deliver(lines, parts)
        self._add(source_id, lines, parts, umbrella=umbrella.source_id)

    def _promise(self, lines: list[FileLine], first: list[FileLine], parts: Parts, level: Level) -> None:
        """Add the entries of every stage of `level`; where `lines` have no amount, one that says so."""
        for declared in self.profile.promised[level]:
            if not lines or not declared.columns & lines[0].columns:
                continue
            if not self.writer.amounts(lines, parts, declared) and declared.always:
                self.writer.unvalued((lines if level is Level.PART else first)[0], parts, declared)

    def _deliver(self, lines: list[FileLine], parts: Parts) -> None:
        for declared in self.profile.delivered:
            self.writer.amounts(lines, parts, declared)
        self.writer.deliveries(lines, parts)

    def _add(
        self,
        source_id: str,
        lines: list[FileLine],
        parts: Parts,
        *,
        umbrella: str = "",
        homes: list[FileLine] | None = None,
    ) -> Draft:
        first = lines[0]
        if not parts.entries:
            # The pledge was made, whatever else is unknown.
            parts.add_entry(stage="pledge")
        document = self._document(first, lines, parts, bool(umbrella))
        told_by = (
            first.lead, first.aid_type, document.get("announced", ""), fold(document.get("description", "")),
            [fold(item["description"]) for item in parts.items],
        )  # fmt: skip
        draft = Draft(
            "pledge", document, source_id=source_id, lead=first.lead, umbrella=umbrella,
            fingerprint=canonical.digest(canonical.dump(told_by)),
            rows=[line.number for line in (lines if homes is None else homes)],
        )  # fmt: skip
        unread = [*parts.unread, *self._unread_fields(first, lines)]
        unread += [f"{STAGE}{declared.stage}" for declared in self.drafted.missing]
        draft.unread = unread or draft.unread
        self.drafted.pledges.append(draft)
        self.drafted.homes |= dict.fromkeys(draft.rows, draft)
        return draft

    def _unread_fields(self, first: FileLine, lines: list[FileLine]) -> list[str]:
        """Return the fields of a pledge whose cells could not be read."""
        if not any(line.unread for line in lines):
            return []
        profile = self.profile
        columns = {"announced": profile.announced, "description": profile.description, "aid_kind": profile.aid_kind}
        columns["initiative"] = profile.initiatives.column if profile.initiatives else ""
        fields = [name for name, column in columns.items() if column in first.unread]
        # What a pledge is, is made of its kind; its name of nearly all.
        fields += ["name", "nature"] if "aid_kind" in fields else ["name"]
        return fields + (["claims"] if any(not line.unread.isdisjoint(profile.sources) for line in lines) else [])

    def _document(self, first: FileLine, lines: list[FileLine], parts: Parts, is_tranche: bool) -> Document:
        profile = self.profile
        aid_kind = first.text(profile.aid_kind)
        initiative = ""
        channels: list[str] = []
        if profile.initiatives:
            initiative, channels = self.channels.named_in(first, profile.initiatives)
        description = self._description(first, lines, channels)
        nature = Pledge.Nature.TRANSFER.value if parts.items else first.word(profile.nature)
        named_by = ", ".join(text for column in profile.named_by if (text := first.text(column)))[:LONGEST]
        document = {
            "name": named_by,
            "nature": str(nature or Pledge.Nature.FINANCING.value),
            "aid_type": first.aid_type,
            "aid_kind": aid_kind[:80],
            "beneficiary": first.beneficiary,
            "initiative": initiative,
            "announced": first.date(profile.announced),
            "description": description,
            "shares": [{"contributor": first.contributor}] if first.contributor else [],
            "items": parts.items,
            "entries": parts.entries,
            "valuations": parts.valuations,
        }
        if not named_by:
            lead = self._names.get(first.lead, first.lead)
            document["name"] = name_of(document, lead, next(iter(channels), ""))
        self._tell(first, lines, parts)
        links = {"links": [{"link": PledgeLink.Link.TRANCHE_OF.value}]} if is_tranche else {}
        document["claims"] = self.claims.of(parts, document | links)
        return {name: value for name, value in document.items() if value}

    def _tell(self, first: FileLine, lines: list[FileLine], parts: Parts) -> None:
        """Note which columns tell what is said of the pledge as a whole, in each of its rows that says the same."""
        profile = self.profile
        own = {
            "announced": profile.announced, "aid_type": profile.aid_type.column, "aid_kind": profile.aid_kind,
            "nature": profile.nature.column if profile.nature else "", "beneficiary": profile.recipient,
            "initiative": profile.initiatives.column if profile.initiatives else "",
        }  # fmt: skip
        told = {
            "": own, f"shares[{first.contributor}]": {"contributor": profile.contributor},
            f"links[{PledgeLink.Link.TRANCHE_OF.value}]": {"link": profile.part},
        }  # fmt: skip
        for line in lines:
            for part, columns in told.items():
                same = columns if line is first else {
                    name: column for name, column in columns.items()
                    if line.values.get(column) == first.values.get(column)
                }  # fmt: skip
                parts.tell(part, line, same)

    def _description(self, first: FileLine, lines: list[FileLine], channels: list[str]) -> str:
        """Return what the first row says, then the initiatives where there are several, then remarks, once each."""
        parts = [first.prose(self.profile.description)]
        if len(channels) > 1:
            parts.append(_("Channels: %s.") % "; ".join(channels))
        parts += dict.fromkeys(line.word(words) or "" for line in lines for words in self.profile.remarks)
        return "\n\n".join(filter(None, parts))
