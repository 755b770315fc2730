/** Causes of games that are no Minecraft. */
import { ends, mayEnd, type Cause } from './cause.js';
import { hytalePage } from './hytale-login.js';

/** Steam with games on its engine, and other games with accounts or files of their own. */
export const gameCauses: readonly Cause[] = [
  ends('steam-account', '(gsl token expired)', '(account not found)'),
  ends(
    'steam-disk',
    'steamcmd needs 250mb of free disk space to update',
    '0x202 after update job',
    'failed to install app…(disk write failure)',
  ),
  mayEnd(
    'steam-login',
    'to steam public…failed (',
    'failed login with result code',
    'failed to install app…(no subscription)',
  ),
  mayEnd('steam-update', "failed to install app '{}'", "error! app '{}' state is"),
  ends('hytale-login', hytalePage),
  ends('server-password', 'error bad password:'),
  ends('entities-full', 'no free edicts'),
  mayEnd('map-missing', 'map load failed: {} not found', "no such map '{}'"),
];
