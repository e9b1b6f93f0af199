/** Where and how a mail server is spoken to. */
export type MailServer = {
  host: string;
  port: number;
  /** TLS from the start. */
  secure: boolean;
  /** Nothing is sent before TLS: so it is wherever a password goes over a network. */
  requireTLS: boolean;
  auth?: { user: string; pass: string };
};

const own = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** The server that an smtp:// or smtps:// URL names; nothing else of the URL counts. */
export function mailServer(url: string): MailServer {
  const { protocol, hostname, port, username, password } = new URL(url);
  const secure = protocol === "smtps:";
  const auth = username === "" ? undefined : { user: decoded(username), pass: decoded(password) };
  return {
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && auth !== undefined && !own.test(hostname),
    ...(auth ? { auth } : {}),
  };
}

/** A part of a URL as it was meant; one that is no escape stands for itself. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
