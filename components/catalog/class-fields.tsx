import { Field } from "@/components/ui/field";
import { Input, Select, Textarea } from "@/components/ui/input";
import { sensitivityNames } from "@/components/ui/sensitivity";
import type { ClassRow } from "@/lib/catalog/view";

const groups = ["identity", "contact", "money", "health", "access", "other"] as const;
const minutes = [0, 5, 10, 15, 30, 60] as const;

interface Props {
  /** The class as it stands; a new one where it is left out. */
  one?: ClassRow;
  masks: readonly ClassRow["mask"][];
  errors: Readonly<Record<string, string>>;
}

/** What a class of one's own says of itself. */
export function ClassFields({ one, masks, errors }: Props) {
  return (
    <>
      <Field id="class-title" label="Name" error={errors["title"]}>
        {(wired) => (
          <Input
            {...wired}
            name="title"
            required
            maxLength={60}
            autoComplete="off"
            defaultValue={one?.title ?? ""}
          />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-4">
        <Field id="class-sensitivity" label="Sensitivity">
          {(wired) => (
            <Select {...wired} name="sensitivity" defaultValue={one?.sensitivity ?? 3}>
              {([1, 2, 3, 4] as const).map((level) => (
                <option key={level} value={level}>
                  {level} · {sensitivityNames[level]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field id="class-group" label="Stands with">
          {(wired) => (
            <Select {...wired} name="group" defaultValue={one?.group ?? "other"}>
              {groups.map((group) => (
                <option key={group} value={group}>
                  {group.charAt(0).toUpperCase() + group.slice(1)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      <Field
        id="class-mask"
        label="Shows as"
        error={errors["mask"]}
        help="Where it does not fit the type of a column, the column is redacted."
      >
        {(wired) => (
          <Select {...wired} name="mask" defaultValue={one?.mask.key ?? "redact"}>
            {masks.map(({ key, name }) => (
              <option key={key} value={key}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field id="class-minutes" label="A grant shows it for at most" error={errors["maxRevealMinutes"]}>
        {(wired) => (
          <Select {...wired} name="maxRevealMinutes" defaultValue={one?.maxRevealMinutes ?? 15}>
            {minutes.map((most) => (
              <option key={most} value={most}>
                {most === 0 ? "never, for nobody" : `${most} minutes`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        id="class-regulations"
        label="Regulations"
        optional
        error={errors["regulations"]}
        help="With commas between them."
      >
        {(wired) => (
          <Input
            {...wired}
            name="regulations"
            autoComplete="off"
            defaultValue={one?.regulations.join(", ") ?? ""}
          />
        )}
      </Field>
      <Field
        id="class-words"
        label="Words in the names of columns"
        optional
        error={errors["words"]}
        help="With commas between them: badge number, staff badge. A scan proposes the class where it finds them."
      >
        {(wired) => <Textarea {...wired} name="words" defaultValue={one?.own?.words.join(", ") ?? ""} />}
      </Field>
    </>
  );
}
