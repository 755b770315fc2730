/** Configuration files as games write them, by the name of their form. Values and order are those of fresh servers. */
export const configFiles = {
  'server-properties': `#Minecraft server properties
#Sat Nov 28 21:14:03 UTC 2026
accepts-transfers=false
allow-flight=false
allow-nether=true
broadcast-console-to-ops=true
bug-report-link=
difficulty=easy
enable-command-block=false
enable-rcon=false
enforce-whitelist=false
force-gamemode=false
gamemode=survival
generate-structures=true
generator-settings={}
hardcore=false
hide-online-players=false
level-name=world
level-seed=-4172144997902289642
level-type=minecraft\\:normal
max-players=20
motd=\\u00a7aGr\\u00fc\\u00dfe \\u00a7lvom Server
network-compression-threshold=256
online-mode=true
op-permission-level=4
player-idle-timeout=0
pvp=true
require-resource-pack=false
resource-pack=https\\://example.org/pack.zip?version\\=3
server-port=25565
simulation-distance=10
spawn-monsters=true
spawn-protection=16
view-distance=10
white-list=false
`,
  eula: `#By changing the setting below to TRUE you are indicating your agreement to our EULA (https://aka.ms/MinecraftEULA).
#Sat Nov 28 21:14:02 UTC 2026
eula=false
`,
  palworld: `; Configured while the server was offline
[/Script/Pal.PalGameWorldSettings]
OptionSettings=(Difficulty=None,RandomizerType=None,RandomizerSeed="",DayTimeSpeedRate=1.000000,NightTimeSpeedRate=1.000000,ExpRate=1.000000,PalCaptureRate=1.000000,PalSpawnNumRate=1.000000,DeathPenalty=All,bIsPvP=False,BaseCampMaxNum=128,ServerPlayerMaxNum=32,ServerName="Default, (Palworld) Server",ServerDescription="",AdminPassword="",ServerPassword="",PublicPort=8211,PublicIP="",RCONEnabled=False,RCONPort=25575,CrossplayPlatforms=(Steam,Xbox,PS5,Mac),LogFormatType=Text,DenyTechnologyList=)
`,
  'ark-user': `[ServerSettings]
ShowMapPlayerLocation=False
AllowThirdPersonPlayer=True
ServerCrosshair=true
ServerPassword=
ServerAdminPassword=pass#word;1
DifficultyOffset=0.200000
ServerPVE=False
XPMultiplier=1.000000
TamingSpeedMultiplier=1
HarvestAmountMultiplier=1.0
ActiveMods=731604991,1404697612
; the day
DayTimeSpeedScale=1.0

[/Script/ShooterGame.ShooterGameUserSettings]
MasterAudioVolume=1.000000
Version=5

[SessionSettings]
SessionName=My ARK # 1; the best
+Mods=1
+Mods=2

[/Script/Engine.GameSession]
MaxPlayers=70
`,
  'ark-game': `[/script/shootergame.shootergamemode]
MatingIntervalMultiplier=1.0
EggHatchSpeedMultiplier=1.0
BabyMatureSpeedMultiplier=1.0
OverrideNamedEngramEntries=(EngramClassName="EngramEntry_Bow_C",EngramHidden=False)
OverrideNamedEngramEntries=(EngramClassName="EngramEntry_Pike_C",EngramHidden=True)
PerLevelStatsMultiplier_Player[0]=2
bPvEDisableFriendlyFire=True
`,
  spigot: `# This is the configuration file for Spigot.
# Some options may impact gameplay.

settings:
  debug: false
  bungeecord: false
  restart-on-crash: true # the host does so as well
  restart-script: ./start.sh
  timeout-time: 60
  attribute:
    maxHealth:
      max: 1024.0
messages:
  whitelist: 'You are not whitelisted on this server!'
  unknown-command: Unknown command. Type "/help" for help.
world-settings:
  default:
    below-zero-generation-in-existing-chunks: true
    mob-spawn-range: 8
    item-despawn-rate: 6000
    view-distance: default
    entity-activation-range:
      animals: 32
      monsters: 32
      villagers: 32
config-version: 12
`,
  bukkit: `# Bukkit
settings:
  allow-end: true
  connection-throttle: 4000
  shutdown-message: Server closed
spawn-limits:
  monsters: 70
  animals: 10
ticks-per:
  animal-spawns: 400
  autosave: 6000
aliases: now-in-commands.yml
`,
  'paper-global': `_version: 30
misc:
  max-joins-per-tick: 5
  fix-entity-position-desync: true
proxies:
  bungee-cord:
    online-mode: true
  proxy-protocol: false
  velocity:
    enabled: false
    online-mode: true
    secret: ''
unsupported-settings:
  allow-headless-pistons: false
  allow-piston-duplication: false
`,
  'paper-world': `_version: 31
anticheat:
  anti-xray:
    enabled: false
    engine-mode: 1
    hidden-blocks:
    - copper_ore
    - diamond_ore
collisions:
  max-entity-collisions: 8
entities:
  spawning:
    per-player-mob-spawns: true
    despawn-ranges: {ambient: {hard: default, soft: default}}
environment:
  disable-ice-and-snow: false
  disable-thunder: false
  optimize-explosions: false
`,
  velocity: `# Config version. Do not change this
config-version = "2.7"

# What port should the proxy be bound to?
bind = "0.0.0.0:25565"
motd = "<#09add3>A Velocity Server"
show-max-players = 500
online-mode = true
force-key-authentication = true
prevent-client-proxy-connections = false

# Available options: "none", "legacy", "bungeeguard", "modern"
player-info-forwarding-mode = "NONE"
forwarding-secret-file = "forwarding.secret"
announce-forge = false
kick-existing-players = false
ping-passthrough = "DISABLED"
enable-player-address-logging = true

[servers]
# Configure your servers here.
lobby = "127.0.0.1:30066"
factions = "127.0.0.1:30067"

# In what order we should try servers when a player logs in or is kicked from a server.
try = [
    "lobby"
]

[forced-hosts]
"lobby.example.com" = [
    "lobby"
]

[advanced]
compression-threshold = 256
compression-level = -1
login-ratelimit = 3000
connection-timeout = 5000
read-timeout = 30000
haproxy-protocol = false
tcp-fast-open = false

[query]
enabled = false
port = 25565
map = "Velocity"
show-plugins = false
`,
  'bedrock-properties': `server-name=Dedicated Server
# Used as the server name
# Allowed values: Any string without semicolon symbol.

gamemode=survival
# Sets the game mode for new players.
force-gamemode=false
difficulty=easy
allow-cheats=false
max-players=10
online-mode=true
allow-list=false
server-port=19132
server-portv6=19133
enable-lan-visibility=true
view-distance=32
tick-distance=4
player-idle-timeout=30
max-threads=8
level-name=Bedrock level
level-seed=
default-player-permission-level=member
texturepack-required=false
content-log-file-enabled=false
`,
  'pocketmine-properties': `#Properties Config file
#Sat Nov 28 21:14:03 UTC 2026
language=eng
motd=PocketMine-MP Server: §aGrüße
server-port=19132
server-portv6=19133
enable-ipv6=on
white-list=off
max-players=20
gamemode=survival
force-gamemode=off
hardcore=off
pvp=on
difficulty=normal
level-name=world
level-seed=
view-distance=16
enable-query=on
auto-save=on
`,
} as const;

export const peopleFiles = {
  ops: `[
  {
    "uuid": "069a79f4-44e9-4726-a5be-fca90e38aaf5",
    "name": "Notch",
    "level": 4,
    "bypassesPlayerLimit": false
  },
  {
    "uuid": "853c80ef-3c37-49fd-aa49-938b674adae6",
    "name": "jeb_",
    "level": 2,
    "bypassesPlayerLimit": true
  }
]`,
  whitelist: `[
  {
    "uuid": "069a79f4-44e9-4726-a5be-fca90e38aaf5",
    "name": "Notch"
  }
]
`,
} as const;
