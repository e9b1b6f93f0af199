import postgres from "postgres";
import { row, timeSideBySide, type Row } from "./measure";
import type { BenchStack } from "./stack";
import { lookupChoice, lookupColumns } from "@/lib/lookups/lookup-columns";
import { findHandles } from "@/lib/lookups/look-up";

const rounds = 400;
const warmUp = 50;

/**
 * Times how a record is found by a masked value, with the index that Glimpse proposes, against the same lookup done by
 * hand with that index. The steps of 400 ms in which people get their answer are not waited for.
 */
export async function measureLookup(stack: BenchStack): Promise<Row[]> {
  const { ctx } = await stack.signIn("Ana");
  const used = lookupColumns(stack.masked).find(({ column }) => column.name === "email");
  if (!used) throw new Error("The measured table cannot be searched by email.");
  const owner = postgres(stack.sourceOwnerUrl, { max: 1, onnotice: () => {} });
  await owner.unsafe(lookupChoice(stack.masked, used).indexSql);
  await owner.unsafe("ANALYZE records");
  await owner.end({ timeout: 5 });
  const reader = postgres(stack.readerUrl, { max: 1 });
  const term = async (id: number) =>
    (await reader`SELECT email FROM records WHERE id = ${id}`)[0]?.["email"] as string;
  const known = await Promise.all(Array.from({ length: 50 }, (_, at) => term(1 + at * 19_937)));
  let turn = 0;
  try {
    const times = await timeSideBySide(
      {
        lookup: async () => {
          const found = await findHandles(ctx, stack.masked, used, known[turn++ % known.length] ?? "");
          if (found.length !== 1) throw new Error("The lookup does not find one record.");
        },
        floor: async () => {
          const wanted = known[turn % known.length] ?? "";
          const found = await reader`
            SELECT id FROM records WHERE lower(btrim((email::text COLLATE "C"))) = lower(btrim(${wanted}::text)) LIMIT 2`;
          if (found.length !== 1) throw new Error("The lookup by hand does not find one record.");
        },
      },
      { rounds, warmUp },
    );
    return [row("lookup.vs_floor", "ms", times.lookup, times.floor, rounds)];
  } finally {
    await reader.end({ timeout: 5 });
  }
}
