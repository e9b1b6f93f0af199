import { randomBytes } from "node:crypto";
import fs from "node:fs";
import { parseArgs } from "node:util";
import { signerKey, writeSignerKey, writeVerifierKey } from "@/lib/audit/signed-note";

const usage = `Makes a key that signs the audit log, or that a witness cosigns with. The private key goes into a file, the verifier
key, which everybody may have, to standard output.

  npm run audit:key -- NAME --out FILE [--witness]

  NAME         the name of the log, such as glimpse.example.com/audit; a new key of a log keeps its name
  --out FILE   the private key; readable by this account alone, and never written over`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { out: { type: "string" }, witness: { type: "boolean", default: false } },
});
const [name] = positionals;
if (name === undefined || values.out === undefined || positionals.length > 1) {
  console.error(usage);
  process.exit(2);
}
try {
  const key = signerKey(name, values.witness ? "cosignature" : "plain", randomBytes(32));
  fs.writeFileSync(values.out, `${writeSignerKey(key)}\n`, { mode: 0o600, flag: "wx" });
  console.log(writeVerifierKey(key));
} catch (error) {
  const isThere = (error as NodeJS.ErrnoException).code === "EEXIST";
  console.error(isThere ? `${values.out} is there already.` : (error as Error).message);
  process.exitCode = 2;
}
