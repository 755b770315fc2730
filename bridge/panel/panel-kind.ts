/** Which software a panel is: they differ in where a person makes a key, and in what its pages are called. */
export const panelKinds = ['pterodactyl', 'pelican'] as const;
export type PanelKind = (typeof panelKinds)[number];
