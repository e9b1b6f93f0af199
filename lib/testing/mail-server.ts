import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/**
 * How the server behaves: takes messages; says nothing at all; takes a message and never says that it did; puts
 * recipients off; refuses them; refuses whoever connects.
 */
export type Manner = "takes" | "silent" | "stuck" | "later" | "refuses" | "shut";

export type Received = { to: string[]; raw: string; headers: Map<string, string>; text: string };

export type MailServer = {
  manner: Manner;
  /** Every message whose text has arrived, whether it was acknowledged or not. */
  received: Received[];
  connections: number;
  /** Begins to listen and tells its URL. */
  open: () => Promise<string>;
  close: () => Promise<void>;
};

/** A real mail server on this machine, which behaves as it is told. */
export function mailServer(): MailServer {
  const state: MailServer = {
    manner: "takes",
    received: [],
    connections: 0,
    open: async () => {
      server.listen(0, "127.0.0.1");
      await once(server.server, "listening");
      return `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = smtpServer(state);
  return state;
}

function smtpServer(state: MailServer): SMTPServer {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["AUTH", "STARTTLS"],
    disableReverseLookup: true,
    closeTimeout: 200,
    onConnect: (_, callback) => {
      state.connections++;
      if (state.manner === "silent") return;
      callback(state.manner === "shut" ? answer(421, "secret words of the server") : null);
    },
    onRcptTo: (_, __, callback) => {
      if (state.manner === "later") return callback(answer(450, "secret words of the server"));
      if (state.manner === "refuses") return callback(answer(550, "secret words of the server"));
      return callback();
    },
    onData: (stream, session, callback) => {
      const parts: Buffer[] = [];
      stream.on("data", (part: Buffer) => parts.push(part));
      stream.on("end", () => {
        const raw = Buffer.concat(parts).toString("latin1");
        state.received.push(
          readMessage(
            session.envelope.rcptTo.map(({ address }) => address),
            raw,
          ),
        );
        if (state.manner !== "stuck") callback();
      });
    },
  });
  // A client that goes away in the middle is what some tests are about.
  server.on("error", () => undefined);
  return server;
}

function answer(responseCode: number, words: string): Error {
  return Object.assign(new Error(words), { responseCode });
}

function readMessage(to: string[], raw: string): Received {
  const [head = ""] = raw.split("\r\n\r\n");
  const unfolded = head.replaceAll(/\r\n[ \t]+/g, " ").split("\r\n");
  const headers = new Map(
    unfolded.map((line) => {
      const at = line.indexOf(":");
      return [line.slice(0, at).toLowerCase(), encodedWords(line.slice(at + 1).trim())];
    }),
  );
  return { to, raw, headers, text: quotedPrintable(raw) };
}

/** The text of all parts, as far as it is quoted-printable or plain; the tests look for words in it. */
function quotedPrintable(text: string): string {
  const joined = text.replaceAll("=\r\n", "");
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) =>
    String.fromCodePoint(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function encodedWords(text: string): string {
  return text.replaceAll(/=\?utf-8\?([qb])\?([^?]*)\?=\s*/gi, (_, how: string, word: string) =>
    how.toLowerCase() === "b"
      ? Buffer.from(word, "base64").toString("utf8")
      : quotedPrintable(word.replaceAll("_", " ")),
  );
}
