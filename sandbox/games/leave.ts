/** Ends the process after its output was written. On some systems pipes are written in the background. */
export function leave(code: number): void {
  process.stdout.write('', () => process.exit(code));
}
