const file = { serverId: 'account:abc', path: '/config/server.properties' };
const format = { encoding: 'utf-8', bom: false } as const;
const version = '0'.repeat(64);
const badPaths = ['', 'server.properties', '/../etc/passwd', '/a/'];
const inBadPaths = (more: object) => badPaths.map((path) => ({ ...file, ...more, path }));
const whole = { ...file, text: 'a=1\r\n', format, version };

/** Inputs that the calls about texts take and refuse. */
export const textExamples = {
  'texts.open': { takes: file, refuses: [{ path: '/a' }, ...inBadPaths({})] },
  'texts.save': {
    takes: { ...whole, version: null },
    refuses: [
      file,
      { ...whole, version: 'a' },
      { ...whole, format: { encoding: 'ascii', bom: false } },
      { ...whole, text: 'a'.repeat(4 * 1024 * 1024 + 1) },
      ...inBadPaths(whole),
    ],
  },
  'texts.keepDraft': {
    takes: { ...file, draft: { text: '', format, version } },
    refuses: [file, { ...file, draft: { text: '', format, version: null } }],
  },
  'texts.dropDraft': { takes: file, refuses: [undefined, ...inBadPaths({})] },
  'texts.unsaved': { takes: { accountId: 'account' }, refuses: [undefined, { accountId: '' }] },
  'texts.dismissLeft': { takes: undefined, refuses: [{}] },
  'ownEditor.open': { takes: file, refuses: [undefined, ...inBadPaths({})] },
  'ownEditor.upload': {
    takes: { ...file, replaces: { kind: 'content', version } },
    refuses: [file, { ...file, replaces: true }, ...inBadPaths({ replaces: null })],
  },
  'ownEditor.compare': { takes: file, refuses: [undefined, ...inBadPaths({})] },
  'ownEditor.keepDraft': { takes: file, refuses: [undefined, ...inBadPaths({})] },
  'ownEditor.stop': {
    takes: { ...file, discards: true },
    refuses: [file, ...inBadPaths({ discards: false })],
  },
  'ownEditor.chooseProgram': { takes: undefined, refuses: [{}, '/bin/sh'] },
  'ownEditor.forgetProgram': { takes: undefined, refuses: [{}] },
};
