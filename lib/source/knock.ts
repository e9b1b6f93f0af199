import "server-only";
import net from "node:net";
import tls from "node:tls";
import { causeOf, type ConnectionCause } from "@/lib/source/connection-answer";
import type { ConnectionParts } from "@/lib/source/connection";
import { tlsOptions } from "@/lib/source/pool";

/** Length 8 and the code of an SSLRequest (PostgreSQL protocol 3.0, message formats). */
const sslRequest = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/**
 * Asks who is there, before anybody signs in: whether the name resolves, the port answers, the server is
 * PostgreSQL, and its TLS is what was asked for. Null when all is well. No password is sent.
 */
export function knock(parts: ConnectionParts, timeoutMs: number): Promise<ConnectionCause | null> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: parts.host, port: parts.port });
    const finish = (cause: ConnectionCause | null) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(cause);
    };
    const timer = setTimeout(() => finish("timeout"), timeoutMs);
    socket.once("connect", () => socket.write(sslRequest));
    socket.on("error", (error) => finish(causeOf(error)));
    socket.once("close", () => finish("not-postgres"));
    socket.once("data", (answer) => {
      const says = answer.toString("latin1");
      // PostgreSQL answers with one byte; more than that is another protocol, or a forgery before TLS.
      if (says !== "S" && says !== "N") return finish("not-postgres");
      if (parts.tls.mode === "disable") return finish(null);
      if (says === "N") return finish("tls-not-offered");
      socket.removeAllListeners("close");
      return shakeHands(socket, parts, finish);
    });
  });
}

function shakeHands(
  socket: net.Socket,
  parts: ConnectionParts,
  finish: (cause: ConnectionCause | null) => void,
): void {
  try {
    const options = tlsOptions(parts);
    const servername = net.isIP(parts.host) === 0 ? { servername: parts.host } : {};
    const secure = tls.connect({ socket, ...servername, ...(options === false ? {} : options) });
    secure.once("secureConnect", () => finish(null));
    secure.on("error", (error) => finish(causeOf(error)));
    secure.once("close", () => finish("tls-failed"));
  } catch {
    // Node refuses a certificate authority that it cannot read before it says a word to the server.
    finish("tls-untrusted");
  }
}
