/** The two Electron channels; in a file of their own so that the preload does not carry the schemas. */
export const invokeChannel = 'perch:invoke';
export const pushChannel = 'perch:push';
