import net from "node:net";
import tls from "node:tls";
import postgres from "postgres";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type ConnectionParts, parseSourceUrl } from "@/lib/source/connection";
import { testConnection } from "@/lib/source/test-connection";
import { authority, expiredServer, localhostServer, otherServer } from "@/lib/testing/certificates";
import { emptySource, type TestDatabase } from "@/lib/testing/database";

let database: TestDatabase;
let real: ConnectionParts;
const servers: net.Server[] = [];
const sockets: net.Socket[] = [];

beforeAll(async () => {
  database = await emptySource();
  const parsed = parseSourceUrl(database.url);
  if (!parsed.ok) throw new Error(parsed.words);
  real = parsed.parts;
  await asOwner("CREATE TABLE note (id int PRIMARY KEY, body text); CREATE VIEW notes AS SELECT * FROM note");
});

afterAll(() => database.drop());

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function asOwner(statement: string): Promise<void> {
  const owner = postgres(database.ownerUrl, { max: 1, onnotice: () => undefined });
  await owner.unsafe(statement).simple();
  await owner.end();
}

/** A server on a free port of this machine that treats each connection as told. */
async function serve(onConnection: (socket: net.Socket) => void): Promise<ConnectionParts> {
  const server = net.createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    onConnection(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { ...real, host: "127.0.0.1", port: (server.address() as net.AddressInfo).port };
}

/** The real server behind TLS, as `ssl = on` would show it. */
function behindTls(certificate: { cert: string; key: string }): Promise<ConnectionParts> {
  return serve((socket) => {
    socket.once("data", () => {
      socket.write("S");
      const secure = new tls.TLSSocket(socket, { isServer: true, ...certificate });
      const upstream = net.connect({ host: real.host, port: real.port });
      for (const end of [secure, upstream]) end.on("error", () => upstream.destroy());
      secure.pipe(upstream).pipe(secure);
      socket.on("close", () => upstream.destroy());
    });
  });
}

/** Speaks as much of the protocol as a server of that version would until it is asked how old it is. */
function oldServer(version: string): Promise<ConnectionParts> {
  const message = (type: string, body: Buffer) => {
    const head = Buffer.alloc(5);
    head.write(type, "latin1");
    head.writeInt32BE(body.length + 4, 1);
    return Buffer.concat([head, body]);
  };
  const ready = message("Z", Buffer.from("I"));
  const signedIn = Buffer.concat([message("R", Buffer.alloc(4)), message("K", Buffer.alloc(8)), ready]);
  const field = Buffer.concat([
    Buffer.from("\0\u0001v\0"),
    Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]),
  ]);
  const row = Buffer.concat([Buffer.from([0, 1, 0, 0, 0, version.length]), Buffer.from(version)]);
  const answer = [message("T", field), message("D", row), message("C", Buffer.from("SHOW\0")), ready];
  return serve((socket) => {
    socket.on("data", (data) => {
      if (data.length === 8) return socket.write("N");
      return socket.write(data[0] === 0 ? signedIn : Buffer.concat(answer));
    });
  });
}

const withTls = (parts: ConnectionParts, tlsParts: ConnectionParts["tls"]): ConnectionParts => ({
  ...parts,
  tls: tlsParts,
});

describe("a connection that works", () => {
  test("tells the version, the database, how many tables it may read, and that it may only read", async () => {
    const answer = await testConnection(real);
    expect(answer).toEqual({
      ok: true,
      version: expect.stringMatching(/^1[3-9]\.\d+$/u) as string,
      database: database.name,
      tables: 2,
      readOnly: true,
      superuser: false,
    });
  });

  test("says when the user may change what it should only read, or anything at all", async () => {
    const parsed = parseSourceUrl(database.superuserUrl);
    expect(parsed.ok && (await testConnection(parsed.parts))).toMatchObject({
      ok: true,
      readOnly: false,
      superuser: true,
    });
  });

  test("encrypts, and checks signature and name when asked to", async () => {
    const parts = await behindTls(localhostServer);
    for (const mode of ["require", "verify-ca", "verify-full"] as const) {
      expect(await testConnection(withTls(parts, { mode, ca: authority }))).toMatchObject({ ok: true });
    }
    expect(
      await testConnection({ ...withTls(parts, { mode: "verify-full", ca: authority }), host: "localhost" }),
    ).toMatchObject({ ok: true });
  });

  test("checks the signature but not the name in verify-ca", async () => {
    const parts = await behindTls(otherServer);
    expect(await testConnection(withTls(parts, { mode: "verify-ca", ca: authority }))).toMatchObject({
      ok: true,
    });
  });
});

describe("a connection that fails names the cause:", () => {
  const cases: [string, () => Promise<ConnectionParts>][] = [
    ["name-not-found", async () => ({ ...real, host: "no-such-host.invalid" })],
    ["refused", async () => ({ ...real, port: 1 })],
    ["timeout", () => serve(() => undefined)],
    ["not-postgres", () => serve((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"))],
    ["not-postgres", () => serve((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n"))],
    ["not-postgres", () => serve((socket) => socket.end())],
    ["tls-not-offered", async () => withTls(real, { mode: "require" })],
    ["tls-untrusted", async () => withTls(await behindTls(localhostServer), { mode: "verify-full" })],
    ["tls-untrusted", async () => withTls(await behindTls(localhostServer), { mode: "verify-ca" })],
    [
      "tls-wrong-name",
      async () => withTls(await behindTls(otherServer), { mode: "verify-full", ca: authority }),
    ],
    [
      "tls-expired",
      async () => withTls(await behindTls(expiredServer), { mode: "verify-full", ca: authority }),
    ],
    [
      "tls-failed",
      async () =>
        withTls(
          await serve((socket) =>
            socket.once("data", () =>
              socket.write("S", () => socket.once("data", () => socket.end("nonsense"))),
            ),
          ),
          { mode: "require" },
        ),
    ],
    ["wrong-password", async () => ({ ...real, password: "not the password" })],
    ["wrong-password", async () => ({ ...real, user: "nobody_of_this_name" })],
    ["no-such-database", async () => ({ ...real, database: "no_such_database" })],
    ["too-old", () => oldServer("120022")],
    ["too-old", () => oldServer("90624")],
  ];

  test.each(cases)("%s", async (cause, parts) => {
    const wanted = await parts();
    const answer = await testConnection(wanted, 1_500);
    expect(answer).toMatchObject({ ok: false, cause });
    const said = JSON.stringify(answer);
    for (const secret of [wanted.host, wanted.user, wanted.password]) expect(said).not.toContain(secret);
    expect(said).not.toMatch(/FATAL|SQLSTATE|role "|database "/u);
  });

  test("no-right-to-connect", async () => {
    const admin = postgres(database.superuserUrl, { max: 1 });
    await admin.unsafe(`REVOKE CONNECT ON DATABASE ${database.name} FROM PUBLIC, ${real.user}`);
    try {
      expect(await testConnection(real)).toMatchObject({ ok: false, cause: "no-right-to-connect" });
    } finally {
      await admin.unsafe(`GRANT CONNECT ON DATABASE ${database.name} TO ${real.user}`);
      await admin.end();
    }
  });

  test("no-right-to-read", async () => {
    await asOwner(`REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${real.user}`);
    expect(await testConnection(real)).toMatchObject({ ok: false, cause: "no-right-to-read" });
    await asOwner(`GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${real.user}`);
  });
});
