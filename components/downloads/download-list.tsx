"use client";

import { X } from "lucide";
import { useEffect, useRef, useTransition } from "react";
import { announce } from "@/components/ui/announce";
import { Button } from "@/components/ui/button";
import { IconButton } from "@/components/ui/icon-button";
import type { DownloadView } from "@/lib/downloads/view";
import { elapsed, nameOf, standWords } from "./download-words";
import { useDownloads } from "./use-downloads";

/** Ends a download of one's own; gives words where that could not be done. */
export type CancelDownload = (downloadId: string) => Promise<string | null>;

/** A corner of the page that says how far each download is, and where it can be cancelled. */
export function DownloadList({ pressed, cancel }: { pressed: readonly number[]; cancel: CancelDownload }) {
  const { known, waiting, isLate, forget, giveUp } = useDownloads(pressed);
  useEnds(known);
  if (known.length === 0 && waiting === 0) return null;
  return (
    <section aria-label="Downloads" className="downloads">
      <h2>Downloads</h2>
      <ul>
        {known.map((download) => (
          <li key={download.id}>
            <Line download={download} cancel={cancel} forget={forget} />
          </li>
        ))}
        {waiting > 0 && <li>{isLate ? <Late giveUp={giveUp} /> : <Waiting />}</li>}
      </ul>
    </section>
  );
}

interface LineProps {
  download: DownloadView;
  cancel: CancelDownload;
  forget: (id: string) => void;
}

function Line({ download, cancel, forget }: LineProps) {
  const [isCancelling, startCancel] = useTransition();
  const name = nameOf(download);
  const isRunning = download.state === "running";
  const end = () =>
    startCancel(async () => {
      const refused = await cancel(download.id);
      if (refused !== null) announce({ text: refused, tone: "error" });
    });
  return (
    <div role="group" aria-label={name} data-state={download.state} className="download">
      <p className="download-name" title={name}>
        {name}
      </p>
      {isRunning ? (
        <Button
          size="sm"
          onClick={end}
          aria-label={`Cancel ${name}`}
          {...(isCancelling || download.isEnding ? { reason: "It is being cancelled." } : {})}
        >
          Cancel
        </Button>
      ) : (
        <IconButton icon={X} label={`Dismiss ${name}`} size="sm" onClick={() => forget(download.id)} />
      )}
      {isRunning && <Bar name={name} share={download.share} />}
      <p className="download-words">
        <span>{standWords(download)}</span> <span className="tabular-nums">{elapsed(download.seconds)}</span>
      </p>
    </div>
  );
}

/** Without a value where nobody knows how long it will be. */
function Bar({ name, share }: { name: string; share: number | null }) {
  const label = `How far ${name} is`;
  if (share === null) return <progress className="progress download-bar" aria-label={label} />;
  return (
    <progress
      className="progress download-bar"
      aria-label={label}
      max={100}
      value={Math.floor(share * 100)}
    />
  );
}

function Waiting() {
  return (
    <div className="download">
      <p className="download-name">Starting</p>
      <progress className="progress download-bar" aria-label="Starting a download" />
    </div>
  );
}

function Late({ giveUp }: { giveUp: () => void }) {
  return (
    <div className="download" data-state="broken">
      <p className="download-name">A download did not start</p>
      <IconButton icon={X} label="Dismiss" size="sm" onClick={giveUp} />
      <p className="download-words">
        The server refused it or did not answer; nothing has left. At most five run at once. Try again.
      </p>
    </div>
  );
}

/** Says once to screen readers how a download has ended that was seen to run. */
function useEnds(known: readonly DownloadView[]): void {
  const ran = useRef(new Set<string>());
  useEffect(() => {
    for (const download of known) {
      if (download.state === "running") ran.current.add(download.id);
      else if (ran.current.delete(download.id))
        announce({ text: `${nameOf(download)}: ${standWords(download)}`, quiet: true });
    }
  }, [known]);
}
