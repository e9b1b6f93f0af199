import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SignInForm } from "@/components/people/sign-in-form";
import { ownPath } from "@/lib/auth/own-path";
import { currentContext } from "@/lib/web/context";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const next = ownPath((await searchParams).callbackUrl);
  if (await currentContext()) redirect(next);
  return (
    <main className="mx-auto flex min-h-dvh max-w-90 flex-col justify-center gap-6 p-6">
      <h1 className="text-xl font-medium">Glimpse</h1>
      <SignInForm next={next} />
    </main>
  );
}
