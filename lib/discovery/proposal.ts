/** A data class, or `none` for what seems to say nothing of anybody; the words say why, for a steward. */
export type Proposal = { classId: string; confidence: number; why: string };
