import "server-only";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ColumnType } from "@/lib/catalog/column-type";
import { type Mask, maskKey } from "@/lib/masking/mask";
import type { SourcePool } from "@/lib/source/pool";
import { emptySource, type TestDatabase } from "./database";
import { builtInType, showUnder, type ShowOptions } from "./masked-values";

/** A value and how it shows: as a text, or as any text of a pattern. */
export type MaskCase = readonly [value: string, shown: string | RegExp];

/** A database of a test file, in which values are shown under masks. */
export function useMaskSource(openPool: (url: string) => SourcePool) {
  let database: TestDatabase;
  let pool: SourcePool;
  beforeAll(async () => {
    database = await emptySource();
    pool = openPool(database.url);
  });
  afterAll(async () => {
    await pool.end({ timeout: 1 });
    await database.drop();
  });
  const show = (values: readonly (string | null)[], mask: Mask, options: ShowOptions = {}) =>
    showUnder(pool, values, mask, options);
  const cases = (mask: Mask, rows: readonly MaskCase[], type: ColumnType = builtInType("text", "text")) =>
    test.each(rows)(`${type.base.name} under ${maskKey(mask)}: %j is %s`, async (value, expected) => {
      const [shown] = await show([value], mask, { type });
      if (typeof expected === "string") expect(shown).toBe(expected);
      else expect(shown).toMatch(expected);
    });
  return { show, cases };
}
