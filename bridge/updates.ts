/** Channels of newer versions of Perch, and who installs them. */
/** `beta` also has versions that are still being tried. */
export const updateChannels = ['stable', 'beta'] as const;
export type UpdateChannel = (typeof updateChannels)[number];

/** Who puts a new version in the place of this one: Perch itself (`install`), a packager of the system, or the person. */
export const updateWays = ['install', 'apt', 'dnf', 'flatpak', 'packages', 'page'] as const;
export type UpdateWay = (typeof updateWays)[number];
