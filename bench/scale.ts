import { cellsOf, pageGetter, pageUrl } from "./browse";
import { fillRecords, fillWide } from "./dataset";
import { row, timeSideBySide, type Row } from "./measure";
import { addMeasured, confirmAll, type BenchStack } from "./stack";
import { asAdmin } from "@/scripts/databases";

const rounds = 60;
const warmUp = 10;
const wideColumns = 500;
const usualColumns = 20;

/** Times the first page of ten million rows against that of ten thousand, and 500 columns, all shown, against 20. */
export async function measureScale(stack: BenchStack): Promise<Row[]> {
  await asAdmin(stack.sourceOwnerUrl, async (owner) => {
    await fillRecords(owner, { table: "records_10k", rows: 10_000 });
    await fillRecords(owner, { table: "records_10m", rows: 10_000_000 });
    await fillWide(owner, { table: "records_wide", of: "records_10k", columns: wideColumns });
  });
  const slug = await addMeasured("Bench scale", stack.readerUrl);
  const small = pageUrl(stack.baseUrl, await confirmAll(slug, "records_10k", true));
  const large = pageUrl(stack.baseUrl, await confirmAll(slug, "records_10m", true));
  const wide = `${pageUrl(stack.baseUrl, await confirmAll(slug, "records_wide", true))}?cols=*`;
  const get = pageGetter((await stack.signIn("Ana")).cookie);
  const subject = (url: string, columns: number) => async () => {
    const rows = cellsOf(await get(url));
    // The first cell of a row selects it.
    if (rows.length !== 50 || rows.some((cells) => cells.length < columns))
      throw new Error(`${url} shows ${rows.length} rows of ${rows[0]?.length} cells.`);
  };
  const times = await timeSideBySide(
    {
      large: subject(large, usualColumns),
      small: subject(small, usualColumns),
      wide: subject(wide, wideColumns),
    },
    { rounds, warmUp },
  );
  const perCell = (ms: number, columns: number) => (ms * 1_000) / (50 * columns);
  return [
    row("browse.10m_vs_10k", "ms", times.large, times.small, rounds),
    row(
      "browse.500_columns_vs_20",
      "µs per cell",
      perCell(times.wide, wideColumns),
      perCell(times.small, usualColumns),
      rounds,
    ),
  ];
}
