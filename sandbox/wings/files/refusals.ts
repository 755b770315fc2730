/** Refusals of a node about files, with Wings's texts (PROTOCOL 2.15.4, 2.17). */
import { randomUUID } from 'node:crypto';
import { NodeRefusal } from '../api.js';

const refusal = (status: number, text: string) => (): NodeRefusal =>
  new NodeRefusal(status, text, randomUUID());

export const fileRefusals = {
  /** Missing files, links and broken archives: the node adds no reason. */
  unexpected: refusal(500, 'An unexpected error was encountered while processing this request'),
  malformed: refusal(400, 'An unexpected error was encountered while processing this request'),
  outside: refusal(404, 'The requested resource was not found on the system.'),
  missing: refusal(404, 'The requested resources was not found on the system.'),
  notReadable: refusal(400, 'Cannot perform that action: file is a directory.'),
  notOpened: refusal(400, 'Cannot open files of this type.'),
  tooManyPulls: refusal(
    400,
    'This server has reached its limit of 3 simultaneous remote file downloads at once. Please wait for one to complete before trying again.',
  ),
  /** The panel expects a file and gets a success without one. */
  isFolder: refusal(200, ''),
  overFolder: refusal(400, 'Cannot write file, name conflicts with an existing directory by the same name.'),
  overFile: refusal(400, 'Cannot create directory, name conflicts with an existing file by the same name.'),
  tooLong: refusal(400, 'Cannot perform that action: file name is too long.'),
  taken: refusal(400, 'Cannot move or rename file, destination already exists.'),
  mode: refusal(400, 'Invalid file mode.'),
  denied: refusal(403, 'This file cannot be modified: present in egg denylist.'),
  diskFull: refusal(400, 'Cannot perform that action: not enough disk space available.'),
  noSpaceForArchive: refusal(
    409,
    'This server does not have enough available disk space to generate a compressed archive.',
  ),
  format: refusal(400, 'The archive provided is in a format Wings does not understand.'),
};
