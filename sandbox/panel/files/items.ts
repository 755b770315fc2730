import type { FileEntry } from '../../wings/api.js';

/** An entry of a folder in the format of the API (PROTOCOL 2.17.1). Links look like files that are no links. */
export function fileItem(entry: FileEntry): Record<string, unknown> {
  return {
    object: 'file_object',
    attributes: {
      name: entry.name,
      mode: entry.mode,
      mode_bits: entry.modeBits,
      size: entry.size,
      is_file: entry.isFile,
      is_symlink: false,
      mimetype: entry.mimetype,
      created_at: inSeconds(entry.createdAt),
      modified_at: inSeconds(entry.modifiedAt),
    },
  };
}

function inSeconds(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, '+00:00');
}
