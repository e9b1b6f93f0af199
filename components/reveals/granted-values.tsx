import { SampleTable } from "@/components/requests/sample-table";
import type { LiveGrant } from "@/lib/grants/view";
import type { Sample } from "@/lib/requests/view";
import type { RevealActions } from "@/lib/reveals/view";
import { RevealBanner } from "./reveal-banner";
import { RevealCell } from "./reveal-cell";
import { RevealProvider } from "./reveal-provider";

interface Props {
  grant: LiveGrant;
  sample: Sample;
  actions: RevealActions;
}

/** The records of one's own grant, to be opened right on the page of the request. */
export function GrantedValues({ grant, sample, actions }: Props) {
  const opens = (record: string, columnId: string) =>
    grant.records.includes(record) && grant.fields.some((field) => field.columnId === columnId);
  return (
    <RevealProvider grants={[grant]} actions={actions}>
      <div className="grid gap-3">
        <RevealBanner />
        <SampleTable
          sample={sample}
          cell={(record, column, masked) =>
            opens(record.handle, column.columnId) ? (
              <RevealCell grantId={grant.id} record={record.handle} columnId={column.columnId}>
                {masked}
              </RevealCell>
            ) : undefined
          }
        />
      </div>
    </RevealProvider>
  );
}
