import { closeAllPools } from "@/lib/source/pool";
import { sourceAdd } from "@/scripts/source-add";
import { accountOf } from "./stack";

/** Adds a source as its steward would at the command line, with what is likely confirmed. */
export async function addSource(name: string, slug: string, url: string): Promise<void> {
  const answers = ["--confirm-proposals", "--as", accountOf("Sam").email, "--tls", "disable"];
  await sourceAdd(["--name", name, "--slug", slug, "--url", url, ...answers]);
  await closeAllPools();
}
