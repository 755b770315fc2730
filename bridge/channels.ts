/** The two Electron channels. This file has no imports, so the preload script does not bundle the schemas. */
export const invokeChannel = 'perch:invoke';
export const pushChannel = 'perch:push';
