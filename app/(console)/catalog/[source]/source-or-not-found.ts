import "server-only";
import { notFound } from "next/navigation";
import type { Context } from "@/lib/auth/context";
import { readSource } from "@/lib/catalog/list-reviews";
import { decodeName } from "@/lib/catalog/table-address";
import { Refusal } from "@/lib/refusal";

/** The source of an address; one that is not there is answered as a page that is not there. */
export async function sourceOrNotFound(ctx: Context, slug: string): ReturnType<typeof readSource> {
  try {
    return await readSource(ctx, decodeName(slug));
  } catch (error) {
    if (error instanceof Refusal && error.code === "not-found") notFound();
    throw error;
  }
}
