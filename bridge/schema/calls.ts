/** All calls that a window may make to main: name -> input and output. No output contains a key. */
import type * as z from 'zod';
import { accountContract } from './account-calls.js';
import { channelContract } from './alert-channels.js';
import { appContract } from './app-calls.js';
import { backupContract } from './backup-calls.js';
import { copyContract } from './copy-calls.js';
import { databaseContract } from './database-calls.js';
import { editedContract } from './edited-files.js';
import { fileContract } from './file-calls.js';
import { pastPlayersContract } from './past-players.js';
import { ownAccountContract } from './own-account-calls.js';
import { peopleContract } from './people-calls.js';
import { playerContract } from './player-calls.js';
import { ruleContract } from './rule-calls.js';
import { ruleFileContract } from './rule-file-calls.js';
import { revisionContract } from './revision-calls.js';
import { playerVerbContract } from './player-verbs.js';
import { joinInfoContract } from './join-info.js';
import { networkContract } from './network-calls.js';
import { scheduleContract } from './schedule-calls.js';
import { serverContract } from './server-calls.js';
import { sftpContract } from './sftp-calls.js';
import { textContract } from './text-calls.js';
import { sharingContract } from './sharing.js';
import { transferContract } from './transfer-calls.js';

export const calls = {
  ...appContract,
  ...accountContract,
  ...serverContract,
  ...playerVerbContract,
  ...joinInfoContract,
  ...transferContract,
  ...backupContract,
  ...networkContract,
  ...scheduleContract,
  ...ownAccountContract,
  ...peopleContract,
  ...databaseContract,
  ...copyContract,
  ...fileContract,
  ...textContract,
  ...editedContract,
  ...sharingContract,
  ...channelContract,
  ...revisionContract,
  ...sftpContract,
  ...pastPlayersContract,
  ...playerContract,
  ...ruleContract,
  ...ruleFileContract,
} satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;
