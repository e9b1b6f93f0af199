import { allowedPaths, allowingKey } from "@/components/catalog/review-choice";
import { Checkbox } from "@/components/ui/checkbox";
import type { PathList } from "@/lib/catalog/view";

/** A mask takes no more paths than these. */
const mostAllowed = 20;

interface Props {
  paths: PathList | undefined;
  maskKey: string | null;
  onMask: (maskKey: string) => void;
}

/** The paths of a JSON column under a mask of documents: those that are ticked show their values to everybody. */
export function JsonPaths({ paths, maskKey, onMask }: Props) {
  const allowed = maskKey === null ? null : allowedPaths(maskKey);
  if (paths === undefined || allowed === null) return null;
  const chosen = new Set(allowed.map((path) => path.join(".")));
  const known = new Set(paths.paths.map(({ path }) => path.join(".")));
  const lost = allowed.filter((path) => !known.has(path.join(".")));
  const toggle = (path: readonly string[]) => {
    const isOn = chosen.has(path.join("."));
    const rest = allowed.filter((one) => one.join(".") !== path.join("."));
    onMask(allowingKey(isOn ? rest : [...rest, [...path]]));
  };
  return (
    <fieldset className="mt-4 min-w-0">
      <legend className="mb-1 text-sm font-medium">Paths that show their values</legend>
      <p className="mb-2 text-xs text-ink-muted">
        To everybody who browses, with all that is below them.
        {paths.pooled > 0 &&
          ` ${paths.pooled.toLocaleString("en-US")} more are not named: rare keys, or keys that may be data.`}
      </p>
      <div className="grid gap-1.5">
        {paths.paths.map(({ path, found, classTitle, percent }) => (
          <Checkbox
            key={path.join(".")}
            checked={chosen.has(path.join("."))}
            disabled={!chosen.has(path.join(".")) && chosen.size >= mostAllowed}
            onChange={() => toggle(path)}
            label={<code className="text-sm break-all">{path.join(".")}</code>}
            help={`${found}${classTitle === null ? "" : `; ${classTitle}, ${percent} % sure`}`}
          />
        ))}
        {lost.map((path) => (
          <Checkbox
            key={path.join(".")}
            checked
            onChange={() => toggle(path)}
            label={<code className="text-sm break-all">{path.join(".")}</code>}
            help="in few documents, or in none"
          />
        ))}
        {paths.paths.length === 0 && lost.length === 0 && (
          <p className="text-xs text-ink-muted">No key is in enough documents to be named.</p>
        )}
      </div>
    </fieldset>
  );
}
