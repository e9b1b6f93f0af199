"use client";

import { Pencil, Plus } from "lucide";
import { useActionState, useState } from "react";
import { ClassFields } from "@/components/catalog/class-fields";
import { ActionForm } from "@/components/ui/action-form";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, Sheet } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/input";
import { IconButton } from "@/components/ui/icon-button";
import { Message } from "@/components/ui/message";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ClassRow } from "@/lib/catalog/view";
import type { FormState } from "@/lib/web/view";

type Action = (before: FormState, form: FormData) => Promise<FormState>;
type Masks = readonly ClassRow["mask"][];

/** Adds a class of one's own. */
export function AddClass({ masks, add }: { masks: Masks; add: Action }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={() => setOpen(true)}>
        Add a class
      </Button>
      <Sheet
        open={open}
        onClose={() => setOpen(false)}
        title="Add a class"
        description="It can be chosen for columns at once."
      >
        {open && (
          <ActionForm action={add} label="Add a class" className="grid gap-4" onDone={() => setOpen(false)}>
            {(errors) => (
              <>
                <ClassFields masks={masks} errors={errors} />
                <SubmitButton className="justify-self-start" pendingLabel="Adding">
                  Add the class
                </SubmitButton>
              </>
            )}
          </ActionForm>
        )}
      </Sheet>
    </>
  );
}

interface EditProps {
  one: ClassRow;
  masks: Masks;
  change: Action;
  retire: Action;
}

/** Changes or retires a class of one's own, after saying what becomes of its columns. */
export function EditClass({ one, masks, change, retire }: EditProps) {
  const [open, setOpen] = useState<"change" | "retire" | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <IconButton icon={Pencil} size="sm" label={`Change ${one.title}`} onClick={() => setOpen("change")} />
      <Sheet open={open === "change"} onClose={close} title={`Change ${one.title}`} description={uses(one)}>
        {open === "change" && (
          <ActionForm action={change} label={`Change ${one.title}`} className="grid gap-4" onDone={close}>
            {(errors) => (
              <>
                <Named one={one} />
                <ClassFields one={one} masks={masks} errors={errors} />
                {one.columns > 0 && (
                  <Checkbox
                    name="accept"
                    label="Weaken it where it is in use"
                    help="Needed for a lower sensitivity or a longer time. Any change of these ends the grants on its columns."
                  />
                )}
                <div className="flex flex-wrap gap-2">
                  <SubmitButton pendingLabel="Changing">Change the class</SubmitButton>
                  <Button variant="danger" onClick={() => setOpen("retire")}>
                    Retire it
                  </Button>
                </div>
              </>
            )}
          </ActionForm>
        )}
      </Sheet>
      <Dialog open={open === "retire"} onClose={close} title={`Retire ${one.title}?`}>
        <p className="text-sm">
          {one.columns === 0
            ? "No column is of it. It can be chosen no more."
            : `${uses(one)} What is of it is hidden until you confirm it as another class, and the grants on it end.`}
        </p>
        <RetireForm one={one} retire={retire} onClose={close} />
      </Dialog>
    </>
  );
}

/** Its row is gone once it was retired, and this with it: what happened is said before. */
function RetireForm({ one, retire, onClose }: Pick<EditProps, "one" | "retire"> & { onClose: () => void }) {
  const [state, act] = useActionState(
    async (before: FormState, form: FormData) => {
      const after = await retire(before, form);
      if (after.status === "done") announce({ text: after.message, tone: "ok" });
      return after;
    },
    { status: "idle" },
  );
  return (
    <form action={act} aria-label={`Retire ${one.title}`} className="mt-4 grid gap-3">
      {state.status === "refused" && (
        <Message tone="error" title={state.what}>
          {state.next}
        </Message>
      )}
      <Named one={one} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Keep it</Button>
        <SubmitButton variant="danger" pendingLabel="Retiring">
          Retire it
        </SubmitButton>
      </div>
    </form>
  );
}

/** Prefers a stricter mask for a built-in class where it is proposed from now on. */
export function ClassMask({ one, save }: { one: ClassRow; save: Action }) {
  const [open, setOpen] = useState(false);
  const usual = one.usualMask ?? one.mask.name;
  return (
    <>
      <IconButton
        icon={Pencil}
        size="sm"
        label={`Change the mask of ${one.title}`}
        onClick={() => setOpen(true)}
      />
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Mask of ${one.title}`}
        description="Where the class is proposed or chosen from now on. What is confirmed stays as it is."
      >
        {open && (
          <ActionForm action={save} label={`Mask of ${one.title}`} onDone={() => setOpen(false)}>
            <input type="hidden" name="classId" value={one.id} />
            <Field id="class-mask" label="Shows as" help="Masks that leave less to be seen than its own.">
              {(wired) => (
                <Select {...wired} name="mask" defaultValue={one.usualMask === null ? "" : one.mask.key}>
                  <option value="">{usual}, its own</option>
                  {one.masks.map(({ key, name }) => (
                    <option key={key} value={key}>
                      {name}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <div className="mt-4 flex flex-wrap justify-end gap-2">
              <Button onClick={() => setOpen(false)}>Cancel</Button>
              <SubmitButton pendingLabel="Keeping">Keep it</SubmitButton>
            </div>
          </ActionForm>
        )}
      </Dialog>
    </>
  );
}

function Named({ one }: { one: ClassRow }) {
  return (
    <>
      <input type="hidden" name="classId" value={one.id} />
      <input type="hidden" name="version" value={one.own?.version ?? 0} />
    </>
  );
}

function uses({ columns }: ClassRow): string {
  if (columns === 0) return "No column is of it.";
  return columns === 1 ? "One column is of it." : `${columns} columns are of it.`;
}
