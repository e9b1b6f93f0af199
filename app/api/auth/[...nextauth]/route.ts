import { handleSignIn } from "@/lib/auth/handle-sign-in";

export { handleSignIn as GET, handleSignIn as POST };
