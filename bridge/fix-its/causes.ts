/** All known causes, the most specific first (`cause.ts`). */
import type { Cause } from './cause.js';
import { containerCauses } from './container-causes.js';
import { gameCauses } from './game-causes.js';
import { javaCauses, minecraftCauses } from './minecraft-causes.js';
import { generalCauses, programsCauses } from './program-causes.js';

export const causes: readonly Cause[] = [
  ...containerCauses,
  ...javaCauses,
  ...minecraftCauses,
  ...gameCauses,
  ...programsCauses,
  ...generalCauses,
];
