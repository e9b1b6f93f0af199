import { Lock } from "lucide";
import { ButtonFace, buttonClass } from "@/components/ui/button";
import { Chip } from "@/components/ui/chip";
import { Message } from "@/components/ui/message";
import type { ColumnView, FilterChip } from "@/lib/browse/view";
import { AddFilter } from "./add-filter";

interface Props {
  path: string;
  keep: readonly (readonly [name: string, value: string])[];
  columns: readonly ColumnView[];
  chips: readonly FilterChip[];
  /** What the address asked for that could not be done, in words. */
  problems: readonly string[];
  cleanHref: string;
  /** Where all records that match can be asked for; null where nothing can. */
  requestAllHref: string | null;
}

/** The filters of a table in words, each to be taken away, and what of the address was left out. */
export function FilterBar({ path, keep, columns, chips, problems, cleanHref, requestAllHref }: Props) {
  return (
    <>
      <div className="flex flex-wrap items-center gap-2" role="group" aria-label="Filters">
        {chips.map((chip) => (
          <Chip
            key={chip.words}
            removeLabel={`Remove the filter ${chip.words}`}
            removeHref={`${path}${chip.removeHref}`}
          >
            {chip.words}
          </Chip>
        ))}
        <AddFilter path={path} keep={keep} columns={columns} />
        {requestAllHref !== null && (
          <a href={requestAllHref} data-soft="" className={buttonClass({ size: "sm", variant: "quiet" })}>
            <ButtonFace icon={Lock}>Request for all that match</ButtonFace>
          </a>
        )}
      </div>
      {problems.length > 0 && (
        <Message title="Part of this address was left out">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
          <a href={cleanHref} data-soft="" className="underline">
            Show the table without it
          </a>
        </Message>
      )}
    </>
  );
}
