import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/layout/auth-card";
import { DemoSignIn } from "@/components/people/demo-switch";
import { SignInForm } from "@/components/people/sign-in-form";
import { ownPath } from "@/lib/auth/own-path";
import { demoChoices } from "@/lib/people/become-demo-person";
import { currentContext } from "@/lib/web/context";
import { becomePerson } from "../actions";

export const metadata: Metadata = { title: "Sign in" };

interface Props {
  searchParams: Promise<{ callbackUrl?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const next = ownPath((await searchParams).callbackUrl);
  if (await currentContext()) redirect(next);
  return (
    <AuthCard
      title="Sign in"
      footer={<DemoSignIn choices={demoChoices()} become={becomePerson} next={next} />}
    >
      <SignInForm next={next} />
    </AuthCard>
  );
}
