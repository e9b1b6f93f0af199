import { afterEach, expect, test, vi } from "vitest";
import { envComplaints } from "./env";

const key = Buffer.from(Array.from({ length: 32 }, (_, at) => at * 7)).toString("base64");
const good = {
  DATABASE_URL: "postgres://web:x@127.0.0.1/glimpse",
  GLIMPSE_KEY: key,
  NEXTAUTH_SECRET: key,
  NEXTAUTH_URL: "https://glimpse.example",
};
const complaints = (settings: Record<string, string>) => {
  for (const [name, value] of Object.entries({ ...good, ...settings })) vi.stubEnv(name, value);
  return envComplaints();
};

afterEach(() => vi.unstubAllEnvs());

test("mail needs a server and an address together, or neither; what is wrong is named and never quoted", () => {
  const smtp = "smtps://ann:secret@mail.example";
  expect(complaints({})).toEqual([]);
  expect(complaints({ GLIMPSE_SMTP_URL: "", GLIMPSE_MAIL_FROM: "" })).toEqual([]);
  expect(complaints({ GLIMPSE_SMTP_URL: smtp, GLIMPSE_MAIL_FROM: "glimpse@mail.example" })).toEqual([]);
  const wrong = [
    { GLIMPSE_SMTP_URL: smtp, GLIMPSE_MAIL_FROM: "" },
    { GLIMPSE_SMTP_URL: "", GLIMPSE_MAIL_FROM: "glimpse@mail.example" },
    { GLIMPSE_SMTP_URL: "https://ann:secret@mail.example", GLIMPSE_MAIL_FROM: "glimpse@mail.example" },
    { GLIMPSE_SMTP_URL: smtp, GLIMPSE_MAIL_FROM: "a@b.example\r\nBcc: secret@c.example" },
    { GLIMPSE_SMTP_URL: smtp, GLIMPSE_MAIL_FROM: "Secret <a@b.example>" },
  ];
  for (const settings of wrong) {
    const said = complaints(settings);
    expect(said, JSON.stringify(settings)).toHaveLength(1);
    expect(said[0]).toMatch(/^GLIMPSE_/);
    expect(said[0]).not.toMatch(/secret/i);
  }
});
