/** Icons by name, and their names. */
import * as all from './icon-set.js';

export type IconName = keyof typeof all;

export const icons: Readonly<typeof all> = all;
