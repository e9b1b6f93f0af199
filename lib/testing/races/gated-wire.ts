import "server-only";
import net from "node:net";

/** What becomes of a statement: it goes on, its connection is gone before it, or after it and before its answer. */
export type Passage = "goes on" | "lost" | "unanswered";

/** A wire to PostgreSQL whose writing connections can be made to wait before each statement, or be cut there. */
export type GatedWire = {
  port: number;
  /** From now on each thing that a writer sends waits for `pass`; null lets everything through again. */
  hold: (pass: ((connection: number) => Promise<Passage>) | null) => void;
  /** Connections that wait to send. */
  waiting: () => number;
  close: () => Promise<void>;
};

/** Opens the wire in front of a server, on loopback and without TLS. */
export async function openGatedWire(target: { host: string; port: number }): Promise<GatedWire> {
  let pass: ((connection: number) => Promise<Passage>) | null = null;
  let connections = 0;
  const waiting = new Set<number>();
  const open = new Set<net.Socket>();

  const forward = (client: net.Socket, server: net.Socket) => {
    const id = connections++;
    let isWriter = false;
    let isReady = false;
    // In the order in which it came, however long each part waits.
    let turn = Promise.resolve();
    const send = async (bytes: Buffer) => {
      if (pass && isWriter && isReady) {
        waiting.add(id);
        const passage = await pass(id);
        waiting.delete(id);
        if (passage !== "goes on") {
          // The server reads to the end of what it was sent, and finds nobody to answer.
          server.removeAllListeners("data");
          if (passage === "unanswered") server.write(bytes);
          server.end();
          return void client.destroy();
        }
      }
      server.write(bytes);
    };
    client.on("data", (bytes) => {
      isWriter ||= !isReady && bytes.includes("glimpse-write");
      turn = turn.then(() => send(bytes));
    });
    server.on("data", (bytes) => {
      // ReadyForQuery, idle: it is connected.
      isReady ||= bytes.includes(Buffer.from([0x5a, 0, 0, 0, 5, 0x49]));
      client.write(bytes);
    });
  };

  const listener = net.createServer((client) => {
    const server = net.connect(target.port, target.host);
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(end);
      end.setNoDelay(true);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        open.delete(end);
        if (!other.writableEnded) other.destroy();
      });
    }
    forward(client, server);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  return {
    port: (listener.address() as net.AddressInfo).port,
    hold: (next) => {
      pass = next;
    },
    waiting: () => waiting.size,
    close: async () => {
      open.forEach((socket) => socket.destroy());
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
