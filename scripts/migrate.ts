import { migrate } from "@/lib/db/migrate";

const ownerUrl = process.env["DATABASE_OWNER_URL"] ?? process.env["DATABASE_URL"];
if (!ownerUrl) {
  console.error("DATABASE_OWNER_URL (or DATABASE_URL) is missing: the URL of the control database's owner.");
  process.exit(1);
}
await migrate(ownerUrl);
console.log("The control database is up to date.");
