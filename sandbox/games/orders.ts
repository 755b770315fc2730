/** What the node hands to the game as one piece of JSON, so that nothing of an egg becomes a real variable. */
export interface Orders {
  mode: 'play' | 'install';
  game: string;
  name: string;
  /** What the container's entry script echoes before it runs the game. */
  invocation: string;
  /** What its container would be made of; an installation has another one, which nobody asks for. */
  image?: string;
  /** Variables of the egg. A game reads BOOT_SECONDS, an installation INSTALL_SECONDS; neither is needed. */
  environment: Readonly<Record<string, string>>;
}
