import net from "node:net";

/** A tap on the wire to a PostgreSQL server: forwards every byte and keeps a copy of both directions. */
export type WireTap = {
  port: number;
  /** All bytes that came from the server since the tap was opened or last cleared. */
  fromServer: () => Buffer;
  /** All bytes that went to the server. */
  toServer: () => Buffer;
  clear: () => void;
  /** Cuts all connections and refuses new ones until `mend` is called. */
  cut: () => void;
  mend: () => void;
  close: () => Promise<void>;
};

/** Opens a tap on loopback in front of a server. The connection must not use TLS: the tap would see nothing. */
export async function openWireTap(target: { host: string; port: number }): Promise<WireTap> {
  let fromServer: Buffer[] = [];
  let toServer: Buffer[] = [];
  let isCut = false;
  const open = new Set<net.Socket>();
  const listener = net.createServer((client) => {
    if (isCut) return void client.destroy();
    const server = net.connect(target.port, target.host);
    for (const [end, other] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(end);
      end.on("error", () => other.destroy());
      end.on("close", () => {
        open.delete(end);
        other.destroy();
      });
    }
    client.on("data", (bytes) => toServer.push(bytes));
    server.on("data", (bytes) => fromServer.push(bytes));
    client.pipe(server);
    server.pipe(client);
  });
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const dropAll = () => open.forEach((socket) => socket.destroy());
  return {
    port: (listener.address() as net.AddressInfo).port,
    fromServer: () => Buffer.concat(fromServer),
    toServer: () => Buffer.concat(toServer),
    clear: () => {
      fromServer = [];
      toServer = [];
    },
    cut: () => {
      isCut = true;
      dropAll();
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      dropAll();
      await new Promise((resolve) => listener.close(resolve));
    },
  };
}
