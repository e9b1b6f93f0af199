import type postgres from "postgres";
import { smallWorlds, type Side } from "@/lib/testing/small-worlds";
import { browsedTables } from "./crawl";
import type { Deeds } from "./deeds";
import { stack } from "./stack";
import { leadSourceTo } from "./tap";

export type Worlds = {
  /** Leads Glimpse to one of the two under the name of the demo source. */
  lead: (side: Side) => Promise<void>;
  /** Leads it back to the demo source, and drops the two. */
  close: () => Promise<void>;
};

/** Two small demo sources that differ only in what the masks of the catalogue hide. */
export async function openWorlds(control: postgres.Sql, deeds: Deeds): Promise<Worlds> {
  // What others have left differing would be found by a page of a small source, with its numbers.
  await deeds.rescan("marigold");
  const tables = [];
  for (const { path } of await browsedTables(control)) {
    const [source = "", schema = "", table = ""] = path.split("/");
    tables.push(await deeds.tableOf({ table: { source, schema, table }, keys: [], fields: [] }));
  }
  const pair = await smallWorlds(tables);
  return {
    lead: (side) => leadSourceTo(control, pair[side].url),
    close: async () => {
      await leadSourceTo(control, stack().readerUrl);
      await pair.here.drop();
      await pair.there.drop();
    },
  };
}
