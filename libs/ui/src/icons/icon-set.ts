/** Source text of icons (`import { Send } from 'lucide-static'`) by the name that templates use. */
export type IconSet = Readonly<Record<string, string>>;
