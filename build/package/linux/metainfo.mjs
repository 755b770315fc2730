/**
 * AppStream data about Perch, which software centres also show before the installation.
 *
 * @param {{ id: string, version: string, day: string, homepage: string, licence: string, developer: string }} release
 */
export const metainfo = ({
  id,
  version,
  day,
  homepage,
  licence,
  developer,
}) => `<?xml version="1.0" encoding="UTF-8"?>
<component type="desktop-application">
  <id>${id}</id>
  <metadata_license>CC0-1.0</metadata_license>
  <project_license>${licence}</project_license>
  <name>Perch</name>
  <developer id="app.perch">
    <name>${escaped(developer)}</name>
  </developer>
  <summary>Your game servers in the system tray</summary>
  <summary xml:lang="de">Ihre Gameserver im Infobereich</summary>
  <summary xml:lang="fr">Vos serveurs de jeu dans la zone de notification</summary>
  <summary xml:lang="es">Sus servidores de juego en la bandeja del sistema</summary>
  <summary xml:lang="pl">Twoje serwery gier w zasobniku systemowym</summary>
  <description>
    <p>
      Perch keeps an eye on the game servers of Pterodactyl and Pelican panels. It sits in the system tray, shows which
      servers run and what they use, and tells you when one of them crashes.
    </p>
    <p>With an API key of your panel you can:</p>
    <ul>
      <li>start, stop and restart servers, one at a time or many at once</li>
      <li>read consoles and send commands</li>
      <li>see CPU, memory, disk and network live, and over the last days</li>
      <li>change start-up variables, checked while you type</li>
      <li>choose what you are told about, and when not to be disturbed</li>
    </ul>
    <p>Keys stay in the system's keychain. Nothing is sent to anybody but your panels and their nodes.</p>
  </description>
  <launchable type="desktop-id">${id}.desktop</launchable>
  <url type="homepage">${escaped(homepage)}</url>
  <provides>
    <binary>perch</binary>
    <mediatype>x-scheme-handler/perch</mediatype>
  </provides>
  <categories>
    <category>Utility</category>
  </categories>
  <keywords>
    <keyword>pterodactyl</keyword>
    <keyword>pelican</keyword>
    <keyword>game server</keyword>
    <keyword>console</keyword>
  </keywords>
  <supports>
    <control>pointing</control>
    <control>keyboard</control>
  </supports>
  <requires>
    <display_length compare="ge">640</display_length>
    <internet>always</internet>
  </requires>
  <content_rating type="oars-1.1"/>
  <releases>
    <release version="${version}" date="${day}"/>
  </releases>
</component>
`;

/** @param {string} text */
function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
