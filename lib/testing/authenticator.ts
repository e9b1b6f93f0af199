import "server-only";
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { isoCBOR } from "@simplewebauthn/server/helpers";
import type { Assertion, Attestation } from "@/lib/auth/passkey-response";

type Lie = { origin?: string; rpId?: string; counter?: number; verified?: boolean; challenge?: string };

const b64 = (bytes: Uint8Array | string) => Buffer.from(bytes as Uint8Array).toString("base64url");
const sha256 = (bytes: Uint8Array | string) => createHash("sha256").update(bytes).digest();

/** A key that signs as an authenticator would, in software, with an ES256 key; it can be told to lie. */
export class Authenticator {
  readonly id = b64(randomBytes(16));
  readonly #key: KeyObject;
  readonly #cose: Buffer;
  readonly #origin: string;
  counter = 0;

  constructor(origin = "http://127.0.0.1:3000") {
    this.#origin = origin;
    const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    this.#key = privateKey;
    const { x = "", y = "" } = publicKey.export({ format: "jwk" });
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, "base64url"));
    const parts = new Map<number, number | Uint8Array>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, bytes(x)],
      [-3, bytes(y)],
    ]);
    this.#cose = Buffer.from(isoCBOR.encode(parts as never));
  }

  /** Its public key as it gives it to a browser. */
  cose(): Buffer {
    return this.#cose;
  }

  /** What a browser says after it was asked to make this passkey. */
  register({ challenge }: { challenge: string }, lie: Lie = {}): Attestation {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(Buffer.from(this.id, "base64url").length);
    const credential = Buffer.concat([
      Buffer.alloc(16),
      length,
      Buffer.from(this.id, "base64url"),
      this.#cose,
    ]);
    const authData = Buffer.concat([this.#data(0x40, lie), credential]);
    const object = new Map<string, unknown>([
      ["fmt", "none"],
      ["attStmt", new Map()],
      ["authData", Uint8Array.from(authData)],
    ]);
    return {
      ...this.#frame(),
      response: {
        clientDataJSON: this.#client("webauthn.create", challenge, lie),
        attestationObject: b64(isoCBOR.encode(object as never)),
        transports: ["usb"],
      },
    };
  }

  /** What a browser says after this passkey has signed. */
  sign({ challenge }: { challenge: string }, lie: Lie = {}): Assertion {
    const authenticatorData = this.#data(0, lie);
    const clientDataJSON = this.#client("webauthn.get", challenge, lie);
    const signed = Buffer.concat([authenticatorData, sha256(Buffer.from(clientDataJSON, "base64url"))]);
    return {
      ...this.#frame(),
      response: {
        authenticatorData: b64(authenticatorData),
        clientDataJSON,
        signature: b64(sign("sha256", signed, this.#key)),
      },
    };
  }

  #frame() {
    return { id: this.id, rawId: this.id, type: "public-key" as const, clientExtensionResults: {} };
  }

  #data(flags: number, { rpId, counter, verified = true }: Lie): Buffer {
    this.counter = counter ?? this.counter + 1;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(this.counter);
    const present = 0x01 | (verified ? 0x04 : 0);
    return Buffer.concat([
      sha256(rpId ?? new URL(this.#origin).hostname),
      Buffer.from([flags | present]),
      count,
    ]);
  }

  #client(type: string, challenge: string, lie: Lie): string {
    const told = { type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? this.#origin };
    return b64(Buffer.from(JSON.stringify(told)));
  }
}
