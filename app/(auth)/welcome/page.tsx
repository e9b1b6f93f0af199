import type { Metadata } from "next";
import { AuthCard } from "@/components/layout/auth-card";
import { EntranceForm } from "@/components/people/entrance-form";
import { TextLink } from "@/components/ui/text-link";
import { findFirstAdminLink } from "@/lib/people/make-first-admin";
import { visitor } from "@/lib/web/context";
import { becomeFirstAdmin } from "../actions";

export const metadata: Metadata = { title: "Welcome" };

interface Props {
  searchParams: Promise<{ token?: string | string[] }>;
}

export default async function WelcomePage({ searchParams }: Props) {
  const { token } = await searchParams;
  if (typeof token !== "string" || !(await findFirstAdminLink(await visitor(), token))) {
    return (
      <AuthCard
        title="This link does not work any more"
        footer={<TextLink href="/sign-in">Sign in</TextLink>}
      >
        <p className="text-sm">
          It was used already, is older than 24 hours, or Glimpse was started again since. While there is no
          admin, each start prints a new one to the server’s log.
        </p>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Welcome to Glimpse"
      description="You become its first admin: you invite people and give them roles. Admins see no records."
    >
      <EntranceForm action={becomeFirstAdmin} token={token} submit="Become the first admin" />
    </AuthCard>
  );
}
