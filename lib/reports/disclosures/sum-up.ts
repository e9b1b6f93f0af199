import "server-only";
import { readClasses } from "@/lib/catalog/read-classes";
import type { Listing } from "@/lib/reports/disclosures/disclosure-table";
import { readDisclosures } from "@/lib/reports/disclosures/read-disclosures";
import { recipients } from "@/lib/reports/disclosures/recipients";
import type { Section } from "@/lib/reports/report";

/** How often something of a person was told, to how many, and which kinds of data: read once through, in flat memory. */
export async function sumUp(listing: Listing): Promise<{ sections: Section[]; events: number }> {
  const who = recipients(listing.isNamed);
  const counts = { shown: 0, copied: 0, asked: 0 };
  const classes = new Map<string, number>();
  let events = 0;
  for await (const entries of readDisclosures(listing.ctx.db, listing, listing.asOf))
    for (const entry of entries) {
      events += 1;
      who.nameOf(entry);
      if (entry.code === "reveal.opened") counts.shown += 1;
      if (entry.code === "reveal.failed") counts.shown -= 1;
      if (entry.code === "reveal.copied") counts.copied += 1;
      if (!entry.code.startsWith("reveal.")) counts.asked += 1;
      if (entry.code === "reveal.opened")
        for (const id of new Set(entry.resource?.classes)) classes.set(id, (classes.get(id) ?? 0) + 1);
    }
  const book = await readClasses(listing.ctx.db);
  const bars = [...classes]
    .map(([id, value]) => ({ label: book.get(id)?.title ?? id, value }))
    .toSorted((one, other) => other.value - one.value || one.label.localeCompare(other.label));
  const sections: Section[] = [
    {
      kind: "numbers",
      title: "At a glance",
      figures: [
        { label: "Times that values were shown", value: counts.shown, kind: "number" },
        { label: "Copies", value: counts.copied, kind: "number" },
        { label: "Comparisons and lookups", value: counts.asked, kind: "number" },
        { label: "People who were told something", value: who.count(), kind: "number" },
      ],
    },
    {
      kind: "bars",
      title: "Kinds of data",
      intro: "How often values of each kind were about to be shown.",
      of: "number",
      bars,
      empty: "No value was shown.",
    },
  ];
  return { sections, events };
}
