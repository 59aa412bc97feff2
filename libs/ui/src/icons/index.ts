export { Icon, provideIcons } from './icon';
export type { IconSet } from './icon-set';
