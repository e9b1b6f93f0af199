/** Whether the instance that answers works in the background. */
export type JobsView = { running: boolean };
