/** Detects Wayland, where a program cannot place its windows. Pure. */

export interface DrawingFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version of Electron. */
  readonly electron: string;
  /** Value of a command line flag; empty = not set. */
  readonly flag: (name: string) => string;
}

/** First major version of Electron that uses Wayland by default. */
const firstByItself = 38;

export function isWayland({ platform, env, electron, flag }: DrawingFacts): boolean {
  if (platform !== 'linux') return false;
  const chosen = flag('ozone-platform') || flag('ozone-platform-hint');
  if (chosen === 'wayland' || chosen === 'x11') return chosen === 'wayland';
  const isSession = env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  return isSession && (chosen === 'auto' || Number.parseInt(electron, 10) >= firstByItself);
}
