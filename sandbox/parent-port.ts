/** Connection of an Electron utility process to the application. */
export interface ParentPort {
  /** Messages are queued until a listener exists. */
  on(event: 'message', listener: (event: { data: unknown }) => void): unknown;
  postMessage(message: unknown): void;
}

/** null = started by a shell, by Node or by tests. */
export function parentPort(): ParentPort | null {
  return (process as { parentPort?: ParentPort }).parentPort ?? null;
}
