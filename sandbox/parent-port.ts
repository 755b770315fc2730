/** What Electron gives a utility process for talking with the application; any other process has none. */
export interface ParentPort {
  /** Messages wait until somebody listens. */
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** null = this process was started by a shell, by node, or by tests. */
export function parentPort(): ParentPort | null {
  return (process as { parentPort?: ParentPort }).parentPort ?? null;
}
