import { randomBytes } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { forwardComplaint, forwardSettings } from "@/lib/forwarding/forward-settings";
import { authority, localhostServer } from "@/lib/testing/certificates";
import { useLogSettings } from "@/lib/testing/log-key";

const settings = useLogSettings();
const secret = "a secret of thirty-two characters";

beforeAll(() => {
  process.env["DATABASE_URL"] ??= "postgres://127.0.0.1/none";
  process.env["GLIMPSE_KEY"] ??= randomBytes(32).toString("base64");
  process.env["NEXTAUTH_SECRET"] ??= randomBytes(32).toString("base64");
  process.env["NEXTAUTH_URL"] ??= "http://127.0.0.1:3000";
});

test("without settings nothing is forwarded, and nothing is wrong", () => {
  expect(forwardSettings()).toEqual([]);
  expect(forwardComplaint()).toBeNull();
});

test("each kind of destination is read, and named without what is secret in it", () => {
  settings({
    GLIMPSE_FORWARD_URL: "https://siem.example.com:8088/services/hidden?channel=hidden",
    GLIMPSE_FORWARD_URL_KEY: secret,
    GLIMPSE_FORWARD_SYSLOG: "[2001:db8::1]",
    GLIMPSE_FORWARD_SYSLOG_FORMAT: "ocsf",
    GLIMPSE_FORWARD_FOLDER: "/srv/archive",
    GLIMPSE_FORWARD_CERT: localhostServer.cert,
    GLIMPSE_FORWARD_CERT_KEY: localhostServer.key,
  });
  expect(forwardSettings()).toMatchObject([
    { kind: "https", place: "siem.example.com:8088", authorization: null },
    { kind: "syslog", host: "2001:db8::1", port: 6514, format: "ocsf", place: "[2001:db8::1]:6514, OCSF" },
    { kind: "folder", folder: "/srv/archive", place: "/srv/archive" },
  ]);
});

test("further destinations have names and settings of their own, and take the certificates of all where they have none", () => {
  settings({
    GLIMPSE_FORWARD_URL: "https://siem.example.com/",
    GLIMPSE_FORWARD_URL_KEY: secret,
    GLIMPSE_FORWARD_CA: localhostServer.cert,
    GLIMPSE_FORWARD_NAMES: "soc, old-archive",
    GLIMPSE_FORWARD_SOC_URL: "https://soc.example.com/",
    GLIMPSE_FORWARD_SOC_URL_KEY: `${secret}, another`,
    GLIMPSE_FORWARD_SOC_CERT: localhostServer.cert,
    GLIMPSE_FORWARD_SOC_CERT_KEY: localhostServer.key,
    GLIMPSE_FORWARD_OLD_ARCHIVE_FOLDER: "/srv/archive",
    GLIMPSE_FORWARD_OLD_ARCHIVE_SYSLOG: "archive.example.com",
  });
  expect(forwardSettings()).toMatchObject([
    { id: "https", place: "siem.example.com", tls: { ca: localhostServer.cert } },
    {
      id: "https:soc",
      place: "soc.example.com",
      tls: { ca: localhostServer.cert, key: localhostServer.key },
    },
    { id: "syslog:old-archive", host: "archive.example.com", tls: { ca: localhostServer.cert } },
    { id: "folder:old-archive", folder: "/srv/archive" },
  ]);
  // What only the one may know, the other is not given.
  expect(forwardSettings()[0]).not.toMatchObject({ tls: { key: localhostServer.key } });
});

test("another secret is another setting, so that its change is on record", () => {
  settings({ GLIMPSE_FORWARD_URL: "https://siem.example.com/", GLIMPSE_FORWARD_URL_KEY: secret });
  const [before] = forwardSettings();
  settings({ GLIMPSE_FORWARD_URL_KEY: `${secret}!` });
  expect(forwardSettings()[0]?.fingerprint).not.toEqual(before?.fingerprint);
});

test("another authority is another setting: whom we believe decides where the log goes", () => {
  const syslog = { GLIMPSE_FORWARD_SYSLOG: "siem.example.com" };
  settings({ ...syslog, GLIMPSE_FORWARD_URL: "https://siem.example.com/", GLIMPSE_FORWARD_URL_KEY: secret });
  const before = forwardSettings();
  settings({ GLIMPSE_FORWARD_CA: authority });
  for (const [at, { fingerprint }] of forwardSettings().entries())
    expect(fingerprint).not.toEqual(before[at]?.fingerprint);
});

describe("a start is refused, in words that quote no secret, with", () => {
  const url = "https://siem.example.com/";
  test.each([
    [
      "plain HTTP to another machine",
      { GLIMPSE_FORWARD_URL: "http://siem.example.com/" },
      "GLIMPSE_FORWARD_URL is not",
    ],
    ["a file by its address", { GLIMPSE_FORWARD_URL: "file:///etc/passwd" }, "GLIMPSE_FORWARD_URL is not"],
    [
      "a password in the address",
      { GLIMPSE_FORWARD_URL: "https://a:b@siem.example.com/" },
      "holds a password",
    ],
    ["no key", { GLIMPSE_FORWARD_URL: url }, "GLIMPSE_FORWARD_URL_KEY"],
    ["a short key", { GLIMPSE_FORWARD_URL: url, GLIMPSE_FORWARD_URL_KEY: "short" }, "shorter than 32"],
    [
      "a header that ends and begins another",
      {
        GLIMPSE_FORWARD_URL: url,
        GLIMPSE_FORWARD_URL_KEY: secret,
        GLIMPSE_FORWARD_URL_AUTHORIZATION: "a\r\nb: c",
      },
      "one line",
    ],
    ["a port that is none", { GLIMPSE_FORWARD_SYSLOG: "host:99999" }, "host:port"],
    [
      "another format",
      { GLIMPSE_FORWARD_SYSLOG: "host", GLIMPSE_FORWARD_SYSLOG_FORMAT: "xml" },
      "cef nor ocsf",
    ],
    ["a folder from wherever it runs", { GLIMPSE_FORWARD_FOLDER: "archive" }, "GLIMPSE_FORWARD_FOLDER"],
    ["an authority that is none", { GLIMPSE_FORWARD_CA: "mine" }, "GLIMPSE_FORWARD_CA is not"],
    ["a name that is none", { GLIMPSE_FORWARD_NAMES: "SOC 1" }, "GLIMPSE_FORWARD_NAMES is not"],
    ["a name twice", { GLIMPSE_FORWARD_NAMES: "soc,soc" }, "GLIMPSE_FORWARD_NAMES is not"],
    ["a name of nothing", { GLIMPSE_FORWARD_NAMES: "soc" }, "no GLIMPSE_FORWARD_SOC_"],
    [
      "a folder twice",
      {
        GLIMPSE_FORWARD_FOLDER: "/srv/archive",
        ...{ GLIMPSE_FORWARD_NAMES: "soc", GLIMPSE_FORWARD_SOC_FOLDER: "/srv/./archive/" },
      },
      "the same folder",
    ],
    ["half a certificate", { GLIMPSE_FORWARD_CERT: localhostServer.cert }, "needed together"],
  ])("%s", (_, told, words) => {
    settings(told);
    expect(forwardComplaint()).toContain(words);
  });
});
