import { mountWindow } from './mount-window.js';
import MainWindow from './views/main-window.svelte';

mountWindow(MainWindow);
