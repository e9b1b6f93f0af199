"use client";

import { CopyButton } from "@/components/ui/copy-button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Message } from "@/components/ui/message";

/** A link that is shown this once, to copy and hand over. */
export function OneTimeLink({ name, link }: { name: string; link: string }) {
  return (
    <div className="flex w-full flex-col gap-3">
      <Message tone="ok" title={`A link for ${name} is ready.`}>
        Hand it over yourself. It works once, for 72 hours, and is not shown again.
      </Message>
      <Field id="one-time-link" label="One-time link">
        {(wired) => (
          <span className="flex items-center gap-1">
            <Input
              {...wired}
              readOnly
              value={link}
              className="font-mono text-xs"
              onFocus={(event) => event.target.select()}
            />
            <CopyButton text={() => link} label="Copy the link" />
          </span>
        )}
      </Field>
    </div>
  );
}
