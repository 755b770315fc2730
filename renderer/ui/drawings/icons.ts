/** Icons of icon.svelte by meaning. Single imports, so only these are bundled. */
import ArrowDown from '@lucide/svelte/icons/arrow-down';
import ArrowUp from '@lucide/svelte/icons/arrow-up';
import Ban from '@lucide/svelte/icons/ban';
import Bell from '@lucide/svelte/icons/bell';
import BellOff from '@lucide/svelte/icons/bell-off';
import Bookmark from '@lucide/svelte/icons/bookmark';
import ChartLine from '@lucide/svelte/icons/chart-line';
import Check from '@lucide/svelte/icons/check';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronLeft from '@lucide/svelte/icons/chevron-left';
import ChevronRight from '@lucide/svelte/icons/chevron-right';
import Clock from '@lucide/svelte/icons/clock';
import Columns3 from '@lucide/svelte/icons/columns-3';
import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/download';
import Ellipsis from '@lucide/svelte/icons/ellipsis';
import ExternalLink from '@lucide/svelte/icons/external-link';
import Eye from '@lucide/svelte/icons/eye';
import EyeOff from '@lucide/svelte/icons/eye-off';
import Folder from '@lucide/svelte/icons/folder';
import Info from '@lucide/svelte/icons/info';
import KeyRound from '@lucide/svelte/icons/key-round';
import OctagonX from '@lucide/svelte/icons/octagon-x';
import PanelLeft from '@lucide/svelte/icons/panel-left';
import Pencil from '@lucide/svelte/icons/pencil';
import Pin from '@lucide/svelte/icons/pin';
import Play from '@lucide/svelte/icons/play';
import Plus from '@lucide/svelte/icons/plus';
import Power from '@lucide/svelte/icons/power';
import RotateCcwClock from '@lucide/svelte/icons/rotate-ccw-clock';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import Search from '@lucide/svelte/icons/search';
import Server from '@lucide/svelte/icons/server';
import SlidersHorizontal from '@lucide/svelte/icons/sliders-horizontal';
import Sparkles from '@lucide/svelte/icons/sparkles';
import Square from '@lucide/svelte/icons/square';
import SquareTerminal from '@lucide/svelte/icons/square-terminal';
import TextWrap from '@lucide/svelte/icons/text-wrap';
import Trash from '@lucide/svelte/icons/trash';
import TriangleAlert from '@lucide/svelte/icons/triangle-alert';
import UnfoldHorizontal from '@lucide/svelte/icons/unfold-horizontal';
import X from '@lucide/svelte/icons/x';

export const icons = {
  play: Play,
  stop: Square,
  restart: RotateCw,
  kill: OctagonX,
  power: Power,
  console: SquareTerminal,
  servers: Server,
  group: Folder,
  pin: Pin,
  key: KeyRound,
  sparkle: Sparkles,
  chart: ChartLine,
  search: Search,
  settings: SlidersHorizontal,
  plus: Plus,
  columns: Columns3,
  sidebar: PanelLeft,
  copy: Copy,
  check: Check,
  close: X,
  clear: Ban,
  trash: Trash,
  edit: Pencil,
  save: Download,
  external: ExternalLink,
  alert: TriangleAlert,
  info: Info,
  eye: Eye,
  hide: EyeOff,
  up: ArrowUp,
  down: ArrowDown,
  back: ChevronLeft,
  whole: UnfoldHorizontal,
  fold: ChevronDown,
  into: ChevronRight,
  more: Ellipsis,
  wrap: TextWrap,
  clock: Clock,
  history: RotateCcwClock,
  bookmark: Bookmark,
  bell: Bell,
  silent: BellOff,
} as const;

export type IconName = keyof typeof icons;
