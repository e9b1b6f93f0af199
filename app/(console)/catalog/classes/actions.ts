"use server";

import * as deeds from "@/lib/catalog/class-deeds";
import * as forms from "@/lib/catalog/class-form";
import { changedClassWords, retiredClassWords } from "@/lib/catalog/class-words";
import { runForm } from "@/lib/web/run";
import type { FormState } from "@/lib/web/view";

const permission = "catalog";

export async function addDataClass(_: FormState, form: FormData): Promise<FormState> {
  return runForm({ name: "add-class", permission, input: forms.addClassForm, deed: deeds.addClass }, form, {
    message: ({ title }) => `The class ${title} is added`,
  });
}

export async function changeDataClass(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    { name: "change-class", permission, input: forms.changeClassForm, deed: deeds.changeClass },
    form,
    { message: changedClassWords },
  );
}

export async function retireDataClass(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    { name: "retire-class", permission, input: forms.retireClassForm, deed: deeds.retireClass },
    form,
    { message: retiredClassWords },
  );
}

export async function maskDataClass(_: FormState, form: FormData): Promise<FormState> {
  return runForm(
    { name: "mask-class", permission, input: forms.classMaskForm, deed: deeds.setClassMask },
    form,
    { message: ({ title }) => `The mask of ${title} is kept` },
  );
}
