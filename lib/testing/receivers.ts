import { once } from "node:events";
import https from "node:https";
import type net from "node:net";
import type { AddressInfo } from "node:net";
import tls from "node:tls";
import { signatureOf } from "@/lib/forwarding/signature";
import { authority, localhostServer } from "./certificates";
import { readFrames, type SyslogMessage } from "./syslog-reader";

/**
 * How a receiver behaves: takes what comes; takes it and dies before it says so; cuts the connection in the middle of a
 * batch; says nothing; answers that it failed; takes no more than a few at once; refuses whoever connects; says that it
 * speaks something else from now on.
 */
export type Manner = "takes" | "dies" | "cuts" | "hangs" | "fails" | "small" | "refuses" | "switches";

export type HttpsReceiver = {
  manner: Manner;
  /** The numbers of the events that it has taken, in the order in which they came. */
  taken: number[];
  lines: string[];
  wrong: string[];
  url: string;
  /** An answer waits until it is over. */
  gate: Promise<void> | null;
  close: () => Promise<void>;
};

export const receiverKey = "a key that only we and the receiver have";
export { authority };

/** A real HTTPS server that takes events and checks their signature; what it acknowledges it has. */
export async function httpsReceiver(server = localhostServer): Promise<HttpsReceiver> {
  const state: HttpsReceiver = {
    manner: "takes",
    taken: [],
    lines: [],
    wrong: [],
    url: "",
    gate: null,
    close,
  };
  const listening = https.createServer(server, (request, response) => {
    const chunks: Buffer[] = [];
    request.on("error", () => undefined);
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      if (state.manner === "cuts") request.socket.destroy();
    });
    request.on("end", () => {
      const body = Buffer.concat(chunks);
      const told = request.headers["glimpse-signature"];
      const time = String(request.headers["glimpse-timestamp"]);
      if (told !== signatureOf(receiverKey, time, body)) state.wrong.push("signature");
      const lines = body.toString("utf8").split("\n").slice(0, -1);
      if (state.manner === "hangs") return;
      if (state.manner === "switches")
        return void request.socket.write(
          "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n",
        );
      if (state.manner === "fails") return void response.writeHead(500).end("secret words of the receiver");
      if (state.manner === "small" && lines.length > 20) return void response.writeHead(413).end();
      for (const line of lines) {
        state.lines.push(line);
        state.taken.push((JSON.parse(line) as { entry: { seq: number } }).entry.seq);
      }
      if (state.manner === "dies") return void request.socket.destroy();
      void (state.gate ?? Promise.resolve()).then(() => response.writeHead(204).end());
    });
  });
  listening.on("connection", (socket) => state.manner === "refuses" && socket.destroy());
  listening.listen(0, "127.0.0.1");
  await once(listening, "listening");
  state.url = `https://localhost:${(listening.address() as AddressInfo).port}/events`;
  return state;

  function close(): Promise<void> {
    listening.closeAllConnections();
    return new Promise((resolve) => listening.close(() => resolve()));
  }
}

export type SyslogReceiver = {
  manner: Manner;
  /** What was read to the end of a message, in the order in which it came. */
  messages: SyslogMessage[];
  /** Lines that are no message: a forged frame would be one. */
  wrong: string[];
  address: string;
  close: () => Promise<void>;
};

/** A real server of syslog over TLS, which counts octets. */
export async function syslogReceiver(): Promise<SyslogReceiver> {
  const state: SyslogReceiver = { manner: "takes", messages: [], wrong: [], address: "", close };
  const open = new Set<net.Socket>();
  const server = tls.createServer(localhostServer, (socket) => {
    let rest = Buffer.alloc(0);
    let count = 0;
    socket.on("error", () => undefined);
    if (state.manner === "fails") return void socket.end();
    if (state.manner === "hangs") return void socket.pause();
    socket.on("data", (chunk: Buffer) => {
      try {
        const read = readFrames(Buffer.concat([rest, chunk]));
        rest = read.rest as Buffer<ArrayBuffer>;
        state.messages.push(...read.messages);
        count += read.messages.length;
      } catch (error) {
        state.wrong.push(String(error));
        socket.destroy();
      }
      if (state.manner === "cuts" && count > 10) socket.destroy();
    });
    if (state.manner === "dies") socket.on("end", () => open.forEach((raw) => raw.resetAndDestroy()));
  });
  server.on("connection", (socket: net.Socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    if (state.manner === "refuses") socket.destroy();
  });
  server.on("tlsClientError", () => undefined);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  state.address = `localhost:${(server.address() as AddressInfo).port}`;
  return state;

  function close(): Promise<void> {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  }
}
