import { readSecrets } from "./secrets";

/** Beside a demo, a command works on the demo: sets what of the settings the environment leaves out. */
export function useDemoSettings(): void {
  const secrets = readSecrets();
  if (process.env["DATABASE_URL"] !== undefined || secrets?.databasePort === undefined) return;
  const password = secrets.rolePasswords.glimpse_web;
  process.env["DATABASE_URL"] =
    `postgres://glimpse_web:${password}@127.0.0.1:${secrets.databasePort}/glimpse`;
  process.env["GLIMPSE_KEY"] = secrets.key;
  process.env["NEXTAUTH_SECRET"] = secrets.sessionSecret;
  process.env["NEXTAUTH_URL"] = "http://localhost:3000";
}
