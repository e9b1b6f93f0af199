"use client";

import { PlugZap } from "lucide";
import { ConnectionFields } from "@/components/catalog/connection-fields";
import { ConnectionResult } from "@/components/catalog/connection-result";
import { useConnection } from "@/components/catalog/use-connection";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import type {
  Answer,
  ConnectionActions,
  ConnectionForm,
  ConnectionView,
  ScannedView,
} from "@/lib/catalog/view";

interface Props extends ConnectionActions {
  sourceId: string;
  version: number;
  stored: ConnectionView;
  change: (wanted: {
    sourceId: string;
    version: number;
    connection: ConnectionForm;
  }) => Promise<Answer<ScannedView>>;
}

/** The connection of a source, without its password: test it as it is, or change it. */
export function EditConnectionForm({ sourceId, version, stored, test, change }: Props) {
  const connection = useConnection(
    { ...stored, how: "parts", url: "", port: String(stored.port), password: "" },
    (form) => test({ connection: form, sourceId }),
  );
  const store = () =>
    connection.send(
      (form) => change({ sourceId, version, connection: form }),
      ({ words }) => {
        connection.change({ password: "" });
        announce({ text: words, tone: "ok" });
      },
    );
  return (
    <form
      className="grid max-w-xl gap-5"
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        store();
      }}
    >
      <ConnectionFields
        form={connection.form}
        errors={connection.errors}
        stored
        onChange={connection.change}
      />
      <ConnectionResult {...connection} />
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" variant="primary" disabled={connection.pending}>
          Store the change
        </Button>
        <Button icon={PlugZap} disabled={connection.pending} onClick={connection.test}>
          Test the connection
        </Button>
      </div>
    </form>
  );
}
