import "server-only";
import { createTransport, type Transporter } from "nodemailer";
import { env } from "@/lib/env";
import type { Message } from "@/lib/mail/message";
import { oneLine } from "@/lib/mail/message";
import { mailServer } from "@/lib/mail/server-address";

/** How long a server may take: for a connection, for its greeting, for each answer, and for a message in all. */
export type Patience = { connectionMs: number; answerMs: number; wholeMs: number };

export const usualPatience: Patience = { connectionMs: 8_000, answerMs: 10_000, wholeMs: 20_000 };

export type Addressed = Message & { id: string; to: { name: string; address: string } };

/** Hands messages over to the server, one after another; `end` closes what is open. */
export type Postman = {
  deliver: (message: Addressed, stopping: AbortSignal) => Promise<void>;
  end: () => void;
};

/**
 * Somebody who carries messages to the configured server; null where none is. It gives up a server that is silent and
 * one that trickles, reads no file and fetches no address, and writes nothing to a log.
 */
export function openPostman(patience: Patience = usualPatience): Postman | null {
  const { mail, publicUrl } = env();
  if (!mail) return null;
  const transport: Transporter = createTransport({
    ...mailServer(mail.smtpUrl),
    pool: true,
    maxConnections: 1,
    maxRequeues: 0,
    connectionTimeout: patience.connectionMs,
    dnsTimeout: patience.connectionMs,
    greetingTimeout: patience.connectionMs,
    socketTimeout: patience.answerMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
  const domain = new URL(publicUrl).hostname;
  return {
    deliver: async ({ id, to, subject, text, html }, stopping) => {
      await transport.sendMail({
        from: { name: "Glimpse", address: mail.from },
        to: { name: oneLine(to.name, 80), address: to.address },
        subject,
        text,
        html,
        // The same each time that it is tried: whoever gets it twice can tell.
        messageId: `<${id}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All" },
        signal: AbortSignal.any([stopping, AbortSignal.timeout(patience.wholeMs)]),
      });
    },
    end: () => transport.close(),
  };
}

/** Whether mail can be sent to an address: one plain one, that ends no header and names nobody else. */
export function isMailAddress(address: string): boolean {
  return (
    address.length <= 254 &&
    /^[^\s<>@,;:"()[\]\\\p{Cc}\p{Cf}]+@[^\s<>@,;:"()[\]\\\p{Cc}\p{Cf}]+$/u.test(address)
  );
}
