import { Plus, X } from "lucide";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { IconButton } from "@/components/ui/icon-button";
import { Input, Select, Textarea } from "@/components/ui/input";
import type { PolicyChoices } from "@/lib/policies/view";
import { ClassValues } from "./class-values";
import { comparesOf, menuVariables, pickable, type Compare } from "./menu-words";
import { classVariable, freshRow, readMenus, writeMenus, type MenuRow } from "./menus";

interface Props {
  when: string;
  error: string | undefined;
  classes: PolicyChoices["classes"];
  onChange: (when: string) => void;
}

/** When a rule matches: by menus and as CEL text, each in step with the other; what the menus cannot say stays text. */
export function ConditionEditor({ when, error, classes, onChange }: Props) {
  const id = useId();
  // Words that are being typed are not the text yet; the menus begin anew when the text itself was changed.
  const [turn, setTurn] = useState(0);
  const rows = readMenus(when);
  const write = (next: readonly MenuRow[]) => onChange(writeMenus(next));
  const put = (at: number, row: MenuRow) => rows && write(rows.with(at, row));
  return (
    <div className="grid grid-cols-1 gap-2">
      {rows ? (
        <ul aria-label="When all of these hold" className="grid grid-cols-1 gap-2">
          {rows.map((row, at) => (
            <li key={`${turn} ${at}`} className="flex flex-wrap items-center gap-2">
              <MenuLine row={row} at={at} classes={classes} onChange={(next) => put(at, next)} />
              <IconButton
                icon={X}
                label={`Remove condition ${at + 1}`}
                onClick={() => {
                  setTurn(turn + 1);
                  write(rows.toSpliced(at, 1));
                }}
              />
            </li>
          ))}
          {rows.length === 0 && <li className="text-sm text-ink-muted">It always matches.</li>}
        </ul>
      ) : (
        <p className="text-sm text-ink-muted">The menus cannot say this condition; its text counts.</p>
      )}
      {rows && (
        <Button
          size="sm"
          icon={Plus}
          className="justify-self-start"
          onClick={() => write([...rows, freshRow("request.ticket")])}
        >
          Add a condition
        </Button>
      )}
      <Field id={id} label="The condition as text" error={error}>
        {(wired) => (
          <Textarea
            {...wired}
            rows={2}
            spellCheck={false}
            className="font-mono text-sm"
            value={when}
            onChange={(event) => {
              setTurn(turn + 1);
              onChange(event.target.value);
            }}
          />
        )}
      </Field>
    </div>
  );
}

interface LineProps {
  row: MenuRow;
  at: number;
  classes: PolicyChoices["classes"];
  onChange: (row: MenuRow) => void;
}

function MenuLine({ row, at, classes, onChange }: LineProps) {
  const type = menuVariables[row.variable]?.type ?? "bool";
  return (
    <>
      <Select
        aria-label={`What condition ${at + 1} looks at`}
        className="w-auto max-w-full"
        value={row.variable}
        onChange={(event) => onChange(completed(freshRow(event.target.value), classes))}
      >
        {Object.entries(menuVariables).map(([name, { label }]) => (
          <option key={name} value={name}>
            {label}
          </option>
        ))}
      </Select>
      <Select
        aria-label={`How condition ${at + 1} compares`}
        className="w-auto"
        value={row.compare}
        onChange={(event) => onChange({ ...row, compare: event.target.value as Compare })}
      >
        {comparesOf[type].map(([compare, words]) => (
          <option key={compare} value={compare}>
            {words}
          </option>
        ))}
      </Select>
      {row.variable === classVariable && (
        <ClassValues
          chosen={row.values}
          at={at}
          classes={classes}
          onChange={(values) => onChange({ ...row, values })}
        />
      )}
      {type !== "bool" && row.variable !== classVariable && (
        <Values
          key={`${row.variable} ${takesOne(row)}`}
          row={row}
          at={at}
          isNumber={type === "int"}
          onChange={onChange}
        />
      )}
    </>
  );
}

interface ValuesProps {
  row: MenuRow;
  at: number;
  isNumber: boolean;
  onChange: (row: MenuRow) => void;
}

function Values({ row, at, isNumber, onChange }: ValuesProps) {
  const id = useId();
  const one = takesOne(row);
  const picks = pickable[row.variable] ?? [];
  return (
    <>
      <Input
        aria-label={`Value of condition ${at + 1}${one ? "" : ", more than one between commas"}`}
        className="w-48 flex-auto"
        list={picks.length > 0 ? id : undefined}
        inputMode={isNumber ? "numeric" : undefined}
        defaultValue={row.values.join(", ")}
        onChange={(event) => {
          const values = valuesIn(event.target.value).filter((value) => !isNumber || /^\d+$/.test(value));
          if (values.length > 0) onChange({ ...row, values: one ? values.slice(0, 1) : values });
        }}
      />
      {picks.length > 0 && (
        <datalist id={id}>
          {picks.map((pick) => (
            <option key={pick} value={pick} />
          ))}
        </datalist>
      )}
    </>
  );
}

const manyValues: readonly Compare[] = ["one-of", "none-of", "has-any", "has-none", "only", "exactly"];
const takesOne = ({ compare }: MenuRow) => !manyValues.includes(compare);

const valuesIn = (text: string) =>
  text
    .split(",")
    .map((value) => value.trim())
    .filter((value) => value !== "");

/** A line of words needs one to be read back; it is written over. */
function completed(row: MenuRow, classes: PolicyChoices["classes"]): MenuRow {
  const type = menuVariables[row.variable]?.type;
  if (type !== "string" && type !== "list<string>") return row;
  if (row.variable === classVariable) return { ...row, values: [classes[0]?.id ?? "name"] };
  return { ...row, values: [pickable[row.variable]?.[0] ?? "name"] };
}
