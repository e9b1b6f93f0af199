/** The version of the built-in policy: everything is reviewed by one approver, the manager first. */
export const defaultPolicyVersion = 1;
