import { expect, test } from "vitest";
import { backOffMs, setbackOf } from "./failure";

test("a refusal of the message is for good (5xx) or for now (4xx); one before it, or silence, is about the server", () => {
  const of = (error: object) => setbackOf(error);
  expect(of({ code: "EENVELOPE", responseCode: 550, command: "RCPT TO" })).toEqual({
    why: "refused",
    of: "never",
  });
  expect(of({ code: "EMESSAGE", responseCode: 554, command: "DATA" })).toEqual({
    why: "refused",
    of: "never",
  });
  expect(of({ code: "EENVELOPE", responseCode: 451, command: "RCPT TO" })).toEqual({
    why: "not-now",
    of: "message",
  });
  expect(of({ code: "EENVELOPE", responseCode: 530, command: "MAIL FROM" })).toEqual({
    why: "refused",
    of: "server",
  });
  expect(of({ code: "EAUTH", responseCode: 535 })).toEqual({ why: "sign-in", of: "server" });
  expect(of({ code: "ECONNECTION", responseCode: 421 })).toEqual({ why: "not-now", of: "server" });
  expect(of({ code: "ETIMEDOUT" })).toEqual({ why: "silent", of: "server" });
  expect(of({ code: "ETLS" })).toEqual({ why: "no-tls", of: "server" });
  expect(of(new Error("words of a server"))).toEqual({ why: "unknown", of: "server" });
  expect(setbackOf(undefined)).toEqual({ why: "unknown", of: "server" });
});

test("each try waits for longer than the one before, and none for more than an hour", () => {
  expect([1, 2, 3, 7, 50].map((attempts) => backOffMs(attempts) / 60_000)).toEqual([1, 2, 4, 60, 60]);
});
