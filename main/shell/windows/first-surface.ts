/** What a window is before its page has painted: never white first on a dark desktop, nor of Perch's colours on one that has its own. */

/** As the pages' own `--surface`. */
export const surface = { light: '#fdfdfe', dark: '#101113' } as const;

/** Of Electron's `nativeTheme`. */
export interface DesktopColours {
  readonly shouldUseDarkColors: boolean;
  /** Pages have the system's colours instead of their own: a contrast theme of Windows. */
  readonly inForcedColorsMode: boolean;
}

/** `#rrggbb`. `canvas` is asked for the system's own ground, as `#rrggbbaa`, only where it forces its colours. */
export function firstSurface(desktop: DesktopColours, canvas: () => string): string {
  if (desktop.inForcedColorsMode) return canvas().slice(0, 7);
  return desktop.shouldUseDarkColors ? surface.dark : surface.light;
}
