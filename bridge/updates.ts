/** Update channels and ways to install an update. */
/** `beta` also has pre-release versions. */
export const updateChannels = ['stable', 'beta'] as const;
export type UpdateChannel = (typeof updateChannels)[number];

/**
 * How an update is installed: by Perch itself (`install`), by a package manager of the system, or by the user from
 * a web page (`page`).
 */
export const updateWays = ['install', 'apt', 'dnf', 'flatpak', 'packages', 'page'] as const;
export type UpdateWay = (typeof updateWays)[number];
