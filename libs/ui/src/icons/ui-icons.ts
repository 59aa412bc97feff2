import {
  ArrowDown,
  Check,
  Clock,
  Eye,
  Languages,
  Lock,
  Send,
  Square,
  SunMoon,
  TriangleAlert,
  Undo2,
  Unplug,
  Volume2,
} from 'lucide-static';
import type { IconSet } from './icon-set';

/** Icons of the library's own components: there without being asked for. */
export const uiIcons: IconSet = {
  'arrow-down': ArrowDown,
  check: Check,
  'color-scheme': SunMoon,
  disconnected: Unplug,
  language: Languages,
  private: Lock,
  seen: Eye,
  send: Send,
  sending: Clock,
  stop: Square,
  'take-back': Undo2,
  tone: Volume2,
  warning: TriangleAlert,
};
