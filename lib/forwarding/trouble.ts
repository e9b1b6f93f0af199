/** Why something was not handed over, in words of ours: those of a machine may quote an address or a secret. */
export class Trouble extends Error {
  /** Whether less at once might be taken. */
  readonly tooMuch: boolean;

  constructor(words: string, tooMuch = false) {
    super(words);
    this.name = "Trouble";
    this.tooMuch = tooMuch;
  }
}

/** The words for an error of the network or of a disk, by its code alone. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof Trouble) return error;
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown };
  if (name === "AbortError" || name === "TimeoutError" || code === "ETIMEDOUT")
    return new Trouble("It does not answer in time.");
  if (typeof code !== "string") return new Trouble("It failed.");
  if (/^(ENOSPC|EDQUOT)$/.test(code)) return new Trouble("There is no room left.");
  if (/^(EACCES|EPERM|EROFS)$/.test(code)) return new Trouble("It may not be written to.");
  if (/^(ENOENT|ENOTDIR|EISDIR)$/.test(code)) return new Trouble("The folder is not there.");
  if (/^(ECONNRESET|EPIPE|ECONNABORTED)$/.test(code)) return new Trouble("It broke the connection.");
  if (/CERT|SIGNATURE|^(ERR_TLS|ERR_SSL|EPROTO)/.test(code))
    return new Trouble("No safe connection could be made: its certificate or its TLS is not right.");
  return new Trouble("It cannot be reached.");
}
