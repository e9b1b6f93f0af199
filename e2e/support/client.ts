import { stack } from "./stack";

/** An answer as bytes and as text; `events` on the log are for the test to look up. */
export type Answer = { status: number; headers: Headers; bytes: Uint8Array; text: string };

/** Told of every answer: where it came from, what it said. */
type Inspect = (where: string, content: string | Uint8Array) => void;

/** One file of a form is never sent: plain values are all that Glimpse's forms hold. */
export type Field = readonly [name: string, value: string];

/** What an action is called with: plain values, or a form among them. */
export type Argument = unknown;
export const form = (...fields: Field[]): Form => new Form(fields);
class Form {
  readonly fields: readonly Field[];
  constructor(fields: readonly Field[]) {
    this.fields = fields;
  }
}

/** Speaks HTTP to Glimpse as a browser would, or as somebody would who forges what a browser sends. */
export class Client {
  readonly #jar = new Map<string, string>();
  readonly #baseUrl: string;
  readonly #inspect: Inspect;

  constructor(inspect: Inspect, baseUrl = stack().baseUrl) {
    this.#inspect = inspect;
    this.#baseUrl = baseUrl;
  }

  /** What it sends as its cookies, for a program that asks in its place. */
  get cookies(): string {
    return [...this.#jar].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** The same cookies, told to another listener. */
  watchedBy(inspect: Inspect): Client {
    const twin = new Client(inspect, this.#baseUrl);
    for (const [name, value] of this.#jar) twin.#jar.set(name, value);
    return twin;
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { method: "GET", headers });
  }

  /** A page as the router fetches it: Next.js first sends whoever does not know it to the address of the payload. */
  async getPayload(path: string, headers: Record<string, string>): Promise<Answer> {
    const answer = await this.get(path, headers);
    const location = new URL(answer.headers.get("location") ?? "/nowhere", this.#baseUrl);
    const isPayload = answer.status === 307 && location.searchParams.has("_rsc");
    return isPayload ? this.get(location.pathname + location.search, headers) : answer;
  }

  async post(path: string, body: string | FormData, headers: Record<string, string> = {}): Promise<Answer> {
    return this.#send(path, { method: "POST", body, headers: { Origin: this.#baseUrl, ...headers } });
  }

  /** Calls a server action by its id, from a page that knows it. */
  async call(
    action: { id: string; page: string },
    args: readonly Argument[],
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const plain = { "Content-Type": "text/plain;charset=UTF-8" };
    const body = encodeArguments(args);
    return this.post(action.page, body, {
      "Next-Action": action.id,
      Accept: "text/x-component",
      ...(typeof body === "string" ? plain : {}),
      ...headers,
    });
  }

  /** Signs in by the form's own door; throws when it does not open. */
  async signIn({ email, password }: { email: string; password: string }): Promise<this> {
    const { csrfToken } = JSON.parse((await this.get("/api/auth/csrf")).text) as { csrfToken: string };
    const body = new URLSearchParams({ csrfToken, email, password, json: "true", callbackUrl: "/" });
    const answer = await this.post("/api/auth/callback/credentials", body.toString(), {
      "Content-Type": "application/x-www-form-urlencoded",
    });
    if (answer.status !== 200 || !this.#jar.has("glimpse-session"))
      throw new Error(`${email} cannot sign in.`);
    return this;
  }

  async #send(path: string, request: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
    const headers = { ...(this.cookies ? { Cookie: this.cookies } : {}), ...request.headers };
    const response = await fetch(this.#baseUrl + path, { ...request, redirect: "manual", headers });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    const bytes = new Uint8Array(await response.arrayBuffer());
    this.#inspect(`${request.method} ${path}`, bytes);
    this.#inspect(`${request.method} ${path} (headers)`, JSON.stringify([...response.headers]));
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      text: new TextDecoder().decode(bytes),
    };
  }

  #keep(line: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === "" || /;\s*max-age=0/i.test(line)) this.#jar.delete(name);
    else this.#jar.set(name, value);
  }
}

/** What an action returned, read from the flight payload of its answer; undefined when it returned nothing. */
export function returned(answer: Answer): unknown {
  const line = answer.text.split("\n").find((one) => one.startsWith("1:"));
  return line === undefined ? undefined : (JSON.parse(line.slice(2)) as unknown);
}

/** React's encoding of an action's arguments, for plain values and forms. */
function encodeArguments(args: readonly Argument[]): string | FormData {
  const parts = new FormData();
  const encoded = args.map((argument, at) => {
    if (!(argument instanceof Form)) return escapeDollars(argument);
    for (const [name, value] of argument.fields) parts.append(`_${at + 1}_${name}`, value);
    return `$K${(at + 1).toString(16)}`;
  });
  if (!args.some((argument) => argument instanceof Form)) return JSON.stringify(encoded);
  parts.append("0", JSON.stringify(encoded));
  return parts;
}

function escapeDollars(value: unknown): unknown {
  if (value === undefined) return "$undefined";
  if (typeof value === "string") return value.startsWith("$") ? `$${value}` : value;
  if (Array.isArray(value)) return value.map(escapeDollars);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, escapeDollars(one)]));
}
