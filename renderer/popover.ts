import { mountWindow } from './mount-window.js';
import Popover from './views/popover/popover.svelte';

mountWindow(Popover);
