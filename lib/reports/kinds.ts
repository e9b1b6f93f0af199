import "server-only";
import type { Role } from "@/lib/db/schema/people";
import { rolesAllow } from "@/lib/auth/permissions";
import { accessReview } from "@/lib/reports/access-review/access-review";
import { disclosures } from "@/lib/reports/disclosures/disclosures";
import { exposure } from "@/lib/reports/exposure/exposure";
import { anomalyReport } from "@/lib/reports/anomalies/anomaly-cases";
import { approvals } from "@/lib/reports/approvals/approvals";
import { pci } from "@/lib/reports/pci/pci";
import { processing } from "@/lib/reports/processing/processing";
import type { AnyKind } from "@/lib/reports/report";

/** Every kind of report, in the order of their cards. To add one, write its file and name it here. */
const reportKinds: readonly AnyKind[] = [
  disclosures,
  exposure,
  accessReview,
  approvals,
  pci,
  processing,
  anomalyReport,
];

/** The kinds that somebody with these roles may run. */
export function kindsFor(roles: readonly Role[]): AnyKind[] {
  return reportKinds.filter(({ permission }) => rolesAllow(roles, permission));
}

/** The kind of this id; null where there is none. */
export function kindOf(id: string): AnyKind | null {
  return reportKinds.find((kind) => kind.id === id) ?? null;
}
