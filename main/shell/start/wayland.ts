/** Who draws the windows of a Linux desktop. On Wayland a window can't be placed by who makes it. Pure. */

export interface DrawingFacts {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Electron's version. */
  readonly electron: string;
  /** The value of a flag that this process was started with; empty where it was not. */
  readonly flag: (name: string) => string;
}

/** From this one on Electron takes Wayland by itself where the session is one. */
const firstByItself = 38;

export function isWayland({ platform, env, electron, flag }: DrawingFacts): boolean {
  if (platform !== 'linux') return false;
  const chosen = flag('ozone-platform') || flag('ozone-platform-hint');
  if (chosen === 'wayland' || chosen === 'x11') return chosen === 'wayland';
  const isSession = env['XDG_SESSION_TYPE'] === 'wayland' || (env['WAYLAND_DISPLAY'] ?? '') !== '';
  return isSession && (chosen === 'auto' || Number.parseInt(electron, 10) >= firstByItself);
}
