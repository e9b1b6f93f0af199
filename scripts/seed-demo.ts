import { seedDemoCatalogue } from "@/lib/catalog/seed-demo-catalogue";
import { closeControlDatabase } from "@/lib/db/control-database";
import { demoPeople } from "@/lib/people/demo-people";
import { seedDemoGroups } from "@/lib/people/seed-demo-groups";
import * as deeds from "@/lib/people/seed-demo-people";
import { closeAllPools } from "@/lib/source/pool";

export type SeedWanted = {
  ownerUrl: string;
  webUrl: string;
  sourceReaderUrl: string;
  key: string;
  password: string;
};

export type DemoAccount = { name: string; email: string; password: string; does: string };

/** Adds what the demo needs and is not there yet; every write goes through the application and is on record. */
export async function seedDemo(wanted: SeedWanted): Promise<DemoAccount[]> {
  workAsApplication(wanted);
  try {
    const accounts = await seedDemoPeople(wanted);
    await seedDemoCatalogue(wanted.sourceReaderUrl);
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
function workAsApplication({ webUrl, key }: SeedWanted): void {
  process.env["DATABASE_URL"] = webUrl;
  process.env["GLIMPSE_KEY"] = key;
  process.env["NEXTAUTH_SECRET"] ??= key;
  process.env["NEXTAUTH_URL"] ??= "http://localhost";
}
