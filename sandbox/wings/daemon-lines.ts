/** Console lines of the daemon (PROTOCOL 4.12), in the order of a start. */
export const DAEMON_TEXT = {
  diskCheck: 'Checking server disk space usage, this could take a few seconds...',
  diskCheckPelican: 'checking server disk space usage, this could take a few seconds...',
  configuration: 'Updating process configuration files...',
  permissions: 'Ensuring file permissions are set correctly, this could take a few seconds...',
  pulling: 'Pulling Docker container image, this could take a few minutes to complete...',
  pulled: 'Finished pulling Docker container image',
  diskExceeded: 'Server is exceeding the assigned disk space limit, stopping process now.',
  throttling: 'Server is outputting console data too quickly -- throttling...',
  crashed: '---------- Detected server process in a crashed state! ----------',
  crashUnhandled: 'Server crash was detected but an error occurred while handling it.',
  exitCode: (code: number) => `Exit code: ${code}`,
  outOfMemory: (killed: boolean) => `Out of memory: ${killed}`,
  aborting: (seconds: number) =>
    `Aborting automatic restart, last crash occurred less than ${seconds} seconds ago.`,
  installing: 'Starting installation process, this could take a few minutes...',
} as const;

/** Yellow, bold, the program's name, then the text in the terminal's own colour. */
export function daemonLine(appName: string, text: string): string {
  return `\u001b[33m\u001b[1m[${appName} Daemon]:\u001b[39m ${text}\u001b[0m`;
}
