import { describe, expect, it } from 'vitest';
import { imageFor, javaOfImage } from './java-image.js';

const yolk = (java: number) => ({ label: `Java ${java}`, image: `ghcr.io/pterodactyl/yolks:java_${java}` });
const yolks = [yolk(21), yolk(8), yolk(17), yolk(11)];

describe('javaOfImage', () => {
  it.each([
    [yolk(21), 21],
    [{ label: 'Java 8 (OpenJ9)', image: 'ghcr.io/parkervcp/yolks:java_8j9' }, 8],
    [{ label: 'Java 17', image: 'ghcr.io/own/games:minecraft' }, 17],
    [{ label: 'Debian', image: 'ghcr.io/parkervcp/steamcmd:debian' }, null],
  ])('%j', (image, java) => expect(javaOfImage(image)).toBe(java));
});

describe('imageFor', () => {
  it('proposes the oldest Java that is enough', () => {
    expect(imageFor(yolks, yolk(11).image, 16)).toEqual(yolk(17));
    expect(imageFor(yolks, yolk(11).image, 21)).toEqual(yolk(21));
  });

  it('proposes no image if none suffices', () => {
    expect(imageFor(yolks, yolk(21).image, 25)).toBeNull();
    expect(imageFor([], '', 17)).toBeNull();
  });

  it('proposes the next version if the needed version is unknown', () => {
    expect(imageFor(yolks, yolk(11).image, null)).toEqual(yolk(17));
    expect(imageFor(yolks, yolk(21).image, null)).toBeNull();
    expect(imageFor(yolks, 'ghcr.io/own/image:1', null)).toEqual(yolk(21));
  });
});
