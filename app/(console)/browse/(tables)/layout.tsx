import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { TableTree } from "@/components/browse/table-tree";
import { TreeMark, TreePanel } from "@/components/browse/tree-panel";
import { rolesAllow } from "@/lib/auth/permissions";
import { listTree } from "@/lib/browse/list-tree";
import { currentContext } from "@/lib/web/context";

const treeId = "tables";

// The tree is drawn once and stays while one goes from table to table; the pages check their permission themselves.
export default async function BrowseLayout({ children }: { children: ReactNode }) {
  const isClosed = (await cookies()).get("glimpse-tree")?.value === "closed";
  return (
    <TreePanel isClosed={isClosed} treeId={treeId} tree={<Tree />}>
      {children}
    </TreePanel>
  );
}

async function Tree() {
  const ctx = await currentContext();
  if (!ctx || !rolesAllow(ctx.actor.roles, "browse")) return null;
  return (
    <>
      <TableTree id={treeId} sources={await listTree(ctx)} />
      <TreeMark treeId={treeId} />
    </>
  );
}
