/** Software of a panel. The two differ in the page where users create keys and in the names of their pages. */
export const panelKinds = ['pterodactyl', 'pelican'] as const;
export type PanelKind = (typeof panelKinds)[number];
