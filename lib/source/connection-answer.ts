/** What a connection test found; a refusal names its cause and what to do, never the server's own text. */
export type ConnectionAnswer =
  | {
      ok: true;
      /** Major and minor, such as `15.4`. */
      version: string;
      database: string;
      /** Tables and views that the user may read, partitions not counted. */
      tables: number;
      /** Whether the user has no right to change any of them. */
      readOnly: boolean;
      superuser: boolean;
    }
  | { ok: false; cause: ConnectionCause; words: string; hint: string };

const answers = {
  "name-not-found": [
    "No machine of this name was found.",
    "Check the host name, and that this server can resolve it.",
  ],
  refused: [
    "The machine answers, but nothing listens at this port.",
    "Check the port, and that PostgreSQL accepts connections over the network (listen_addresses).",
  ],
  unreachable: [
    "There is no way from here to this address.",
    "Check the address and the network between the two machines.",
  ],
  timeout: [
    "There was no answer in time.",
    "A firewall often drops such connections: let this server through to the port.",
  ],
  "not-postgres": [
    "Something answers at this port, but it is not PostgreSQL.",
    "Check the port. PostgreSQL usually listens at 5432.",
  ],
  "tls-not-offered": [
    "The server does not offer an encrypted connection.",
    "Turn on TLS in the server (ssl = on), or choose “disable” for a network you trust.",
  ],
  "tls-untrusted": [
    "The server's certificate is not signed by anybody this connection trusts.",
    "Paste the certificate of the authority that signed it, or choose “require” to encrypt without checking.",
  ],
  "tls-wrong-name": [
    "The server's certificate is for another name.",
    "Connect by the name in the certificate, or choose “verify-ca” to check the signature only.",
  ],
  "tls-expired": ["The server's certificate is out of date.", "Renew it on the server, then try again."],
  "tls-failed": [
    "The encrypted connection could not be set up.",
    "Check the TLS settings of the server: it must speak TLS 1.2 or newer.",
  ],
  "wrong-password": [
    "The server did not accept this user and password.",
    "Check both. The server does not say which of them is wrong.",
  ],
  "not-let-in": [
    "The server does not let this user in from here.",
    "Add a line to pg_hba.conf for this user, database and address; a line with hostssl asks for TLS.",
  ],
  "no-such-database": [
    "The server has no database of this name.",
    "Check the name: upper and lower case count.",
  ],
  "no-right-to-connect": [
    "This user may not connect to this database.",
    "Its owner can allow it: GRANT CONNECT ON DATABASE … TO this user.",
  ],
  "too-many-connections": [
    "The server has no free connection.",
    "Try again in a moment, or raise max_connections or the user's limit.",
  ],
  starting: ["The server is starting or shutting down.", "Try again in a moment."],
  pooler: [
    "What answers is a connection pooler that refuses the settings Glimpse needs.",
    "Connect to PostgreSQL itself, or tell the pooler to pass startup settings on.",
  ],
  "sign-in-unsupported": [
    "The server asks for a way of signing in that Glimpse does not speak.",
    "Let the user sign in with a password (scram-sha-256).",
  ],
  "too-old": [
    "The server is older than PostgreSQL 13.",
    "Upgrade it: Glimpse reads PostgreSQL 13 and newer.",
  ],
  "no-right-to-read": [
    "The user can connect, but may read none of the tables.",
    "Its owner can allow it: GRANT USAGE ON SCHEMA … and GRANT SELECT ON ALL TABLES IN SCHEMA … TO this user.",
  ],
  other: ["The connection could not be made.", "The server's own log says why."],
} as const satisfies Record<string, readonly [words: string, hint: string]>;

export type ConnectionCause = keyof typeof answers;

/** The words and the hint for a cause. */
export function refused(cause: ConnectionCause): Extract<ConnectionAnswer, { ok: false }> {
  const [words, hint] = answers[cause];
  return { ok: false, cause, words, hint };
}

const byCode: Record<string, ConnectionCause> = {
  ENOTFOUND: "name-not-found",
  EAI_AGAIN: "name-not-found",
  EAI_NONAME: "name-not-found",
  EAI_NODATA: "name-not-found",
  ECONNREFUSED: "refused",
  EHOSTUNREACH: "unreachable",
  ENETUNREACH: "unreachable",
  EADDRNOTAVAIL: "unreachable",
  EACCES: "unreachable",
  EINVAL: "unreachable",
  ETIMEDOUT: "timeout",
  CONNECT_TIMEOUT: "timeout",
  ECONNRESET: "not-postgres",
  EPIPE: "not-postgres",
  CONNECTION_CLOSED: "not-postgres",
  "28P01": "wrong-password",
  "28000": "not-let-in",
  "3D000": "no-such-database",
  "42501": "no-right-to-connect",
  "53300": "too-many-connections",
  "57P03": "starting",
  "57P01": "starting",
  "57P02": "starting",
  "08P01": "pooler",
  AUTH_TYPE_NOT_IMPLEMENTED: "sign-in-unsupported",
  MESSAGE_NOT_SUPPORTED: "not-postgres",
  SASL_SIGNATURE_MISMATCH: "wrong-password",
  // A setting that every version since 9.6 knows is unknown to this one.
  "42704": "too-old",
  ERR_TLS_CERT_ALTNAME_INVALID: "tls-wrong-name",
  CERT_HAS_EXPIRED: "tls-expired",
  CERT_NOT_YET_VALID: "tls-expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "tls-untrusted",
  SELF_SIGNED_CERT_IN_CHAIN: "tls-untrusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "tls-untrusted",
  UNABLE_TO_GET_ISSUER_CERT: "tls-untrusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "tls-untrusted",
  CERT_SIGNATURE_FAILURE: "tls-untrusted",
  CERT_UNTRUSTED: "tls-untrusted",
  CERT_REJECTED: "tls-untrusted",
  INVALID_CA: "tls-untrusted",
};

/** The cause behind an error of the socket, of TLS or of the server, by its code alone. */
export function causeOf(error: unknown): ConnectionCause {
  if (typeof error !== "object" || error === null || !("code" in error)) return "other";
  const code = String(error.code);
  return (
    (Object.hasOwn(byCode, code) ? byCode[code] : undefined) ??
    (code.startsWith("ERR_SSL") ? "tls-failed" : "other")
  );
}
