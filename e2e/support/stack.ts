import type { StackUnderTest } from "@/scripts/test-stack";

/** The running product that these tests look at; brought up by scripts/test-stack.ts. */
export function stack(): StackUnderTest {
  const text = process.env["GLIMPSE_STACK"];
  if (!text) throw new Error("These tests need a running Glimpse: npm run e2e");
  return JSON.parse(text) as StackUnderTest;
}

/** The people of the demo, by their first names. */
export type Name =
  | "Ana"
  | "Ben"
  | "Max"
  | "Noor"
  | "Sam"
  | "Pia"
  | "Ivy"
  | "Ada"
  | "Tess"
  | "Paul"
  | "Rosa"
  | "Vera"
  | "Quinn";

/** How somebody signs in. */
export function accountOf(name: Name): { email: string; password: string } {
  const account = stack().accounts.find((one) => one.email.startsWith(`${name.toLowerCase()}@`));
  if (!account) throw new Error(`There is no ${name} in the demo.`);
  return account;
}
