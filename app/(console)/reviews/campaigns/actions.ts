"use server";

import { callOffCampaign, callOffSchema, closeCampaign, closeSchema } from "@/lib/campaigns/end-campaign";
import { startCampaign, startSchema } from "@/lib/campaigns/start-campaign";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const common = { permission: "campaigns", refused: "campaign.refused" } as const;

export async function start(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ ...common, name: "start-campaign", input: startSchema, deed: startCampaign }, form, {
    message: ({ name }) => `${name} has begun`,
    redirectTo: ({ id }) => `/reviews/campaigns/${id}`,
  });
}

export async function close(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ ...common, name: "close-campaign", input: closeSchema, deed: closeCampaign }, form, {
    message: ({ name }) => `${name} is closed`,
  });
}

export async function callOff(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    { ...common, name: "call-off-campaign", input: callOffSchema, deed: callOffCampaign },
    form,
    { message: ({ name }) => `${name} is called off` },
  );
}
