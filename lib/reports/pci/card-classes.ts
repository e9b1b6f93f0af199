import type { DataClass } from "@/lib/catalog/classes";

const isOfCards = ({ regulations, sensitivity }: DataClass) =>
  sensitivity >= 3 && regulations.some((one) => one === "PCI" || one.startsWith("PCI "));

/** The classes of cardholder data: card numbers and what belongs to them. The last four digits alone are none (PCI DSS 3.4). */
export const cardClasses = (classes: readonly DataClass[]): DataClass[] => classes.filter(isOfCards);

/** Those of them that are whole card numbers and can be opened at all: security codes never open. */
export const numberClasses = (classes: readonly DataClass[]): DataClass[] =>
  classes.filter((one) => isOfCards(one) && one.sensitivity === 4 && one.maxRevealMinutes > 0);
