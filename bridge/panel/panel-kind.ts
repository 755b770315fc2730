import type { Naming } from '../schema/server-limits.js';

/** Software of a panel. The two differ in the page where users create keys and in the names of their pages. */
export const panelKinds = ['pterodactyl', 'pelican'] as const;
export type PanelKind = (typeof panelKinds)[number];

/** Whether a server is on a Pelican panel: only Pelican keeps the description apart from the name (PROTOCOL 8.2.2). */
export function isPelican({ naming }: { readonly naming: Naming }): boolean {
  return naming.description !== 'with-name';
}
