import { accountExamples } from './account-examples.js';
import { backupExamples } from './backup-examples.js';
import { channelExamples } from './channel-examples.js';
import { databaseExamples } from './database-examples.js';
import { fileExamples } from './file-examples.js';
import { playerExamples } from './player-examples.js';
import { peopleExamples } from './people-examples.js';
import { networkExamples } from './network-examples.js';
import { scheduleExamples } from './schedule-examples.js';
import { ruleCallExamples } from './rule-call-examples.js';
import { sharingExamples } from './sharing-examples.js';
import { sftpExamples } from './sftp-examples.js';

/** Inputs of the calls that files of their own list. */
export const partExamples = {
  ...accountExamples,
  ...backupExamples,
  ...channelExamples,
  ...databaseExamples,
  ...fileExamples,
  ...playerExamples,
  ...networkExamples,
  ...scheduleExamples,
  ...peopleExamples,
  ...ruleCallExamples,
  ...sharingExamples,
  ...sftpExamples,
};
