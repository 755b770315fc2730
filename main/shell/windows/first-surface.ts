/**
 * Background of a window before its page has painted: no white flash on a dark desktop, and the system's own colour in
 * forced-colours mode.
 */

/** The same values as the pages' `--surface`. */
export const surface = { light: '#fdfdfe', dark: '#101113' } as const;

/** The used part of Electron's `nativeTheme`. */
export interface DesktopColours {
  readonly shouldUseDarkColors: boolean;
  /** True in a contrast theme of Windows: pages then use the system's colours. */
  readonly inForcedColorsMode: boolean;
}

/**
 * Background as `#rrggbb`. `canvas` returns the system's background as `#rrggbbaa`; called only in forced-colours
 * mode.
 */
export function firstSurface(desktop: DesktopColours, canvas: () => string): string {
  if (desktop.inForcedColorsMode) return canvas().slice(0, 7);
  return desktop.shouldUseDarkColors ? surface.dark : surface.light;
}
