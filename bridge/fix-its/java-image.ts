/** Which of an egg's images has the Java that a server needs, by what images and their labels are called. */

export interface Image {
  readonly label: string;
  readonly image: string;
}

/** The Java of an image, as its name or its label tells it; null where neither does. */
export function javaOfImage({ label, image }: Image): number | null {
  const told = /java[\s_:-]*(\d{1,2})(?!\d)/i;
  const version = told.exec(image)?.[1] ?? told.exec(label)?.[1];
  return version === undefined ? null : Number(version);
}

/**
 * The image to propose: the oldest Java that is enough. Where it is not known what is enough, the one after the Java of
 * now, and where that is not known either, the newest. null = none of them would help.
 */
export function imageFor(images: readonly Image[], current: string, needed: number | null): Image | null {
  const known = images
    .map((image) => ({ image, java: javaOfImage(image) }))
    .filter((each): each is { image: Image; java: number } => each.java !== null)
    .sort((a, b) => a.java - b.java);
  if (needed !== null) return known.find(({ java }) => java >= needed)?.image ?? null;
  const now = known.find(({ image }) => image.image === current)?.java ?? null;
  const better = now === null ? known.at(-1) : known.find(({ java }) => java > now);
  return better?.image ?? null;
}
