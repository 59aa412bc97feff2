import { ArrowDown, Check, Clock, Languages, Lock, Send, SunMoon, TriangleAlert, Undo2, Unplug } from 'lucide-static';
import type { IconSet } from './icon-set';

/** Icons of the library's own components: there without being asked for. */
export const uiIcons: IconSet = {
  'arrow-down': ArrowDown,
  check: Check,
  'color-scheme': SunMoon,
  disconnected: Unplug,
  language: Languages,
  private: Lock,
  send: Send,
  sending: Clock,
  'take-back': Undo2,
  warning: TriangleAlert,
};
