import { expect, test } from "vitest";
import { accountSchema, changeAccount } from "@/lib/people/change-account";
import { signedIn, useControlDatabase } from "@/lib/testing/control";

const control = useControlDatabase();

test("nobody takes a time zone by which the platform and the database count other days, or the database none", async () => {
  const ana = await signedIn(control, { name: "Ana", roles: ["agent"] });
  const change = async (timeZone: string) => {
    const [row] = await control.owner<{ version: number }[]>`
      SELECT version FROM people WHERE id = ${ana.actor.personId}`;
    return changeAccount(ana, accountSchema.parse({ name: "Ana", timeZone, version: row!.version }));
  };
  for (const strange of ["AET", "BST", "IST", "US/Pacific-New"])
    await expect(change(strange), strange).rejects.toMatchObject({ code: "bad-input" });
  for (const plain of ["Australia/Sydney", "Asia/Kolkata", "UTC"]) await change(plain);
  const [row] = await control.owner`SELECT time_zone FROM people WHERE id = ${ana.actor.personId}`;
  expect(row).toEqual({ time_zone: "UTC" });
});
