/** Runs once before the server answers its first request. */
export async function register(): Promise<void> {
  // Next.js compiles this file for the Edge runtime too, where there is no database driver.
  if (process.env.NEXT_RUNTIME === "nodejs") {
    const { startUp } = await import("@/lib/web/start-up");
    await startUp();
  }
}
