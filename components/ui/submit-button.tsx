"use client";

import { LoaderCircle } from "lucide";
import type { ReactNode } from "react";
import { useFormStatus } from "react-dom";
import { buttonClass, type ButtonLook } from "./button";
import { Icon } from "./icon";

interface SubmitButtonProps extends Omit<ButtonLook, "icon"> {
  children: ReactNode;
  pendingLabel?: string;
  name?: string;
  value?: string;
  className?: string;
}

/** Submits the form around it; while the form is on its way it says so and takes no second press. */
export function SubmitButton({
  children,
  pendingLabel,
  variant = "primary",
  size,
  className,
  ...rest
}: SubmitButtonProps) {
  const { pending, data } = useFormStatus();
  const mine = pending && (rest.name === undefined || data.get(rest.name) === rest.value);
  return (
    <button
      type="submit"
      aria-disabled={pending}
      data-pending={mine}
      className={buttonClass({ variant, size }, className)}
      onClick={(event) => pending && event.preventDefault()}
      {...rest}
    >
      {mine && <Icon of={LoaderCircle} aria-hidden size={15} className="late-spin -ml-0.5 shrink-0" />}
      {mine && pendingLabel ? pendingLabel : children}
    </button>
  );
}
