import { seedDemoCatalogue } from "@/lib/catalog/seed-demo-catalogue";
import { closeControlDatabase } from "@/lib/db/control-database";
import { demoPeople } from "@/lib/people/demo-people";
import { seedDemoGroups } from "@/lib/people/seed-demo-groups";
import * as deeds from "@/lib/people/seed-demo-people";
import { closeAllPools } from "@/lib/source/pool";
import { seedDemoPast } from "./demo-past/past";

export type SeedWanted = {
  ownerUrl: string;
  webUrl: string;
  sourceReaderUrl: string;
  key: string;
  password: string;
  /** What the deeds of the demo's past are signed with, and the address they name; left out, nobody has done anything. */
  past?: { logKey: string; publicUrl: string };
};

export type DemoAccount = { name: string; email: string; password: string; does: string };

/** Adds what the demo needs and is not there yet; every write goes through the application and is on record. */
export async function seedDemo(wanted: SeedWanted): Promise<DemoAccount[]> {
  workAsApplication(wanted);
  try {
    const accounts = await seedDemoPeople(wanted);
    await seedDemoCatalogue(wanted.sourceReaderUrl);
    if (wanted.past) await seedDemoPast(wanted.password);
    return accounts;
  } finally {
    await closeAllPools();
    await closeControlDatabase();
  }
}

/** The people of the demo, each with the same password. */
export async function seedDemoPeople({ password }: Pick<SeedWanted, "password">): Promise<DemoAccount[]> {
  await deeds.seedDemoPeople(password);
  await seedDemoGroups();
  return demoPeople.map(({ name, email, does }) => ({ name, email, password, does }));
}

// The application reads its settings from the environment; no session is made here, so that any secret will do.
function workAsApplication({ webUrl, key, past }: SeedWanted): void {
  process.env["DATABASE_URL"] = webUrl;
  process.env["GLIMPSE_KEY"] = key;
  if (past) {
    process.env["GLIMPSE_LOG_KEY"] = past.logKey;
    process.env["GLIMPSE_DEMO"] = "1";
    process.env["NEXTAUTH_URL"] = past.publicUrl;
  }
  process.env["NEXTAUTH_SECRET"] ??= key;
  process.env["NEXTAUTH_URL"] ??= "http://localhost";
}
