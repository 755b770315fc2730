import { describe, expect, it } from 'vitest';
import { distrust, isAppUrl, type SenderEvent } from './trust.js';

const isOurs = (id: number): boolean => id === 7;

function sender(fields: { id?: number; frame?: SenderEvent['senderFrame'] } = {}): SenderEvent {
  const frame = fields.frame === undefined ? { url: 'app://perch/main.html', parent: null } : fields.frame;
  return { sender: { id: fields.id ?? 7 }, senderFrame: frame };
}

describe('distrust', () => {
  it("accepts the main frame of Perch's own window", () => {
    expect(distrust(sender(), isOurs)).toBeNull();
  });

  it.each([
    ['a frame that is gone', sender({ frame: null })],
    ['another webContents', sender({ id: 8 })],
    ['a frame inside our page', sender({ frame: { url: 'app://perch/main.html', parent: {} } })],
    ['a page of the web', sender({ frame: { url: 'https://panel.example.com/', parent: null } })],
    ['a file', sender({ frame: { url: 'file:///main.html', parent: null } })],
    ['an empty page', sender({ frame: { url: 'about:blank', parent: null } })],
  ])('refuses %s', (_name, event) => {
    expect(distrust(event, isOurs)).not.toBeNull();
  });

  it('refuses a frame whose fields can no longer be read', () => {
    const disposed = {
      get url(): string {
        throw new Error('Render frame was disposed');
      },
      parent: null,
    };
    expect(distrust(sender({ frame: disposed }), isOurs)).toBe('no frame');
  });
});

describe('isAppUrl', () => {
  it.each(['app://perch/main.html', 'app://perch/main.html?x=1#y'])('accepts %s', (url) => {
    expect(isAppUrl(url)).toBe(true);
  });

  it.each([
    'app://perch.example.com/main.html',
    'app://user@perch/main.html',
    'app://perch:80/main.html',
    'application://perch/',
    'https://perch/',
    '',
  ])('refuses %j', (url) => {
    expect(isAppUrl(url)).toBe(false);
  });
});
