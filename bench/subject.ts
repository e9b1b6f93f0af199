import { row, timeSideBySide, type Row } from "./measure";
import type { Context } from "@/lib/auth/context";
import { disclosures } from "@/lib/reports/disclosures/disclosures";
import { sectionView } from "@/lib/reports/section-view";

const rounds = 20;
const warmUp = 3;

/** So many events are about each of the two people whose report is made. */
export const eventsOfOne = 1_000;

type Person = { key: string; logSize: number };

/**
 * The report on a person of whom 1,000 events of a whole log speak, up to what its page shows; beside it one of whom 1,000
 * of its first events do.
 */
export async function measureSubject(
  ctx: Context,
  tableId: string,
  { wide, near }: { wide: Person; near: Person },
): Promise<Row[]> {
  const report =
    ({ key, logSize }: Person) =>
    async () => {
      const asked = disclosures.read({ table: tableId, record: key, from: "2020-01-01", to: "2029-12-31" });
      if ("mistakes" in asked) throw new Error(JSON.stringify(asked.mistakes));
      const { sections } = await asked.build(ctx, { at: new Date(), logSize });
      const views = await Promise.all(sections.map(sectionView));
      if (!JSON.stringify(views).includes(`"${eventsOfOne.toLocaleString("en-US")}"`))
        throw new Error("The report lacks events.");
    };
  const times = await timeSideBySide({ large: report(wide), small: report(near) }, { rounds, warmUp });
  return [row("report.subject_10m_s", "s", times.large / 1_000, times.small / 1_000, rounds)];
}
