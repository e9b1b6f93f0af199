import type { InboxLine, InboxQuery } from "@/lib/approvals/view";

type Group = { id: string; name: string; members: InboxLine[] };

/** The lines of a page in groups, each where its first line was. */
export function groupsOf(lines: readonly InboxLine[], by: "requester" | "table"): Group[] {
  const groups = new Map<string, Group>();
  for (const line of lines) {
    const [id, name] =
      by === "requester" ? [line.requesterId, line.requester] : [line.tableId, line.tableLabel];
    const group = groups.get(id) ?? { id, name, members: [] };
    group.members.push(line);
    groups.set(id, group);
  }
  return [...groups.values()];
}

/** The numbers of the lines in the order in which they stand on the page. */
export function numbersInOrder(lines: readonly InboxLine[], by: "requester" | "table" | undefined): number[] {
  const shown = by === undefined ? lines : groupsOf(lines, by).flatMap(({ members }) => members);
  return shown.map((line) => line.number);
}

/** Whether lines are left out; grouping leaves none out. */
export function isNarrowed({ group: _, ...narrower }: InboxQuery): boolean {
  return Object.keys(narrower).length > 0;
}
