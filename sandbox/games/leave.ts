/** Ends the process after what was printed has left it; on some systems a pipe is written in the background. */
export function leave(code: number): void {
  process.stdout.write('', () => process.exit(code));
}
