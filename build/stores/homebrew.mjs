const id = 'app.perch.Perch';

/**
 * The cask for Homebrew. Its oldest macOS is that of the declared Electron.
 *
 * @param {import('./release-files.mjs').Release} release
 * @returns {{ file: string, text: string }[]}
 */
export function homebrew({ version, description, homepage, files }) {
  const url = files.dmg.url.replaceAll(version, '#{version}');
  const text = `cask "perch" do
  version ${quoted(version)}
  sha256 ${quoted(files.dmg.sha256)}

  url "${url}"
  name "Perch"
  desc ${quoted(described(description))}
  homepage ${quoted(homepage)}

  auto_updates true
  depends_on macos: ">= :ventura"

  app "Perch.app"

  uninstall quit: "${id}"

  zap trash: [
    "~/Library/Application Support/perch",
    "~/Library/Logs/perch",
    "~/Library/Preferences/${id}.plist",
    "~/Library/Saved Application State/${id}.savedState",
  ]
end
`;
  return [{ file: 'homebrew/perch.rb', text }];
}

/**
 * Homebrew's form of a description: no leading article, no final dot.
 *
 * @param {string} text
 */
function described(text) {
  const plain = text.replace(/^An? /, '').replace(/\.$/, '');
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}

/** @param {string} text */
function quoted(text) {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('#{', '\\#{')}"`;
}
