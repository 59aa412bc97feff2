import { wholeSession } from './stories/whole-session';
import { startDeskside } from './support/deskside';

wholeSession('A whole session', () => startDeskside());
